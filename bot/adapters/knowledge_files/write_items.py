"""Write items as the YAML files they came from, each where it lay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from bot.adapters.knowledge_files.item_rules import ID
from bot.adapters.knowledge_files.read_items import FOLDERS, LISTS, FileItem, read_items
from bot.adapters.knowledge_files.yaml_style import write_file
from bot.domain.errors import KnowledgeError
from bot.services.stored_knowledge import ItemKey, KnowledgeItem

CITIES = "municipalities.yml"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """In which file each item lies, and in which order those of a list stand there."""

    places: Mapping[ItemKey, PurePosixPath] = field(default_factory=dict)
    order: Mapping[ItemKey, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Written:
    """What an export did: how many files there are now, and which of them are gone, because the database has no such item."""

    files: int
    removed: tuple[str, ...]


def layout_of(items: Sequence[FileItem], folder: Path) -> Layout:
    """Where the items of a folder lie."""
    return Layout(
        places={(item.kind, item.id): PurePosixPath(item.file.relative_to(folder).as_posix()) for item in items},
        order={(item.kind, item.id): place for place, item in enumerate(items)},
    )


def write_items(items: Iterable[KnowledgeItem], folder: Path, like: Sequence[Layout] = ()) -> Written:
    """Make the folder equal to the items. What lies there already keeps its place, then `like` says where something goes.

    Comments are lost, but for those at the top of a file. Raises KnowledgeError.
    """
    there = layout_of(read_items(folder), folder) if (folder / CITIES).exists() else Layout()
    texts = render_items(items, [there, *like])
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_top_comment(file) + text, encoding="utf-8")
    files = [folder / name for name in dict.fromkeys(there.places.values())]
    removed = [file for file in files if PurePosixPath(file.relative_to(folder).as_posix()) not in texts and file.parent != folder]
    for file in removed:
        file.unlink()
    return Written(files=len(texts), removed=tuple(str(file.relative_to(folder)) for file in removed))


def render_items(items: Iterable[KnowledgeItem], layouts: Sequence[Layout]) -> dict[PurePosixPath, str]:
    """The files of some items with their texts; the first layout that knows an item says where it goes."""
    order = _order(layouts)
    contents: dict[str, list[Mapping[str, Any]]] = {}
    files: dict[PurePosixPath, str] = {}
    for item in sorted(items, key=lambda item: (order.get((item.kind, item.id), len(order)), item.kind, item.id)):
        if item.kind in FOLDERS:
            files[_place(item, layouts)] = write_file(item.content)
        else:
            contents.setdefault(item.kind, []).append(item.content)
    for kind, name in LISTS.items():
        if kind in contents or kind != "phrasing":
            files[PurePosixPath(name)] = write_file(contents.get(kind, []))
    cities = {"covered": contents.get("municipality", []), "not_covered": contents.get("other-city", [])}
    ambiguous = contents.get("ambiguous-names", [{"names": []}])[0]["names"]
    files[PurePosixPath(CITIES)] = write_file({**cities, "ambiguous": ambiguous})
    return dict(sorted(files.items()))


def _order(layouts: Sequence[Layout]) -> dict[ItemKey, int]:
    """The first layout's order, then what only the next one knows."""
    order: dict[ItemKey, int] = {}
    for layout in layouts:
        for key in sorted(layout.order, key=layout.order.__getitem__):
            order.setdefault(key, len(order))
    return order


def _place(item: KnowledgeItem, layouts: Sequence[Layout]) -> PurePosixPath:
    """Where its file lay; a new entry lies in a folder named after the first part of its id."""
    key = (item.kind, item.id)
    known = next((layout.places[key] for layout in layouts if key in layout.places), None)
    if known:
        return known
    if not ID.fullmatch(item.id):
        message = f"“{item.id}” cannot be the name of a file."
        raise KnowledgeError(message)
    folder = PurePosixPath(FOLDERS[item.kind])
    return folder / (item.id.partition(".")[0] if item.kind == "entry" else "") / f"{item.id}.yml"


def _top_comment(file: Path) -> str:
    if not file.exists():
        return ""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(lines[: next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))])
