"""Bring the files of knowledge/ into the database without ever overwriting an edit made there."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.domain.errors import ConflictError
from bot.domain.file_differences import FileDifference, compare_item
from bot.services.desk.knowledge.keep_former import imported_version, keep_former
from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import ItemKey, KnowledgeItem


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
    """What an import did, as "kind id". `kept` were edited in the database and changed in their file, too."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    """Somebody decided for the file's version; the database's stays in the history."""

    @property
    def changed(self) -> frozenset[ItemKey]:
        """What is accepted otherwise than before."""
        return frozenset(
            (kind, id_) for kind, _, id_ in (key.partition(" ") for key in (*self.added, *self.updated, *self.deleted, *self.taken))
        )


TRIES = 3
DONE = {
    FileDifference.ADDED_IN_FILES: "added",
    FileDifference.CHANGED_IN_FILES: "updated",
    FileDifference.DELETED_IN_FILES: "deleted",
    FileDifference.BOTH: "kept",
    FileDifference.EDITED_AND_DELETED_IN_FILES: "kept",
}


async def import_knowledge(
    files: Iterable[FileContent],
    unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    take: Collection[ItemKey] = (),
) -> Imported:
    """Add and update what changed in the files; keep what was edited in the database, and report it when its file changed, too.

    `take` names edited items that the files win over all the same. What is replaced or deleted stays in the history of its item.
    Raises LookupError for an item to take that is the same on both sides, ConflictError when editors got in the way three times.
    """
    wanted = {(file.kind, file.id): file for file in files}
    for _ in range(TRIES - 1):
        with suppress(ConflictError):
            return await _import(wanted, unit_of_work, now, take)
    return await _import(wanted, unit_of_work, now, take)


async def _import(
    wanted: Mapping[ItemKey, FileContent],
    unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]],
    now: Callable[[], datetime],
    take: Collection[ItemKey],
) -> Imported:
    """Once, from what is accepted now."""
    done: dict[str, list[str]] = {"added": [], "updated": [], "deleted": [], "kept": [], "taken": []}
    async with unit_of_work() as work:
        stored = {(item.kind, item.id): item for item in await work.knowledge_items.all()}
        for key in (*wanted, *(key for key in stored if key not in wanted)):
            file, item = wanted.get(key), stored.get(key)
            difference = compare_item(file.hash if file else None, item.content_hash if item else None, item.imported_hash if item else "")
            if difference is None and key in take:
                raise LookupError("/".join(key))
            what = "taken" if key in take else DONE.get(difference) if difference else None
            if what:
                done[what].append(" ".join(key))
            if what not in (None, "kept"):
                await _take(work, file, item, now())
            elif difference is None and file and item and item.imported_hash != file.hash:
                await work.knowledge_items.note_imported(*key, file.hash)  # what was edited here came back with the files
        if unknown := set(take) - wanted.keys() - stored.keys():
            raise LookupError("/".join(min(unknown)))
        await work.commit()
    return Imported(**{name: tuple(sorted(keys)) for name, keys in done.items()})


async def _take(work: UnitOfWork, file: FileContent | None, former: KnowledgeItem | None, now: datetime) -> None:
    """The item becomes what its file says; without a file it goes."""
    if former:
        await keep_former(work, former, now)
    if file is None:
        if former:
            await work.knowledge_items.delete(former.kind, former.id, former_hash=former.content_hash)
        return
    owner = former.owner if former else None
    item = KnowledgeItem(kind=file.kind, id=file.id, content=file.content, imported_hash=file.hash, content_hash=file.hash, owner=owner)
    if former:
        await work.item_versions.add(imported_version(item, now))
    await work.knowledge_items.put(item, former_hash=former.content_hash if former else "")
