"""What the editor's page is made of: its fields, what can be chosen, and who else is at it."""

from collections.abc import Mapping
from typing import Any

from bot.console.knowledge.entry_checks import pair_of
from bot.console.knowledge.entry_form import EntryForm, shown_fields, to_marks
from bot.console.knowledge.item_words import path_to, title_of
from bot.console.labels import city_name, language_name
from bot.console.pages import GERMANY
from bot.console.visit import Visit
from bot.domain.entry_edits import ROWS, Typed
from bot.domain.knowledge import Topic
from bot.domain.knowledge_drafts import DraftState
from bot.domain.languages import GERMAN, Language
from bot.domain.near_phrasings import intent_of
from bot.domain.translation_states import CURRENT, MISSING, is_meaning_unchanged, texts
from bot.services.desk.knowledge.find_editable import Editable
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.stored_knowledge import KnowledgeItem

SPARE_ROWS = 2
AUDIENCES = ("public", "staff")
STATES = ("published", "draft", "retired")
KINDS = {"contacts": "contact", "programmes": "programme", "source": "source", "related": "entry"}


async def to_page(visit: Visit, editable: Editable, language: Language, form: EntryForm | None) -> dict[str, object]:
    """Fields and choices; what was typed takes the place of what is stored."""
    fields = {**shown_fields(editable.content, language), **(form.fields if form else {})}
    accepted = await read_accepted(visit.ports)
    return {
        "fields": fields,
        "choices": {name: _choices(visit, accepted, kind, fields[name]) for name, kind in KINDS.items()},
        "rows": {name: (*_rows(fields[name]), *[""] * SPARE_ROWS) for name in ROWS},
        "places": _places(fields),
        "topics": _with([(topic.value, visit.said(f"review.value.topic.{topic}")) for topic in Topic], fields["topic"]),
        "cities": _with(cities_of(visit), fields["municipality"]),
        "audiences": _with([(code, visit.said(f"review.value.audience.{code}")) for code in AUDIENCES], fields["audience"]),
        "states": _with([(code, visit.said(f"editor.state.{code}")) for code in STATES], fields["state"]),
        "intents": sorted(_shared_intents(accepted)),
    }


def to_state(visit: Visit, editable: Editable, language: Language, names: Mapping[str, str]) -> dict[str, object]:
    """What changes with every saving: the version, who saved, how the translations stand."""
    content, draft = editable.content, editable.draft
    states = content.get("translations") or {}
    has_german = texts(content, GERMAN) != texts(editable.accepted_content, GERMAN)
    here = str(states.get(language) or (CURRENT if texts(content, language)[1] else MISSING))
    return {
        "id": editable.id,
        "path": f"/console/knowledge/{path_to('entry', editable.id)}",
        "review": f"/console/knowledge/review/{path_to('entry', editable.id)}",
        "title": title_of(visit, content, editable.id),
        "draft": draft,
        "is_new": editable.accepted is None,
        "is_overtaken": editable.is_overtaken,
        "is_sent_back": draft is not None and draft.state is DraftState.SENT_BACK,
        "in_review": draft is not None and draft.state is DraftState.IN_REVIEW,
        "saved_by": names.get(draft.saved_by, visit.said("code.actor.gone")) if draft else "",
        "is_mine": draft is not None and draft.saved_by == visit.member.id,
        "saved_time": draft.saved_at.astimezone(GERMANY).strftime("%H:%M") if draft else "",
        "version": editable.version,
        "marks": list(to_marks(shown_fields(content, language)).values()),
        "translation": language,
        "pair": pair_of(visit, language),
        "translations": [(code, f"{language_name(visit, code)} – {_state(visit, states, content, code)}") for code in _others(visit)],
        "translation_state": here,
        "state_words": visit.said(f"review.value.translations.{here}"),
        "asks_fit": here not in (CURRENT, MISSING),
        "asks_meaning": not editable.accepted or has_german,
        "meaning_unchanged": is_meaning_unchanged(content, editable.accepted_content),
    }


def cities_of(visit: Visit) -> list[tuple[str, str]]:
    """The covered cities, and "everywhere"."""
    known = visit.ports.bot.published.knowledge.municipalities
    return [("", visit.said("editor.everywhere")), *((str(city), city_name(visit, city)) for city in known)]


def _others(visit: Visit) -> list[Language]:
    return [code for code in visit.ports.bot.wording.languages if code != GERMAN]


def _state(visit: Visit, states: Mapping[str, str], content: Mapping[str, Any], code: Language) -> str:
    has_text = bool((content.get("answers") or {}).get(code))
    return visit.said(f"review.value.translations.{states.get(code, CURRENT) if has_text else MISSING}")


def _choices(visit: Visit, accepted: list[KnowledgeItem], kind: str, chosen: Typed) -> list[tuple[str, str]]:
    """What can be referred to; what is chosen and does not exist stays, so that it can be seen and mended."""
    there = [(item.id, title_of(visit, item.content, item.id)) for item in accepted if item.kind == kind]
    gone = [(id_, id_) for id_ in dict.fromkeys(_rows(chosen)) if id_ not in {known for known, _ in there}]
    return sorted([*there, *gone], key=lambda pair: pair[1].casefold())


def _with(options: list[tuple[str, str]], chosen: Typed) -> list[tuple[str, str]]:
    """The options, and whatever is chosen beside them."""
    return options if chosen in {code for code, _ in options} else [*options, (str(chosen), str(chosen))]


def _rows(value: Typed) -> tuple[str, ...]:
    return tuple(row for row in value if row) if not isinstance(value, str) else ()


def _places(fields: Mapping[str, Typed]) -> list[tuple[str, str]]:
    """Source and section of each row, then empty ones."""
    return [*zip(fields["source"], fields["section"], strict=False), *[("", "")] * SPARE_ROWS]


def _shared_intents(accepted: list[KnowledgeItem]) -> set[str]:
    return {intent_of(item.content) for item in accepted if item.kind == "entry" and item.content.get("intent")}
