"""Cases as the rules of retention see them; nothing of what a person wrote is read."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from bot.adapters.database.case_search import is_visible
from bot.adapters.database.case_tables import CaseRow
from bot.adapters.database.columns import UtcDateTime
from bot.adapters.database.transaction import Transaction
from bot.domain.case_filter import Wall
from bot.domain.cases import CaseNumber, CaseStatus
from bot.domain.retention import DORMANT_AFTER, KeptCase

SHORTEST = timedelta(days=180)
"""No rule erases a case sooner after its closing."""
LAST_AT = func.coalesce(CaseRow.touched_at, CaseRow.filed_at, type_=UtcDateTime())
SHOWN = (
    CaseRow.number, CaseRow.version, CaseRow.municipality, CaseRow.status, CaseRow.closed_reason, CaseRow.closed_at, CaseRow.filed_at,
    CaseRow.touched_at, CaseRow.on_hold,
)  # fmt: skip


class StoredRetention:
    """Implements desk.stored_records.Retention."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def candidates(self, wall: Wall | None, now: datetime) -> list[KeptCase]:
        """Cases that may be due, dormant or on hold: the rules decide."""
        closed = and_(CaseRow.status == CaseStatus.CLOSED.value, CaseRow.closed_at < now - SHORTEST)
        dormant = and_(CaseRow.status != CaseStatus.CLOSED.value, now - DORMANT_AFTER > LAST_AT)
        found = select(*SHOWN).where(CaseRow.erased_at.is_(None), or_(closed, dormant, CaseRow.on_hold))
        return [read_kept(row) for row in await self._transaction.read(found if wall is None else found.where(is_visible(wall)))]

    async def lock(self, number: CaseNumber) -> KeptCase | None:
        """One case, which nobody else can change until the end of this transaction; None when it was erased."""
        locked = select(*SHOWN).where(CaseRow.number == number, CaseRow.erased_at.is_(None)).with_for_update()
        row = (await self._transaction.write(locked)).one_or_none()
        return read_kept(row) if row else None


def read_kept(row: Row[Any]) -> KeptCase:
    """A case without its content."""
    return KeptCase(
        number=CaseNumber(row.number),
        version=row.version,
        municipality=row.municipality,
        status=CaseStatus(row.status),
        closed_reason=row.closed_reason,
        closed_at=row.closed_at,
        last_at=max(row.touched_at or row.filed_at, row.filed_at),
        on_hold=row.on_hold,
    )
