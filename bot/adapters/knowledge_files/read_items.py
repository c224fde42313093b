"""Read knowledge/ into items, one for each entry, contact, programme, source, city and legal period."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.domain.errors import KnowledgeError

FOLDERS = {"entry": "entries", "contact": "contacts", "programme": "programmes"}
LISTS = {"source": "sources.yml", "deadline": "deadlines.yml", "phrasing": "phrasings.yml"}
OPTIONAL = ("phrasing",)
"""Lists that need not be there."""


@dataclass(frozen=True, kw_only=True)
class FileItem:
    """One item with the place it was read from. `content` is JSON-like; dates are ISO strings."""

    kind: str
    id: str
    content: Mapping[str, Any]
    file: Path
    line: int = 1

    @property
    def hash(self) -> str:
        """What changes when the content does."""
        return content_hash(self.content)


def content_hash(content: Mapping[str, Any]) -> str:
    """A hash of an item's content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read_items(folder: Path) -> list[FileItem]:
    """Every item below knowledge/. Raises KnowledgeError naming file and line when a file is no YAML."""
    items = [item for kind, name in FOLDERS.items() for item in _read_folder(kind, folder / name)]
    lists = {kind: folder / name for kind, name in LISTS.items() if kind not in OPTIONAL or (folder / name).exists()}
    items += [item for kind, file in lists.items() for item in _read_list(kind, file)]
    return items + list(_read_cities(folder / "municipalities.yml"))


def _read_folder(kind: str, folder: Path) -> Iterator[FileItem]:
    for file in sorted(folder.rglob("*.yml")):
        content = read_yaml(file)
        if not isinstance(content, dict):
            message = f"{file}:1: this file must hold fields such as “id: …”."
            raise KnowledgeError(message)
        yield FileItem(kind=kind, id=str(content.get("id", file.stem)), content=content, file=file)


def _read_list(kind: str, file: Path) -> Iterator[FileItem]:
    yield from _listed(kind, read_yaml(file) or [], _compose(file), file, ())


def _listed(kind: str, contents: Any, node: Any, file: Path, path: tuple[str, ...]) -> Iterator[FileItem]:  # noqa: ANN401
    """The items of a list, each with its line. What they lack is for the validator to say."""
    for number, content in enumerate(contents):
        line = _line(node, (*path, number))
        if not isinstance(content, dict):
            message = f"{file}:{line}: an item of this list must hold fields such as “id: …”."
            raise KnowledgeError(message)
        name = str(content.get("name" if kind == "other-city" else "id", ""))
        versioned = f"{name}@{content.get('valid_from')}" if kind == "deadline" else name
        yield FileItem(kind=kind, id=versioned, content=content, file=file, line=line)


def _read_cities(file: Path) -> Iterator[FileItem]:
    content, node = read_yaml(file), _compose(file)
    if not isinstance(content, dict) or "covered" not in content:
        message = f"{file}:1: this file must hold the lists “covered”, “not_covered” and “ambiguous”."
        raise KnowledgeError(message)
    yield from _listed("municipality", content["covered"], node, file, ("covered",))
    yield from _listed("other-city", content.get("not_covered") or [], node, file, ("not_covered",))
    ambiguous = {"names": content.get("ambiguous") or []}
    yield FileItem(kind="ambiguous-names", id="ambiguous", content=ambiguous, file=file, line=_line(node, ("ambiguous",)))


def read_yaml(file: Path) -> Any:  # noqa: ANN401
    """A file's content with dates as ISO strings. Raises KnowledgeError with file and line."""
    try:
        return _plain(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        message = f"{file}:{mark.line + 1 if mark else 1}: this file cannot be read: {getattr(error, 'problem', error)}"
        raise KnowledgeError(message) from error


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def line_of(file: Path, path: tuple[str | int, ...]) -> int:
    """The line on which a field stands, or the nearest one around it."""
    return _line(_compose(file), path)


def _compose(file: Path) -> Any:  # noqa: ANN401
    return yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _line(node: Any, path: tuple[str | int, ...]) -> int:  # noqa: ANN401
    for step in path:
        following = _child(node, step)
        if following is None:
            break
        node = following
    return int(node.start_mark.line) + 1 if node else 1


def _child(node: Any, step: str | int) -> Any:  # noqa: ANN401
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
