"""Two editors on one entry: both texts of every field that differs, and a choice for each."""

from dataclasses import dataclass, replace

from bot.console.knowledge.entry_checks import name_field
from bot.console.knowledge.entry_form import EntryForm, shown_fields, to_marks
from bot.console.visit import Visit
from bot.domain.entry_edits import Fields, with_fields
from bot.domain.languages import Language, is_right_to_left
from bot.services.desk.knowledge.find_editable import Editable


@dataclass(frozen=True, kw_only=True)
class Rival:
    """A field that says one thing here and another in the database. `takes_theirs`: only the others changed it."""

    name: str
    label: str
    language: str
    direction: str
    mine: str
    theirs: str
    takes_theirs: bool


def is_overtaken(form: EntryForm, editable: Editable) -> bool:
    """Whether somebody stored something else since the page was made, and saving would take it back."""
    stored = shown_fields(editable.content, form.language)
    is_same = form.version == editable.version and (not form.before or form.before == frozenset(to_marks(stored).values()))
    return not is_same and with_fields(editable.content, form.fields) != editable.content


def find_rivals(visit: Visit, form: EntryForm, editable: Editable) -> list[Rival]:
    """Every field that differs; a source is one with its section."""
    stored = shown_fields(editable.content, form.language)
    shown = shown_fields(with_fields(editable.content, form.fields), form.language)
    mine, theirs = to_marks(form.fields), to_marks(stored)
    differing = [name for name in form.fields if shown[name] != stored[name]]
    return [
        Rival(
            name=name,
            label=name_field(visit, name),
            language=name.partition(".")[2],
            direction=_direction(name),
            mine=_flat(name, shown),
            theirs=_flat(name, stored),
            takes_theirs=mine[name] in form.before and theirs[name] not in form.before,
        )
        for name in dict.fromkeys("source" if name == "section" and "source" in form.fields else name for name in differing)
    ]


def without_theirs(visit: Visit, form: EntryForm) -> EntryForm:
    """The form without the fields for which the others' text was chosen."""
    theirs = {name for name in form.fields if visit.form.get(f"choice.{name}") == "theirs"}
    theirs |= {"section"} if "source" in theirs else set()
    return replace(form, fields={name: value for name, value in form.fields.items() if name not in theirs})


def _direction(name: str) -> str:
    language = name.partition(".")[2]
    return "auto" if not language else "rtl" if is_right_to_left(Language(language)) else "ltr"


def _flat(name: str, fields: Fields) -> str:
    if name == "source":
        return "\n".join(", ".join(filter(None, place)) for place in zip(fields["source"], fields["section"], strict=False) if any(place))
    value = fields[name]
    return value if isinstance(value, str) else "\n".join(row for row in value if row)
