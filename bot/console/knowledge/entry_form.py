"""Reads the form of an entry: everything that was typed, and what of it cannot be taken as it is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.console.cases.seen_version import seen_version
from bot.console.visit import Visit
from bot.domain.entry_edits import GENERAL, WORDS, Fields, Typed, to_fields
from bot.domain.languages import ENGLISH, GERMAN, Language
from bot.domain.messages import clean

MOST = {"title": 300, "answer": 20_000, "phrasings": 60_000, "facts": 5_000}
MOST_OTHERS = 300
MOST_ROWS = 60
ROWS = ("source", "section", "contacts", "programmes", "related")
BROKEN = "\ufffd"
"""What a decoder puts in the place of bytes that are no text."""
HASH_CHARACTERS = 12


@dataclass(frozen=True, kw_only=True)
class TooLong:
    """A field with more than is taken at all."""

    name: str
    characters: int
    most: int


@dataclass(frozen=True, kw_only=True)
class EntryForm:
    """What was posted. `fields` never hold characters that nobody types; `removed` names them by field."""

    language: Language
    fields: Fields
    removed: Mapping[str, str]
    too_long: tuple[TooLong, ...]
    version: int
    before: frozenset[str]
    """Marks of what the fields said when the page was made; empty where the form does not tell."""
    meaning_unchanged: bool
    still_fits: bool


def read_entry_form(visit: Visit) -> EntryForm:
    """The form, with nothing cut off."""
    fields: dict[str, Typed] = {}
    removed: dict[str, str] = {}
    language = choose_language(visit, str(visit.form.get("language", "")))
    for name in [*(f"{word}.{code}" for code in (GERMAN, language) for word in WORDS), *GENERAL]:
        if name in visit.form:
            values = visit.ticked(name)[:MOST_ROWS] if name in ROWS else visit.ticked(name)[:1]
            tidied = tuple(tidy(value) for value in values)
            fields[name] = tuple(text for text, _ in tidied) if name in ROWS else "".join(text for text, _ in tidied)
            if odd := "".join(characters for _, characters in tidied):
                removed[name] = ", ".join(f"U+{ord(char):04X}" for char in sorted(set(odd)))
    return EntryForm(
        language=language,
        fields=fields,
        removed=removed,
        too_long=tuple(find_too_long(fields)),
        version=seen_version(visit),
        before=frozenset(visit.ticked("before")),
        meaning_unchanged="meaning_unchanged" in visit.form,
        still_fits="still_fits" in visit.form,
    )


def find_too_long(fields: Fields) -> list[TooLong]:
    """The fields that hold more than anybody writes: they are given back, and nothing is stored."""
    found = []
    for name, value in fields.items():
        most = MOST.get(name.partition(".")[0], MOST_OTHERS)
        characters = len(value) if isinstance(value, str) else max(map(len, value), default=0)
        found += [TooLong(name=name, characters=characters, most=most)] if characters > most else []
    return found


def tidy(text: str) -> tuple[str, str]:
    r"""The text with plain line ends and without characters that nobody types, and those.

    >>> tidy("a\r\n\u202eb ")
    ('a\nb ', '\u202e')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = clean(f"x{lines}x")[1:-1].replace(BROKEN, "")
    return kept, "".join(char for char in lines if char not in kept) if len(kept) != len(lines) else ""


def choose_language(visit: Visit, wanted: str) -> Language:
    """The translation beside the German; English where none or an unknown one is asked for."""
    spoken = visit.ports.bot.wording.languages
    return next((code for code in spoken if code == wanted and code != GERMAN), ENGLISH)


def to_marks(fields: Fields) -> dict[str, str]:
    """A mark of what each field says: the same mark, the same words."""
    return {name: f"{name}={_hash(value)}" for name, value in fields.items()}


def _hash(value: Typed) -> str:
    text = value if isinstance(value, str) else "\0".join(value)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:HASH_CHARACTERS]


def shown_fields(content: Mapping[str, object], language: Language) -> dict[str, Typed]:
    """What the form shows of a content."""
    return to_fields(content, (GERMAN, language))
