"""The case log for reading, as it lies there: what somebody tampered with must not stop who looks for it."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from bot.adapters.database.case_tables import CaseLogHeadRow, CaseLogRow
from bot.adapters.database.transaction import Transaction
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.log_check import Head, LogRow
from bot.services.desk.records.stored_records import LogFilter

COLUMNS = CaseLogRow.__table__.c
HASHES = (CaseLogRow.position, CaseLogRow.previous_hash, CaseLogRow.hash)
UNREADABLE = (ValueError, TypeError, json.JSONDecodeError)


class StoredLogPages:
    """Implements desk.stored_records.LogPages."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def page(self, wanted: LogFilter, *, below: int | None, limit: int) -> list[LogRow]:
        """Entries from the newest down, starting below a position."""
        found = select(CaseLogRow.position)
        if below is not None:
            found = found.where(CaseLogRow.position < below)
        for column, value in ((CaseLogRow.event, wanted.event), (CaseLogRow.actor, wanted.actor), (CaseLogRow.case_number, wanted.case)):
            if value:
                found = found.where(column == value)
        if wanted.since:
            found = found.where(CaseLogRow.at >= wanted.since)
        if wanted.before:
            found = found.where(CaseLogRow.at < wanted.before)
        return await self._read(found.order_by(CaseLogRow.position.desc()).limit(limit))

    async def rows(self, *, after: int | None, limit: int) -> list[LogRow]:
        """Every entry from the oldest up, starting after a position."""
        found = select(CaseLogRow.position).order_by(CaseLogRow.position).limit(limit)
        return await self._read(found if after is None else found.where(CaseLogRow.position > after))

    async def head(self) -> Head | None:
        """The noted end of the log; None when somebody took it away."""
        rows = await self._transaction.read(select(CaseLogHeadRow.position, CaseLogHeadRow.hash))
        return Head(position=rows[0].position, hash=rows[0].hash) if rows else None

    async def _read(self, found: Select[Any]) -> list[LogRow]:
        positions: Sequence[int] = [row.position for row in await self._transaction.read(found)]
        whole = select(*COLUMNS).where(CaseLogRow.position.in_(positions))
        try:
            rows = {row.position: read_row(row) for row in await self._transaction.read(whole)}
        except UNREADABLE:  # a moment or details that are none: look at each by itself
            rows = {position: await self._read_one(position) for position in positions}
        return [rows[position] for position in positions if position in rows]

    async def _read_one(self, position: int) -> LogRow:
        one = CaseLogRow.position == position
        try:
            return read_row((await self._transaction.read(select(*COLUMNS).where(one)))[0])
        except UNREADABLE:
            row = (await self._transaction.read(select(*HASHES).where(one)))[0]
            return LogRow(position=position, entry=None, previous_hash=row.previous_hash, hash=row.hash)


def read_row(row: Row[Any]) -> LogRow:
    """An entry; without its content where that is none of ours."""
    is_ours = row.event in set(CaseEvent) and isinstance(row.details, dict)
    entry = None
    if is_ours:
        entry = LogEntry(case=row.case_number, event=CaseEvent(row.event), actor=row.actor, at=row.at, details=row.details)
    return LogRow(position=row.position, entry=entry, previous_hash=row.previous_hash, hash=row.hash)
