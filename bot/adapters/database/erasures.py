"""The erasure journal: numbers and days, kept so that what was erased stays erased after a restore."""

from datetime import UTC, datetime, time

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.case_search import is_visible
from bot.adapters.database.case_tables import CaseRow, ErasureRow
from bot.adapters.database.transaction import Transaction
from bot.domain.case_filter import Wall
from bot.domain.cases import CaseNumber
from bot.services.desk.records.stored_records import Erasure


class StoredErasures:
    """Implements desk.stored_records.Erasures."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def of(self, wall: Wall | None, *, limit: int | None = None) -> list[Erasure]:
        """What was erased, the latest first; a city is known as long as the case's tombstone is there."""
        found = select(ErasureRow.case_number, ErasureRow.erased_at)
        if wall is not None:
            found = found.join(CaseRow, CaseRow.number == ErasureRow.case_number).where(is_visible(wall))
        rows = await self._transaction.read(found.order_by(ErasureRow.erased_at.desc(), ErasureRow.case_number).limit(limit))
        return [Erasure(number=CaseNumber(row.case_number), day=row.erased_at.date()) for row in rows]

    async def note(self, erasure: Erasure) -> None:
        """Put an entry back that the restored database does not have. Noting it twice changes nothing."""
        values = {"case_number": erasure.number, "erased_at": datetime.combine(erasure.day, time(), UTC)}
        await self._transaction.write(insert(ErasureRow).on_conflict_do_nothing(), values)
