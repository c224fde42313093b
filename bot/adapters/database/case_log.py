"""The append-only, hash-chained log of the cases."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.adapters.database.case_tables import CaseLogHeadRow, CaseLogRow
from bot.adapters.database.transaction import Transaction
from bot.domain.case_log import CaseEvent, ChainedEntry, LogEntry, chain
from bot.domain.cases import CaseNumber
from bot.domain.errors import NotAvailableError

PAGE = 500
COLUMNS = CaseLogRow.__table__.c


class StoredCaseLog:
    """Implements stored_cases.CaseLog."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def append(self, entry: LogEntry) -> ChainedEntry:
        """Chain an entry to the last one; the head stays locked until the commit, so that the chain never forks.

        Raises ConflictError, NotAvailableError where somebody tampered with the end of the chain.
        """
        head = (await self._transaction.write(select(CaseLogHeadRow.position, CaseLogHeadRow.hash).with_for_update())).one_or_none()
        if head is None:
            raise NotAvailableError("The noted end of the case log is missing. Run “python -m bot verify-log”.")
        stored = chain(head.hash, head.position + 1, entry)
        values = {
            "position": stored.position,
            "case_number": entry.case,
            "event": entry.event.value,
            "actor": entry.actor,
            "at": entry.at,
            "details": dict(entry.details),
            "previous_hash": stored.previous_hash,
            "hash": stored.hash,
        }
        await self._transaction.write(insert(CaseLogRow).values(**values))
        await self._transaction.write(update(CaseLogHeadRow).values(position=stored.position, hash=stored.hash))
        return stored

    async def entries(self) -> AsyncIterator[ChainedEntry]:
        """All entries in their order, read page by page."""
        position = 0
        while rows := await self._transaction.read(
            select(*COLUMNS).where(CaseLogRow.position > position).order_by(CaseLogRow.position).limit(PAGE)
        ):
            for row in rows:
                yield read_entry(row)
            position = rows[-1].position

    async def of(self, case: CaseNumber) -> list[LogEntry]:
        """What happened to one case, in order."""
        rows = await self._transaction.read(select(*COLUMNS).where(CaseLogRow.case_number == case).order_by(CaseLogRow.position))
        return [read_entry(row).entry for row in rows]


def read_entry(row: Row[Any]) -> ChainedEntry:
    """An entry as it is stored, not as it should be: log_check judges."""
    entry = LogEntry(case=row.case_number, event=CaseEvent(row.event), actor=row.actor, at=row.at, details=row.details)
    return ChainedEntry(position=row.position, entry=entry, previous_hash=row.previous_hash, hash=row.hash)
