"""Attempts to publish: one at a time, each worked on by one process."""

import asyncio
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from bot.adapters.database.knowledge_tables import PublicationRunRow
from bot.adapters.database.publications import NO_ITEMS, read_items, write_items
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.proof import ProofReport
from bot.domain.publication_runs import LEASE, PublicationRun, RunState
from bot.domain.staff import StaffId
from bot.services.desk.knowledge.stored_runs import ClaimedRun
from bot.services.stored_knowledge import KnowledgeItem

COLUMNS = PublicationRunRow.__table__.c
WITHOUT_ITEMS = tuple(column for column in COLUMNS if column.name != "items")
REPORTS = Codec(ProofReport)


class StoredPublicationRuns:
    """Implements desk.knowledge.stored_runs.PublicationRuns."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, run: PublicationRun, items: tuple[KnowledgeItem, ...]) -> PublicationRun:
        """Store a new run; it carries its number. Raises ConflictError while another one is not over."""
        written = await asyncio.to_thread(write_items, items)
        values = {**_values(run), "asked_by": run.asked_by, "asked_at": run.asked_at, "items": written}
        stored = await self._transaction.write(insert(PublicationRunRow).values(**values).returning(*WITHOUT_ITEMS))
        return _read(stored.one())

    async def active(self) -> PublicationRun | None:
        """The run that is not over."""
        rows = await self._transaction.read(select(*WITHOUT_ITEMS).where(COLUMNS.active == 1))
        return _read(rows[0]) if rows else None

    async def newest(self, most: int) -> list[PublicationRun]:
        """The newest runs, newest first."""
        rows = await self._transaction.read(select(*WITHOUT_ITEMS).order_by(COLUMNS.number.desc()).limit(most))
        return [_read(row) for row in rows]

    async def get(self, number: int) -> tuple[PublicationRun, tuple[KnowledgeItem, ...]]:
        """One run with its items. Raises LookupError."""
        rows = await self._transaction.read(select(*COLUMNS).where(COLUMNS.number == number))
        if not rows:
            raise LookupError(number)
        return _read(rows[0]), await asyncio.to_thread(read_items, rows[0].items)

    async def claim(self, now: datetime) -> ClaimedRun | None:
        """The run that is not over, unless somebody works on it; nobody else gets it for the time of a lease."""
        free = or_(COLUMNS.claimed_until.is_(None), COLUMNS.claimed_until < now)
        if not await self._transaction.read(select(COLUMNS.number).where(COLUMNS.active == 1, free)):
            return None
        claim = secrets.token_hex(8)
        taken = update(PublicationRunRow).where(COLUMNS.active == 1, free).values(claim=claim, claimed_until=now + LEASE)
        row = (await self._transaction.write(taken.returning(*COLUMNS))).first()
        return ClaimedRun(run=_read(row), items=await asyncio.to_thread(read_items, row.items), claim=claim) if row else None

    async def keep(self, run: PublicationRun, claim: str, now: datetime) -> None:
        """Store how far it is, and hold it for another lease. Raises ConflictError when the claim was lost, or it is over."""
        mine = update(PublicationRunRow).where(COLUMNS.number == run.number, COLUMNS.claim == claim, COLUMNS.active == 1)
        changed = await self._transaction.write(mine.values(**_values(run), claimed_until=now + LEASE))
        if changed.rowcount != 1:
            raise ConflictError("Another process works on this publication now.")

    async def let_go(self, number: int, claim: str) -> None:
        """Leave it to the next worker at once."""
        mine = update(PublicationRunRow).where(COLUMNS.number == number, COLUMNS.claim == claim)
        await self._transaction.write(mine.values(claim=None, claimed_until=None))

    async def save_ended(self, run: PublicationRun) -> None:
        """Store what became of a run that was over."""
        await self._transaction.write(update(PublicationRunRow).where(COLUMNS.number == run.number).values(**_values(run)))


def _values(run: PublicationRun) -> dict[str, object]:
    return {
        "active": None if run.is_over else 1,
        "state": run.state.value,
        "percent": run.percent,
        "model": run.model,
        "report": REPORTS.to_bytes(run.report).decode() if run.report else "",
        "fault": run.fault,
        "reason": run.reason,
        "ended_at": run.ended_at,
        **({"items": NO_ITEMS} if run.is_over and run.state is not RunState.HELD else {}),
    }


def _read(row: Row[Any]) -> PublicationRun:
    return PublicationRun(
        number=row.number,
        state=RunState(row.state),
        percent=row.percent,
        model=row.model,
        report=REPORTS.read(row.report.encode()) if row.report else None,
        fault=row.fault,
        reason=row.reason,
        asked_by=StaffId(row.asked_by),
        asked_at=row.asked_at,
        ended_at=row.ended_at,
    )
