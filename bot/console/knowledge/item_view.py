"""An item's content as the fields of a form, each with its value, its faults and what to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from babel.numbers import format_decimal

from bot.console.knowledge.changes import label_of
from bot.console.knowledge.item_fields import GROUPS, Field, Sort
from bot.console.knowledge.item_options import Options
from bot.console.labels import language_name
from bot.console.visit import Visit
from bot.domain.item_faults import ItemFault
from bot.domain.languages import ENGLISH, GERMAN, Language, is_right_to_left

SHOWN = (GERMAN, ENGLISH)
"""Languages that are always open; the others are folded away."""
NAMES = {"opens": "from", "closes": "to", "since": "from"}
"""What fields of rows are called on the form, where the domain calls them otherwise."""
Faults = Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class ShownField:
    """One field of the form, under the name it is posted with."""

    name: str
    sort: str
    label: str
    hint: str = ""
    value: Any = ""
    errors: Sequence[str] = ()
    options: Options = field(default_factory=list)
    characters: int = 500
    language: str = ""
    direction: str = "auto"
    parts: Sequence["ShownField"] = ()
    """The languages of words that are always open."""
    folded: Sequence["ShownField"] = ()
    """The other languages."""
    rows: Sequence["ShownRow"] = ()


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """A row of fields."""

    name: str
    label: str
    errors: Sequence[str]
    fields: Sequence[ShownField]
    is_spare: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What a form is drawn from."""

    visit: Visit
    content: Mapping[str, Any]
    options: Mapping[str, Options]
    faults: Faults = field(default_factory=dict)
    spare: Mapping[str, int] = field(default_factory=dict)
    """How many empty rows stand at the end of a field; one unless said."""

    def groups(self, kind: str) -> list[tuple[str, list[ShownField]]]:
        """The parts of the form: a name, and its fields."""
        return [(name, [self._show(each, each.name, self.content.get(each.name)) for each in fields]) for name, fields in GROUPS[kind]]

    def _show(self, field: Field, path: str, value: Any) -> ShownField:  # noqa: ANN401
        common: dict[str, Any] = {
            "name": path,
            "label": label_of(self.visit, (field.label or field.name,)),
            "hint": self._hint(path, field),
            "errors": self.faults.get(path, ()),
            "characters": field.characters,
        }
        if field.sort in (Sort.WORDS, Sort.LONG_WORDS):
            return ShownField(sort=field.sort, **common, **self._words(field, path, value))
        if field.sort is Sort.ROWS:
            return ShownField(sort=field.sort, rows=self._rows(field, path, value), **common)
        options = list(self.options.get(field.options, ()))
        chosen = [value] if field.sort is Sort.CHOICE else value if isinstance(value, list | tuple) else []
        options += [(code, str(code)) for code in chosen if code and code not in {each for each, _ in options}]
        return ShownField(sort=sort_of(field, value), value=to_shown(field, value, self.visit), options=options, **common)

    def _hint(self, path: str, field: Field) -> str:
        key = f"contacts.hint.{path.split('.', maxsplit=1)[0].replace('_', '-')}" if "." not in path else f"contacts.hint-row.{field.name}"
        words = self.visit.said(key)
        return "" if words == key else words

    def _words(self, field: Field, path: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
        texts = value if isinstance(value, Mapping) else {}
        shown = [
            ShownField(
                name=f"{path}.{code}",
                sort="long" if field.sort is Sort.LONG_WORDS else "line",
                label=language_name(self.visit, code),
                value=texts.get(code, ""),
                errors=self.faults.get(f"{path}.{code}", ()),
                characters=field.characters,
                language=code,
                direction="rtl" if is_right_to_left(Language(code)) else "ltr",
            )
            for code in dict.fromkeys((*SHOWN, *self.visit.ports.bot.wording.languages))
        ]
        return {"parts": shown[: len(SHOWN)], "folded": shown[len(SHOWN) :]}

    def _rows(self, field: Field, path: str, value: Any) -> list[ShownRow]:  # noqa: ANN401
        rows = [row if isinstance(row, Mapping) else {} for row in value] if isinstance(value, list | tuple) else []
        filled = len(rows)
        return [
            ShownRow(
                name=f"{path}.{number}",
                label=label_of(self.visit, (field.name, number)),
                errors=self.faults.get(f"{path}.{number}", ()),
                fields=[self._show(each, f"{path}.{number}.{each.name}", row.get(each.name)) for each in field.row],
                is_spare=number >= filled,
            )
            for number, row in enumerate([*rows, *({} for _ in range(self.spare.get(path, 1)))])
        ]


def sort_of(field: Field, value: object) -> str:
    """How the field is asked for; a day that is none is shown as text, since a browser would hide it."""
    return "text" if field.sort is Sort.DAY and value and not is_day(value) else field.sort


def to_shown(field: Field, value: object, visit: Visit) -> Any:  # noqa: ANN401
    """The value as it is shown in the field."""
    if field.sort is Sort.NUMBER and isinstance(value, int) and not isinstance(value, bool):
        return format_decimal(value, locale=visit.language) if visit.language == GERMAN else str(value)
    if field.sort in (Sort.TICKS, Sort.ROWS):
        return value or ()
    return "" if value is None else value


def is_day(value: object) -> bool:
    """Whether a value is a day as it is stored."""
    try:
        return isinstance(value, date) or bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class ShownFault:
    """A fault in words, with the name of the field that it is about."""

    name: str
    label: str
    text: str
    overdue: bool


def show_faults(visit: Visit, kind: str, faults: Iterable[ItemFault]) -> list[ShownFault]:
    """All faults in words."""
    return [_show_fault(visit, kind, fault) for fault in faults]


def _show_fault(visit: Visit, kind: str, fault: ItemFault) -> ShownFault:
    path = tuple(NAMES.get(str(step), step) for step in fault.path)
    label = label_of(visit, path, visit.ports.bot.wording.languages)
    return ShownFault(name=".".join(map(str, path)), label=label, text=_say(visit, kind, path, fault), overdue=fault.overdue)


def by_field(faults: Iterable[ShownFault]) -> dict[str, list[str]]:
    """What is wrong, by the name of the field that it is shown at."""
    placed: dict[str, list[str]] = {}
    for fault in faults:
        placed.setdefault(fault.name, []).append(fault.text)
    return placed


def _say(visit: Visit, kind: str, path: Sequence[str | int], fault: ItemFault) -> str:
    """What cannot be read is told by what was asked for."""
    asked = field_at(kind, path) if fault.code == "unreadable" else None
    if asked and asked.sort in (Sort.DAY, Sort.NUMBER):
        return visit.said(f"contacts.unreadable.{asked.sort}")
    return visit.said(f"fault.{fault.code}", **fault.values)


def field_at(kind: str, path: Sequence[str | int]) -> Field | None:
    """The field of a form that a path leads to; one within a row by its own name."""
    fields: Sequence[Field] = [each for _, group in GROUPS[kind] for each in group]
    found = None
    for step in path:
        found = next((each for each in fields if each.name == step), found)
        fields = found.row if found and found.row else fields
    return found
