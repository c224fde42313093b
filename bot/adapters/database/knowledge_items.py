"""The curated knowledge at run time."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.serialisation import read_marked_json, to_marked_json
from bot.adapters.database.tables import KnowledgeItemRow
from bot.adapters.database.transaction import Transaction
from bot.services.ports import KnowledgeItem

COLUMNS = KnowledgeItemRow.__table__.c


class StoredKnowledgeItems:
    """Implements ports.KnowledgeItems."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def all(self) -> list[KnowledgeItem]:
        """Every item, by kind and id."""
        rows = await self._transaction.read(select(*COLUMNS).order_by(KnowledgeItemRow.kind, KnowledgeItemRow.id))
        return [KnowledgeItem(**{**row._mapping, "content": read_marked_json(row.content)}) for row in rows]  # noqa: SLF001  # its public way

    async def put(self, item: KnowledgeItem) -> None:
        """Store an item, new or changed."""
        changing = {"content": to_marked_json(item.content), "imported_hash": item.imported_hash, "content_hash": item.content_hash}
        stored = insert(KnowledgeItemRow).values(kind=item.kind, id=item.id, **changing)
        await self._transaction.write(stored.on_conflict_do_update(index_elements=["kind", "id"], set_=changing))

    async def delete(self, kind: str, id_: str) -> None:
        """Remove an item, if it is there."""
        await self._transaction.write(delete(KnowledgeItemRow).where(KnowledgeItemRow.kind == kind, KnowledgeItemRow.id == id_))
