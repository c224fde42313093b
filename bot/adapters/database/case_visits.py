"""Who has a case open right now."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.case_tables import CaseVisitRow
from bot.adapters.database.transaction import Transaction
from bot.domain.cases import CaseNumber
from bot.domain.staff import StaffId


class StoredCaseVisits:
    """Implements desk.stored_case_file.CaseVisits."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def note(self, number: CaseNumber, staff: StaffId, now: datetime) -> None:
        """Somebody looks at a case right now."""
        visit = insert(CaseVisitRow).values(case_number=number, staff=staff, seen_at=now)
        seen = visit.on_conflict_do_update(index_elements=["case_number", "staff"], set_={"seen_at": now})
        await self._transaction.write(seen)

    async def since(self, number: CaseNumber, moment: datetime) -> list[StaffId]:
        """Who has looked at it since then."""
        visits = select(CaseVisitRow.staff).where(CaseVisitRow.case_number == number, CaseVisitRow.seen_at >= moment)
        return [StaffId(row.staff) for row in await self._transaction.read(visits.order_by(CaseVisitRow.staff))]

    async def delete_before(self, moment: datetime) -> int:
        """Forget who left; how many."""
        return (await self._transaction.write(delete(CaseVisitRow).where(CaseVisitRow.seen_at < moment))).rowcount
