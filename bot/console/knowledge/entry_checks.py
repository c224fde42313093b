"""What the page says about an entry while it is typed: how it will look, what is missing, what is too near."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.console.knowledge.changes import label_of
from bot.console.knowledge.entry_form import EntryForm
from bot.console.labels import language_name
from bot.console.visit import Visit
from bot.domain.item_faults import ItemFault
from bot.domain.languages import GERMAN, Language, is_right_to_left
from bot.services.desk.knowledge.check_entry import CheckedEntry, check_entry
from bot.services.desk.knowledge.preview_entry import preview_entry

LONGEST_TITLE, LONGEST_ANSWER = 40, 1500
FIELDS = {"answer": "answers", "phrasings": "questions"}


async def read_checks(visit: Visit, content: Mapping[str, Any], language: Language) -> dict[str, object]:
    """The values of entry_preview.html."""
    pair = (GERMAN, language)
    checked = await check_entry(content, pair, visit.ports)
    return {
        "pair": pair_of(visit, language),
        "previews": await preview_entry(content, pair, visit.ports),
        "facts": [
            {
                "fact": fact.fact,
                "here": [(language_name(visit, code), fact.stands_in[code]) for code in pair if code in fact.stands_in],
                "elsewhere": ", ".join(language_name(visit, code) for code in fact.missing_elsewhere),
            }
            for fact in checked.facts
        ],
        "faults": say_faults(visit, checked, pair),
        "near": [
            visit.said("editor.near", text=each.text, language=language_name(visit, each.language), near=each.near.text, other=each.near.id)
            for each in checked.near
        ],
        "left": {code: LONGEST_TITLE - len(_text(content, "title", code)) for code in pair},
        "lengths": {code: (len(_text(content, "answers", code)), LONGEST_ANSWER) for code in pair},
        "stops": len(checked.stopping),
    }


def pair_of(visit: Visit, language: Language) -> list[dict[str, str]]:
    """Both languages with their names and directions."""
    return [
        {"code": code, "name": language_name(visit, code), "dir": "rtl" if is_right_to_left(code) else "ltr"} for code in (GERMAN, language)
    ]


def say_faults(visit: Visit, checked: CheckedEntry, pair: Sequence[Language]) -> list[dict[str, object]]:
    """Each fault with its place in words, those of the shown languages and of the general fields first."""
    said = [
        {
            "place": place_of(visit, fault),
            "what": say_fault(visit, fault),
            "field": field_of(fault),
            "language": fault.language if fault.language not in ("", *pair) else "",
            "is_reminder": fault.overdue,
        }
        for fault in checked.faults
    ]
    return sorted(said, key=lambda fault: (bool(fault["language"]), bool(fault["is_reminder"])))


def say_fault(visit: Visit, fault: ItemFault) -> str:
    """What is wrong, in words."""
    values = {name: language_name(visit, str(value)) if name == "language" else value for name, value in fault.values.items()}
    if "field" in values:
        values["field"] = label_of(visit, (str(values["field"]).partition(".")[0],))
    return visit.said(f"fault.{fault.code}", **values)


def place_of(visit: Visit, fault: ItemFault) -> str:
    """The field, without its language: the sentence names that."""
    return label_of(visit, fault.path[:1], visit.ports.bot.wording.languages)


def field_of(fault: ItemFault) -> str:
    """The name of the field on the form."""
    field = {"answers": "answer", "questions": "phrasings"}.get(str(fault.path[0]) if fault.path else "", "")
    language = fault.language or next((str(step) for step in fault.path[1:2] if isinstance(step, str)), "")
    if field or fault.path[:1] == ("title",):
        return f"{field or 'title'}.{language}"
    return str(fault.path[0]) if fault.path else ""


def say_form_faults(visit: Visit, form: EntryForm) -> list[str]:
    """What could not be taken as it was posted, with its place."""
    long = [
        visit.said("editor.too-long", place=name_field(visit, each.name), characters=each.characters, most=each.most)
        for each in form.too_long
    ]
    odd = [visit.said("editor.removed", place=name_field(visit, name), found=found) for name, found in form.removed.items()]
    return [*long, *odd]


def name_field(visit: Visit, name: str) -> str:
    """A field of the form in words: "Antwort (Arabisch)"."""
    field, _, language = name.partition(".")
    label = label_of(visit, (FIELDS.get(field, field),))
    return f"{label} ({language_name(visit, language)})" if language else label


def _text(content: Mapping[str, Any], field: str, language: str) -> str:
    return str((content.get(field) or {}).get(language) or "").strip()
