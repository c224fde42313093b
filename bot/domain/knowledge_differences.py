"""What changed between two contents of an item of the knowledge: field by field, and word by word within a text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

Path = tuple[str | int, ...]
"""Where a field stands: ("answers", "de"), ("amounts", 0, "euros")."""
MOST_TOKENS, MOST_PAIRS = 4000, 250_000
"""A text of more, or with more pairs of equal words, is shown as replaced as a whole: comparing it would take too long."""
TOKEN = re.compile(r"\d(?:[\d.,:/–-]*\d)?|\s+|[.,;:!?…()\[\]{}\"„“”«»*_،؛؟]|[^\s.,;:!?…()\[\]{}\"„“”«»*_،؛؟]+")


class Fate(StrEnum):
    """What became of a piece of a text, or of a line of a list."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of words with the same fate."""

    fate: Fate
    text: str


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field that differs; None where there is nothing on a side."""

    path: Path
    before: object
    after: object


def find_changes(before: Mapping[str, object], after: Mapping[str, object], *, inside_lists: bool = False) -> list[FieldChange]:
    """The fields that differ, in the order of the new content. Empty is the same as missing.

    Lists are one field each; `inside_lists` looks into lists of as many groups of fields on both sides.

    >>> [change.path for change in find_changes({"id": "a", "title": {"de": "x"}}, {"id": "a", "title": {"de": "y", "en": "z"}})]
    [('title', 'de'), ('title', 'en')]
    """
    return list(_find(before, after, (), inside_lists=inside_lists))


def _find(before: object, after: object, path: Path, *, inside_lists: bool) -> Iterator[FieldChange]:
    if (isinstance(before, Mapping) and isinstance(after, Mapping | None)) or (isinstance(after, Mapping) and before is None):
        old, new = before or {}, after or {}
        for name in (*new, *(name for name in old if name not in new)):
            yield from _find(old.get(name), new.get(name), (*path, name), inside_lists=inside_lists)
    elif inside_lists and _are_groups(before) and _are_groups(after) and len(before) == len(after):  # type: ignore[arg-type]
        for number, (old, new) in enumerate(zip(before, after, strict=True)):  # type: ignore[call-overload]
            yield from _find(old, new, (*path, number), inside_lists=True)
    elif before != after and not (_is_empty(before) and _is_empty(after)):
        yield FieldChange(path=path, before=before, after=after)


def _are_groups(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _is_empty(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_empty(each) for each in value.values())
    return value is None or value in ("", [], ())


def compare_words(before: str, after: str) -> list[Piece]:
    """The pieces of both texts, in reading order: what went before what came.

    >>> [(piece.fate.value, piece.text) for piece in compare_words("bis 31.12.2025 offen", "bis 31.12.2026 offen")]
    [('same', 'bis '), ('deleted', '31.12.2025'), ('inserted', '31.12.2026'), ('same', ' offen')]
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if max(len(old), len(new)) > MOST_TOKENS or count_pairs(old, new) > MOST_PAIRS:
        return list(_pieces(before, after))
    pieces: list[Piece] = []
    deleted = inserted = ""
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal" and (come.strip() or not (deleted or inserted) or new_to == len(new)):
            pieces += _pieces(deleted, inserted)
            pieces.append(Piece(fate=Fate.SAME, text=come))
            deleted = inserted = ""
        else:  # a blank between two changes belongs to both: whole phrases are easier to read than single words
            deleted, inserted = deleted + gone, inserted + come
    return [*pieces, *_pieces(deleted, inserted)]


def count_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal pieces there are: so long it takes to compare them.

    >>> count_pairs(["a", "a", "b"], ["a", "b", "c"])
    3
    """
    there = Counter(old)
    return sum(there[piece] for piece in new)


def _pieces(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted == inserted:
        if deleted:
            yield Piece(fate=Fate.SAME, text=deleted)
        return
    if deleted:
        yield Piece(fate=Fate.DELETED, text=deleted)
    if inserted:
        yield Piece(fate=Fate.INSERTED, text=inserted)


def compare_lines(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """The lines of two lists, each with its fate.

    >>> [(line.fate.value, line.text) for line in compare_lines(["a", "b"], ["b", "c"])]
    [('deleted', 'a'), ('same', 'b'), ('inserted', 'c')]
    """
    lines: list[Piece] = []
    if count_pairs(before, after) > MOST_PAIRS:
        gone, come = ((Fate.DELETED, before), (Fate.INSERTED, after))
        return [Piece(fate=fate, text=line) for fate, side in (gone, come) for line in side]
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [Piece(fate=Fate.SAME, text=line) for line in after[new_from:new_to]]
        else:
            lines += [Piece(fate=Fate.DELETED, text=line) for line in before[old_from:old_to]]
            lines += [Piece(fate=Fate.INSERTED, text=line) for line in after[new_from:new_to]]
    return lines
