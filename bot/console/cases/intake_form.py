"""The form of a report that staff takes down: what was typed, what it means, and what there is to choose from."""

import re
import secrets
from datetime import date

from bot.console.labels import city_name, label, language_name, options
from bot.console.visit import Visit
from bot.domain.case_codes import AREAS, GROUNDS, NOT_STATED
from bot.domain.intake import CHOICES, Intake
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN, Language, match_language
from bot.domain.read_day import read_day
from bot.domain.report_form import STORY_CHARACTERS, Incident

LONG = {"story": STORY_CHARACTERS, "when": 1000, "place": 1000, "contact": 1000}
CHOSEN = ("municipality", "spoken", "consent_way", "area", "contact_on", "since", "until", *CHOICES)
FORM_ID = re.compile(r"[\w-]{16,64}")
MARKUP = re.compile(r"\*\*|\\(?=\W)")

Typed = dict[str, str | tuple[str, ...]]


def start(visit: Visit) -> Typed:
    """An empty form; language and city may be given in its address."""
    query = visit.request.query
    cities = sorted(visit.member.municipalities)
    city = query.get("city", "")
    codes = dict.fromkeys(CHOICES, NOT_STATED) | {"channel": "phone", "kind": "report", "precision": "day"}
    return {
        **dict.fromkeys(LONG, ""),
        **codes,
        "municipality": city if city in cities else (cities[0] if len(cities) == 1 else ""),
        "spoken": spoken(visit, query.get("spoken") or query.get("language") or ""),
        "consent_way": "",
        "consented": "",
        "area": NOT_STATED,
        "contact_on": visit.now.date().isoformat(),
        "since": "",
        "until": "",
        "repeated": "",
        "is_mine": "yes",
        "grounds": (),
        "form_id": secrets.token_urlsafe(16),
    }


def read_typed(visit: Visit) -> Typed:
    """Everything as it was typed, to show it again."""
    form_id = visit.field("form_id", characters=64)
    return {
        **{name: visit.field(name, characters=length) for name, length in LONG.items()},
        **{name: visit.field(name, characters=60) for name in CHOSEN},
        "spoken": spoken(visit, visit.field("spoken")),
        "repeated": visit.field("repeated"),
        "is_mine": visit.field("is_mine"),
        "consented": visit.field("consented"),
        "grounds": visit.ticked("grounds"),
        "form_id": form_id if FORM_ID.fullmatch(form_id) else secrets.token_urlsafe(16),
    }


def read_intake(typed: Typed, today: date) -> tuple[Intake, dict[str, str]]:
    """What it means, and which dates cannot be read; those count as not given."""
    text = {name: value for name, value in typed.items() if isinstance(value, str)}
    days = {name: read_day(text[name]) for name in ("contact_on", "since", "until")}
    unreadable = {name: "intake.fault.date" for name, day in days.items() if day is None and text[name]}
    area, _, detail = text["area"].partition(".")
    incident = Incident(
        since=days["since"], until=days["until"], precision=text["precision"], repeated=bool(text["repeated"]), words=text["when"]
    )
    intake = Intake(
        municipality=MunicipalityId(text["municipality"]),
        language=Language(text["spoken"]),
        consent_way=text["consent_way"] if text.get("consented") else "",
        contact_on=days["contact_on"] or today,
        incident=incident,
        area=area,
        area_detail=detail or NOT_STATED,
        grounds=tuple(typed["grounds"]),
        is_mine=bool(text["is_mine"]),
        **{name: text[name] for name in ("story", "place", "contact", *CHOICES) if name != "precision"},
    )
    return intake, unreadable


def spoken(visit: Visit, wanted: str) -> Language:
    """One of the languages the bot speaks; German otherwise."""
    return match_language(wanted, frozenset(visit.ports.bot.wording.languages)) or GERMAN


def list_choices(visit: Visit) -> dict[str, object]:
    """Everything there is to choose from, with labels."""
    lists = {name: options(visit, name, codes) for name, codes in CHOICES.items()}
    areas = [
        (area, label(visit, "area", area), [(f"{area}.{detail}", label(visit, "area-detail", f"{area}.{detail}")) for detail in details])
        for area, details in AREAS.items()
    ]
    cities = sorted(((city, city_name(visit, city)) for city in visit.member.municipalities), key=lambda city: city[1])
    languages = [(language, language_name(visit, language)) for language in visit.ports.bot.wording.languages]
    return {"lists": lists, "areas": areas, "cities": cities, "spoken_languages": languages, "grounds": options(visit, "grounds", GROUNDS)}


def notice_in(visit: Visit, key: str, languages: tuple[Language, ...], **values: object) -> list[tuple[Language, str]]:
    """What the bot would say, in several languages, each once, without its markup."""
    wording = visit.ports.bot.wording
    return [(language, MARKUP.sub("", wording.say_plain(key, language, **values))) for language in dict.fromkeys(languages)]
