"""Domain objects to bytes and back. Whatever a person typed survives, NUL characters and lone surrogates included."""

import json
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
DATE_MARK = "date!"


class Codec(Generic[T]):
    """Writes and reads one kind of dataclass."""

    def __init__(self, kind: type[T]) -> None:
        """Compile the kind once; afterwards a call costs some microseconds."""
        self._adapter = TypeAdapter(kind)

    def to_bytes(self, value: T) -> bytes:
        """The value as JSON."""
        plain = self._adapter.dump_python(value, mode="json")
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    def read(self, data: bytes) -> T:
        """The value that was written; fields that were added to the dataclass since then get their defaults."""
        return self._adapter.validate_python(json.loads(data.decode("utf-8", "surrogatepass")))


def to_marked_json(value: object) -> str:
    """Parsed YAML as JSON; dates are kept as dates."""
    return json.dumps(value, ensure_ascii=False, default=lambda day: {DATE_MARK: day.isoformat()})


def read_marked_json(text: str) -> Any:  # noqa: ANN401  # JSON is whatever it is
    """What was written by to_marked_json."""
    return json.loads(text, object_hook=lambda found: date.fromisoformat(found[DATE_MARK]) if found.keys() == {DATE_MARK} else found)
