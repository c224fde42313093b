"""Filters of the case list that people keep; the names that they give them are sealed."""

from sqlalchemy import delete, insert, select

from bot.adapters.database.case_rows import open_text, seal_text
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.staff_tables import SavedFilterRow
from bot.adapters.database.transaction import Transaction
from bot.domain.staff import StaffId
from bot.services.desk.cases.stored_list import SavedFilter


class StoredSavedFilters:
    """Implements desk.stored_list.SavedFilters."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def of(self, staff: StaffId) -> list[SavedFilter]:
        """Somebody's filters, by name."""
        rows = await self._transaction.read(select(*SavedFilterRow.__table__.c).where(SavedFilterRow.staff == staff))
        names = {row.reference: open_text(self._cipher, row.name, place(row.reference)) or "" for row in rows}
        saved = [SavedFilter(reference=row.reference, staff=row.staff, name=names[row.reference], query=row.query) for row in rows]
        return sorted(saved, key=lambda each: (each.name.casefold(), each.reference))

    async def add(self, saved: SavedFilter) -> None:
        """Keep a filter."""
        name = seal_text(self._cipher, saved.name, place(saved.reference))
        await self._transaction.write(insert(SavedFilterRow).values(**{**vars(saved), "name": name}))

    async def delete(self, reference: str, staff: StaffId) -> bool:
        """Delete one of somebody's filters; False when there is no such filter."""
        own = delete(SavedFilterRow).where(SavedFilterRow.reference == reference, SavedFilterRow.staff == staff)
        return (await self._transaction.write(own)).rowcount == 1


def place(reference: str) -> str:
    """What a name is bound to."""
    return f"saved_filters.name:{reference}"
