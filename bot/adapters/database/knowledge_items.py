"""The accepted knowledge at run time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Delete, Row, Update, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.knowledge_tables import KnowledgeItemRow
from bot.adapters.database.serialisation import read_marked_json, to_marked_json
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.staff import StaffId
from bot.services.stored_knowledge import ItemKey, ItemOutline, KnowledgeItem

COLUMNS = KnowledgeItemRow.__table__.c
OUTLINE = (COLUMNS.kind, COLUMNS.id, COLUMNS.content_hash, COLUMNS.imported_hash, COLUMNS.owner)


class StoredKnowledgeItems:
    """Implements stored_knowledge.KnowledgeItems."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def all(self) -> list[KnowledgeItem]:
        """Every item, by kind and id."""
        return [_read(row) for row in await self._transaction.read(select(*COLUMNS).order_by(COLUMNS.kind, COLUMNS.id))]

    async def outline(self) -> list[ItemOutline]:
        """All items without their contents, by kind and id."""
        rows = await self._transaction.read(select(*OUTLINE).order_by(COLUMNS.kind, COLUMNS.id))
        return [ItemOutline(**row._mapping) for row in rows]  # noqa: SLF001  # its public way

    async def some(self, keys: Sequence[ItemKey]) -> list[KnowledgeItem]:
        """These items, as far as they are there."""
        chosen = select(*COLUMNS).where(tuple_(COLUMNS.kind, COLUMNS.id).in_(keys)).order_by(COLUMNS.kind, COLUMNS.id)
        return [_read(row) for row in await self._transaction.read(chosen)] if keys else []

    async def find(self, kind: str, id_: str) -> KnowledgeItem | None:
        """One item."""
        return next(iter(await self.some([(kind, id_)])), None)

    async def put(self, item: KnowledgeItem, former_hash: str | None = None) -> None:
        """Store an item, new or changed; one that is there already keeps its owner. Raises ConflictError, see the port."""
        changing = {
            "content": to_marked_json(item.content),
            "imported_hash": item.imported_hash,
            "content_hash": item.content_hash,
        }
        if former_hash:
            await self._change(update(KnowledgeItemRow).values(**changing), item.kind, item.id, former_hash)
            return
        stored = insert(KnowledgeItemRow).values(kind=item.kind, id=item.id, owner=item.owner, **changing)
        anyhow = stored.on_conflict_do_update(index_elements=["kind", "id"], set_=changing)
        await self._transaction.write(anyhow if former_hash is None else stored)

    async def set_owner(self, kind: str, id_: str, owner: StaffId | None) -> bool:
        """Who looks after an item from now on; False when there is no such item."""
        change = update(KnowledgeItemRow).where(COLUMNS.kind == kind, COLUMNS.id == id_).values(owner=owner)
        return (await self._transaction.write(change)).rowcount == 1

    async def note_imported(self, kind: str, id_: str, file_hash: str) -> None:
        """Somebody has seen this file of the item; the content stays as it is, even if somebody changes it right now."""
        one = update(KnowledgeItemRow).where(COLUMNS.kind == kind, COLUMNS.id == id_)
        await self._transaction.write(one.values(imported_hash=file_hash))

    async def delete(self, kind: str, id_: str, former_hash: str | None = None) -> None:
        """Remove an item, if it is there. Raises ConflictError, see the port."""
        if former_hash is None:
            await self._transaction.write(delete(KnowledgeItemRow).where(COLUMNS.kind == kind, COLUMNS.id == id_))
        else:
            await self._change(delete(KnowledgeItemRow), kind, id_, former_hash)

    async def _change(self, change: Update | Delete, kind: str, id_: str, former_hash: str) -> None:
        """Change an item that still has this hash; whoever changes it at the same time waits for one another."""
        same = (COLUMNS.kind == kind, COLUMNS.id == id_, COLUMNS.content_hash == former_hash)
        if (await self._transaction.write(change.where(*same))).rowcount != 1:
            raise ConflictError("Somebody else changed this item in the meantime.")


def _read(row: Row[Any]) -> KnowledgeItem:
    return KnowledgeItem(**{**row._mapping, "content": read_marked_json(row.content)})  # noqa: SLF001  # its public way
