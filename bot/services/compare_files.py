"""Compare files with the database, item by item."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from bot.domain.file_differences import FileDifference, compare_item
from bot.domain.knowledge_differences import FieldChange, find_changes
from bot.services.import_knowledge import FileContent
from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import ItemKey, KnowledgeItem


@dataclass(frozen=True, kw_only=True)
class ItemDifference:
    """An item that is not the same on both sides; one of them may lack it."""

    kind: str
    id: str
    what: FileDifference
    file: FileContent | None
    item: KnowledgeItem | None

    @property
    def file_hash(self) -> str:
        """That of the file; empty where there is none."""
        return self.file.hash if self.file else ""

    @property
    def changes(self) -> list[FieldChange]:
        """The fields that differ: first what the database says, then what the file says."""
        return find_changes(_content(self.item), _content(self.file), inside_lists=True)


def _content(side: FileContent | KnowledgeItem | None) -> Mapping[str, Any]:
    return side.content if side else {}


async def compare_files(
    files: Iterable[FileContent], unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
) -> list[ItemDifference]:
    """Every item that differs, by kind and id. Only their contents are read from the database."""
    wanted = {(file.kind, file.id): file for file in files}
    async with unit_of_work() as work:
        outlines = {(each.kind, each.id): each for each in await work.knowledge_items.outline()}
        found: dict[ItemKey, FileDifference] = {}
        for key in sorted({*wanted, *outlines}):
            file, item = wanted.get(key), outlines.get(key)
            what = compare_item(file.hash if file else None, item.content_hash if item else None, item.imported_hash if item else "")
            if what:
                found[key] = what
        items = {(item.kind, item.id): item for item in await work.knowledge_items.some([key for key in found if key in outlines])}
    return [ItemDifference(kind=key[0], id=key[1], what=what, file=wanted.get(key), item=items.get(key)) for key, what in found.items()]
