"""Check one catalogue against the English one: every key there, the same placeholders, no direction overrides."""

from collections.abc import Iterator
from string import Formatter

from babel.messages.catalog import Catalog, Message

OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
"""Explicit embedding and override characters: they can turn what follows around; isolates are used instead."""


def find_faults(catalogue: Catalog, reference: Catalog) -> Iterator[str]:
    """One sentence for each fault, naming the key."""
    for wanted in reference:
        if not wanted.id:
            continue
        found = catalogue.get(_key(wanted))
        if found is None or not all(_texts(found)):
            yield f"“{_key(wanted)}” has no text. Translate it."
        elif len(_texts(found)) != (catalogue.num_plurals if _is_plural(wanted) else 1):
            yield f"“{_key(wanted)}” has {len(_texts(found))} plural forms; this language needs {catalogue.num_plurals}."
        else:
            yield from _text_faults(found, wanted)
    for extra in catalogue:
        if extra.id and reference.get(_key(extra)) is None:
            yield f"“{_key(extra)}” is not used. Delete it, or correct its key."


def _text_faults(found: Message, wanted: Message) -> Iterator[str]:
    expected = set().union(*(_placeholders(text) or set() for text in _texts(wanted)))
    for text in _texts(found):
        names = _placeholders(text)
        if names is None:
            yield f"“{_key(wanted)}”: a brace is not closed, or not written as {{name}}."
        elif names != expected and not (_is_plural(wanted) and names | {"count"} == expected):
            yield f"“{_key(wanted)}” must use {_list(expected)}, but uses {_list(names)}."
        if OVERRIDES & set(text):
            yield f"“{_key(wanted)}” holds a character that overrides the writing direction (U+202A to U+202E). Delete it."


def _placeholders(text: str) -> set[str] | None:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _list(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "no placeholder"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_plural(message: Message) -> bool:
    return not isinstance(message.id, str)


def _texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
