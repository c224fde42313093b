"""What the codes of a case are called at the desk; people who report choose among plainer words, which the bot says."""

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError

from bot.console.visit import Visit
from bot.domain.case_codes import NOT_STATED, OTHER
from bot.domain.languages import Language, without_variety
from bot.domain.staff import StaffMember

SAME_LIST = {
    "evidence": "yes-no", "witnesses": "yes-no", "own-administration": "yes-no", "grounds": "ground",
    "municipality": "city", "closed-reason": "close-reason", "proposed-closing": "close-reason",
}  # fmt: skip
"""Fields of a case whose list is called otherwise."""


def label(visit: Visit, list_name: str, code: str | None) -> str:
    """What a code means, in the visitor's language; `list_name` as in code.<list>.<code>, or a field of the case.

    Beside the lists of case_codes: status, channel, language, city, event, field, … An area's detail is written as "area.detail".
    """
    name = list_name.replace("_", "-")
    name = SAME_LIST.get(name, name)
    if name == "city":
        return city_name(visit, code)
    if not code or code.rpartition(".")[2] in (OTHER, NOT_STATED):
        return visit.ports.bot.wording.say_plain(f"code.{(code or NOT_STATED).rpartition('.')[2]}", visit.language)
    if name == "language":
        return language_name(visit, code)
    if name == "area-detail":
        return visit.ports.bot.wording.say_plain(f"code.{name}.{code}", visit.language)
    return visit.said(f"code.{name}.{code.replace('_', '-')}")


def options(visit: Visit, list_name: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """A list to choose from: pairs of code and label."""
    return [(code, label(visit, list_name, code)) for code in codes]


def city_name(visit: Visit, city: str | None) -> str:
    """A municipality's name; words for none."""
    if not city:
        return visit.said("code.city.none")
    known = {str(each.id): each.name for each in visit.ports.bot.published.knowledge.municipalities.values()}
    return known[city].get(visit.language, city) if city in known else city


def language_name(visit: Visit, code: str) -> str:
    """A language's name in the visitor's language; a variety keeps its own name, where that does not say both already."""
    try:
        name = Locale.parse(without_variety(code)).get_display_name(visit.language) or code
    except (UnknownLocaleError, ValueError):
        return code
    own = visit.ports.bot.wording.say_plain("language.name", Language(code)) if code != without_variety(code) else name
    return own if own.startswith(name) else f"{name} ({own})"


def staff_name(visit: Visit, staff: str | None, members: Iterable[StaffMember]) -> str:
    """Who it was, by name; words for the person who reported, for the system, and for an account that is gone."""
    if staff in ("person", "system"):
        return visit.said(f"code.actor.{staff}")
    return next((member.name for member in members if member.id == staff), visit.said("code.actor.gone"))
