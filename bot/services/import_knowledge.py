"""Bring the files of knowledge/ into the database without ever overwriting an edit made there."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import KnowledgeItem


class FileContent(Protocol):
    """An item as a file holds it."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...
    @property
    def hash(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, as "kind id". `kept` were edited in the database and differ from their file."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


async def import_knowledge(files: Iterable[FileContent], unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]]) -> Imported:
    """Add and update what changed in the files; keep and report what was edited in the database since the last import."""
    wanted = {(file.kind, file.id): file for file in files}
    done: dict[str, list[str]] = {"added": [], "updated": [], "deleted": [], "kept": []}
    async with unit_of_work() as work:
        stored = {(item.kind, item.id): item for item in await work.knowledge_items.all()}
        for key, file in wanted.items():
            what = _compare(file, stored.get(key))
            if what in ("added", "updated"):
                await work.knowledge_items.put(
                    KnowledgeItem(kind=file.kind, id=file.id, content=file.content, imported_hash=file.hash, content_hash=file.hash)
                )
            if what:
                done[what].append(" ".join(key))
        for key in stored.keys() - wanted.keys():
            what = "deleted" if stored[key].content_hash == stored[key].imported_hash else "kept"
            if what == "deleted":
                await work.knowledge_items.delete(*key)
            done[what].append(" ".join(key))
        await work.commit()
    return Imported(**{name: tuple(sorted(keys)) for name, keys in done.items()})


def _compare(file: FileContent, item: KnowledgeItem | None) -> str | None:
    if item is None:
        return "added"
    if item.content_hash == file.hash:
        return None
    edited = item.content_hash != item.imported_hash
    return "kept" if edited else "updated"
