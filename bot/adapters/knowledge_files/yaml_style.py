"""Writes YAML the way the files of knowledge/ are written by hand, so that a git diff shows what changed and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import yaml

WIDTH = 129
"""Longer lists go over several lines."""
SHORT = 110
"""A mapping that is no longer than this may stand on one line."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WORD = re.compile(r"[a-z0-9][a-z0-9.-]*")
WHOLE = re.compile(r"^(-?\d+)e")
"""How Python writes some numbers that YAML would read as text."""
NAME = re.compile(r"[a-z][a-z_-]*")
PLAIN = frozenset({
    "id", "topic", "municipality", "intent", "audience", "state", "kind", "frame", "starts", "per", "language",
    "days", "contacts", "programmes", "related", "topics", "languages", "translations",
})  # fmt: skip
"""Fields that hold names of things, which need no quotes; everything else is what people read, and is quoted."""
DAYS = frozenset({"as_of", "checked_on", "review_after", "valid_from", "valid_until", "date", "from", "until", "facts"})
OPEN = frozenset({"title", "questions", "answers", "translations", "facts", "amounts", "what"})
"""Fields whose values stand below each other, however short."""
UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
ORDER = (
    "id", "name", "topic", "municipality", "intent", "frame", "language", "text", "audience", "title", "questions", "answers", "facts",
    "funder", "who_may_apply", "office", "role", "address", "phone", "email", "website", "hours", "by_appointment", "languages", "topics",
    "amounts", "conditions", "deadlines", "needed", "aliases", "what", "period", "starts", "valid_from", "valid_until", "date", "link",
    "source", "as_of", "checked_on", "review_after", "contacts", "programmes", "related", "state", "translations",
)  # fmt: skip
"""In which order an item's fields are written, whatever order an editor gave them; others come last."""
SOURCE_ORDER = ("id", "kind", "title", "municipality", "date", "link")
RESOLVER = yaml.SafeLoader("")


def write_file(content: Any) -> str:  # noqa: ANN401
    """A whole file: the fields of one item, or lists of items.

    >>> print(write_file({"state": "published", "id": "a.b", "facts": ["2025", "2025-12-31", 7]}), end="")
    id: a.b
    facts:
      - "2025"
      - 2025-12-31
      - 7
    state: published
    """
    lines = _list_lines(content, "", 0) if isinstance(content, list) else _map_lines(content, 0)
    return "\n".join(lines) + "\n"


def in_order(content: Mapping[str, Any]) -> dict[str, Any]:
    """An item with its fields in the order of the files."""
    places = {name: place for place, name in enumerate(SOURCE_ORDER if "kind" in content else ORDER)}
    return dict(sorted(content.items(), key=lambda field: places.get(field[0], len(places))))


def _map_lines(content: Mapping[str, Any], indent: int) -> Iterator[str]:
    for name, value in (in_order(content) if "id" in content or "name" in content else content).items():
        if name == "source" and "questions" in content and isinstance(value, list) and value and not indent:
            yield "source:"
            yield from _list_lines(value, name, indent + 2)
        else:
            yield from _field_lines(name, value, indent, "")


def _field_lines(name: str, value: Any, indent: int, owner: str) -> Iterator[str]:  # noqa: ANN401
    """`owner` is the field around this one: under "translations", "de" holds the name of a state."""
    space, key, field = " " * indent, _key(name), owner or name
    if isinstance(value, Mapping) and value:
        if _is_short(value, name, len(space) + len(key)):
            yield f"{space}{key}: {_flow(value, field)}"
        else:
            yield f"{space}{key}:"
            for each, inner in value.items():
                yield from _field_lines(each, inner, indent + 2, name)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield from _sequence_lines(name, value, indent, owner)
    elif isinstance(value, str) and (indicator := _block_indicator(value, owner)):
        yield f"{space}{key}: {indicator}"
        yield from (f"{space}  {line}" if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        yield f"{space}{key}: {_scalar(value, field)}"


def _sequence_lines(name: str, value: Sequence[Any], indent: int, owner: str) -> Iterator[str]:
    space, key = " " * indent, _key(name)
    flow = f"{space}{key}: {_flow(value, name)}"
    if owner in OPEN or name in OPEN or (any(isinstance(each, Mapping) for each in value) and len(flow) > SHORT):
        yield f"{space}{key}:"
        yield from _list_lines(value, name, indent + 2)
    elif len(flow) <= WIDTH:
        yield flow
    else:
        yield f"{space}{key}: ["
        yield from _filled([_flow(each, name) for each in value], indent + 2)
        yield f"{space}]"


def _list_lines(values: Sequence[Any], name: str, indent: int) -> Iterator[str]:
    space = " " * indent
    for value in values:
        flow = f"{space}- {_flow(value, name)}"
        if not isinstance(value, Mapping) or not value or _is_short(value, name, indent):
            yield flow
        else:
            first, *rest = _map_lines(value, indent + 2)
            yield f"{space}- {first.lstrip()}"
            yield from rest


def _filled(parts: Sequence[str], indent: int) -> Iterator[str]:
    line = " " * indent
    for number, part in enumerate(parts):
        piece = part + ("," if number < len(parts) - 1 else "")
        if line.strip() and len(line) + len(piece) + 1 > WIDTH:
            yield line
            line = " " * indent
        line += (" " if line.strip() else "") + piece
    yield line


def _is_short(value: Mapping[str, Any], name: str, before: int) -> bool:
    return name not in OPEN and before + len(_flow(value, name)) + 2 <= SHORT


def _flow(value: Any, field: str) -> str:  # noqa: ANN401
    """A value on one line."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(name)}: {_flow(each, name)}' for name, each in value.items())} }}" if value else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[ {', '.join(_flow(each, field) for each in value)} ]" if value else "[]"
    return _scalar(value, field)


def _scalar(value: Any, field: str) -> str:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return "null" if value is None else str(value).lower() if isinstance(value, bool) else WHOLE.sub(r"\1.0e", repr(value))
    if field in DAYS and DAY.fullmatch(value) and _is_day(value):
        return value
    if field in PLAIN and WORD.fullmatch(value) and _is_text(value):
        return value
    return _quoted(value)


def _key(name: str) -> str:
    return name if NAME.fullmatch(name) and _is_text(name) else _quoted(name)


def _quoted(text: str) -> str:
    return UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block_indicator(text: str, owner: str) -> str:
    """How a text of several lines is introduced; empty for what would not come back the same."""
    if not ("\n" in text or owner == "answers") or UNREADABLE.search(text) or not text.strip():
        return ""
    lines = text.removesuffix("\n").split("\n")
    if any(ord(char) < ord(" ") for line in lines for char in line) or not lines[0] or lines[0][0] == " " or not lines[-1]:
        return ""
    return "|" if text.endswith("\n") else "|-"


def _is_text(word: str) -> bool:
    """Whether YAML reads a word as text, and not as a number, a day or "no"."""
    return bool(RESOLVER.resolve(yaml.ScalarNode, word, (True, False)) == "tag:yaml.org,2002:str")  # type: ignore[no-untyped-call]


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
