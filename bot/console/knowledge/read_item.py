"""Read a posted form into the content of an item. What cannot be understood stays as it was typed, so that nothing is lost."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.console.knowledge.item_fields import Field, Sort, fields_of
from bot.console.pages import to_local
from bot.console.visit import Visit
from bot.domain.contact_rules import read_clock
from bot.domain.languages import ENGLISH, GERMAN

MOST_ROWS = 60
ALWAYS = (GERMAN, ENGLISH)
"""Languages that are written down even where nothing was entered."""
REVIEW_EVERY = timedelta(days=182)
GONE = "gone"
GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
GROUPED = re.compile(r"\d{1,3}([.\s\u202f]\d{3})+|\d+")


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A form that was sent, with the rows that somebody left empty."""

    visit: Visit

    def content(self, kind: str, old: Mapping[str, Any]) -> dict[str, Any]:
        """The whole content as it shall be; fields that the form does not know stay as they are."""
        content = {**old, **{field.name: self._read(field, field.name, old.get(field.name)) for field in fields_of(kind)}}
        if self.visit.ticked("checked_today") and kind != "source":
            today = to_local(self.visit.now)
            content |= {"checked_on": today.isoformat(), "review_after": (today + REVIEW_EVERY).isoformat()}
        return content

    def empty_rows(self, name: str) -> int:
        """How many rows of a field were sent empty."""
        field = next((field for kind in ("contact", "programme") for field in fields_of(kind) if field.name == name), None)
        return sum(self._row(field, name, number) is None for number in self._numbers(name)) if field else 0

    def _read(self, field: Field, path: str, old: object) -> Any:  # noqa: ANN401
        match field.sort:
            case Sort.WORDS | Sort.LONG_WORDS:
                return self._words(field, path)
            case Sort.TICK:
                return bool(self.visit.ticked(path))
            case Sort.TICKS:
                ticked = list(dict.fromkeys(self.visit.ticked(path)))
                return list(old) if isinstance(old, Sequence) and sorted(old) == sorted(ticked) else ticked
            case Sort.ROWS:
                rows = (self._row(field, path, number) for number in self._numbers(path))
                return [row for row in rows if row is not None]
        return read_line(field, self.visit.field(path, characters=field.characters))

    def _words(self, field: Field, path: str) -> dict[str, str]:
        typed = {code: self.visit.field(f"{path}.{code}", characters=field.characters) for code in self.visit.ports.bot.wording.languages}
        if field.sort is Sort.WORDS:
            typed = {code: " ".join(text.split("\n")) for code, text in typed.items()}
        return {code: text for code, text in typed.items() if text or code in ALWAYS}

    def _numbers(self, path: str) -> list[int]:
        found = (re.match(rf"{re.escape(path)}\.(\d{{1,4}})\.", name) for name in self.visit.form)
        return sorted({int(match[1]) for match in found if match})[:MOST_ROWS]

    def _row(self, field: Field, path: str, number: int) -> dict[str, Any] | None:
        """A row; None where it is empty or shall go."""
        if self.visit.ticked(f"{path}.{number}.{GONE}"):
            return None
        row = {each.name: self._read(each, f"{path}.{number}.{each.name}", None) for each in field.row}
        is_empty = not any(_is_filled(row[each.name]) for each in field.row if each.sort is not Sort.CHOICE or each is field.row[0])
        left_out = {each.name for each in field.row if each.is_optional and each.sort is Sort.TEXT and not row[each.name]}
        return None if is_empty else {name: value for name, value in row.items() if name not in left_out}


def _is_filled(value: object) -> bool:
    return any(value.values()) if isinstance(value, Mapping) else bool(value)


def read_line(field: Field, typed: str) -> str | int | None:
    """What was typed into one line.

    >>> day, number = Field(name="date", sort=Sort.DAY), Field(name="euros", sort=Sort.NUMBER)
    >>> read_line(day, "31.12.2026"), read_line(day, "soon"), read_line(number, "60.000 €"), read_line(number, "much")
    ('2026-12-31', 'soon', 60000, 'much')
    """
    if field.sort is Sort.DAY:
        return read_day(typed) or (None if field.is_optional else "")
    if field.sort is Sort.CLOCK:
        return read_clock(typed)
    if field.sort is Sort.NUMBER:
        plain = typed.removesuffix("€").removesuffix("Euro").strip()
        return int(re.sub(r"\D", "", plain)) if GROUPED.fullmatch(plain) and plain.isascii() else typed
    return typed


def read_day(typed: str) -> str:
    """A day as it is stored, where it can be read; else what was typed.

    >>> read_day("1.2.2026"), read_day("2026-02-01"), read_day("31.2.2026")
    ('2026-02-01', '2026-02-01', '31.2.2026')
    """
    found = GERMAN_DAY.fullmatch(typed.strip())
    try:
        return datetime.strptime("-".join(found.groups()), "%d-%m-%Y").date().isoformat() if found else typed  # noqa: DTZ007
    except ValueError:
        return typed


def new_content(visit: Visit, kind: str) -> dict[str, Any]:
    """What a form for something new begins with."""
    today = to_local(visit.now)
    if kind == "source":
        return {"kind": "paper", "municipality": "none", "date": ""}
    return {
        "municipality": "none",
        "as_of": today.isoformat(),
        "checked_on": today.isoformat(),
        "review_after": (today + REVIEW_EVERY).isoformat(),
    }
