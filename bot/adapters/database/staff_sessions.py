"""Who is signed in at the desk, and where."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.adapters.database.staff_tables import StaffSessionRow
from bot.adapters.database.transaction import Transaction
from bot.domain.staff import StaffId
from bot.services.desk.people.stored_people import StaffSession

COLUMNS = StaffSessionRow.__table__.c
NAMES = ("reference", "staff", "stage", "device", "opened_at", "seen_at")


class StoredStaffSessions:
    """Implements desk.stored_people.StaffSessions."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, token_hash: str, session: StaffSession) -> None:
        """Store a new session."""
        values = {name: getattr(session, name) for name in NAMES}
        await self._transaction.write(insert(StaffSessionRow).values(token_hash=token_hash, **values))

    async def find(self, token_hash: str) -> StaffSession | None:
        """The session of a cookie."""
        rows = await self._transaction.read(select(*COLUMNS).where(StaffSessionRow.token_hash == token_hash))
        return read_session(rows[0]) if rows else None

    async def touch(self, token_hash: str, seen_at: datetime) -> None:
        """Note that it is in use."""
        await self._transaction.write(update(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash).values(seen_at=seen_at))

    async def of(self, staff: StaffId) -> list[StaffSession]:
        """Somebody's sessions, the last used first."""
        rows = await self._transaction.read(select(*COLUMNS).where(StaffSessionRow.staff == staff).order_by(StaffSessionRow.seen_at.desc()))
        return [read_session(row) for row in rows]

    async def end(self, reference: str, staff: StaffId) -> bool:
        """End one of somebody's sessions."""
        own = delete(StaffSessionRow).where(StaffSessionRow.reference == reference, StaffSessionRow.staff == staff)
        return bool((await self._transaction.write(own)).rowcount)

    async def end_all(self, staff: StaffId, *, but: str = "") -> None:
        """Sign somebody out everywhere, but for one session."""
        others = delete(StaffSessionRow).where(StaffSessionRow.staff == staff, StaffSessionRow.reference != but)
        await self._transaction.write(others)

    async def delete_seen_before(self, moment: datetime) -> int:
        """Delete what has ended by being idle; how many."""
        return (await self._transaction.write(delete(StaffSessionRow).where(StaffSessionRow.seen_at < moment))).rowcount


def read_session(row: Row[Any]) -> StaffSession:
    """The session of a row."""
    return StaffSession(**{name: getattr(row, name) for name in NAMES})
