"""How often what happened."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.knowledge_tables import UsageRow
from bot.adapters.database.transaction import Transaction
from bot.domain.usage import QUESTIONS, VIEWS, Usage, UsageFigures

COLUMNS = UsageRow.__table__.c
KEY = (COLUMNS.day, COLUMNS.outcome, COLUMNS.entry, COLUMNS.language, COLUMNS.municipality)


class StoredUsageCounts:
    """Implements desk.knowledge.stored_usage.StoredUsage."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, usage: Usage) -> None:
        """Add to what is counted already. The rows go in one order, so that two processes never wait for each other in a circle."""
        stored = insert(UsageRow)
        adding = stored.on_conflict_do_update(index_elements=list(KEY), set_={"times": COLUMNS.times + stored.excluded.times})
        names = [column.name for column in KEY]
        rows = [{**dict(zip(names, happening, strict=True)), "times": times} for happening, times in sorted(usage.items())]
        await self._transaction.write(adding, rows)

    async def count(self, first: date, last: date) -> UsageFigures:
        """What was counted from one day to another, both included. Added up by the database: a busy month has thousands of rows."""
        inside, is_question = COLUMNS.day.between(first, last), COLUMNS.outcome.in_(QUESTIONS)
        return UsageFigures(
            kinds=await self._count_by(COLUMNS.outcome, inside),
            days=await self._count_by(COLUMNS.day, inside, is_question),
            languages=await self._count_by(COLUMNS.language, inside, is_question),
            cities=await self._count_by(COLUMNS.municipality, inside, is_question),
            entries=await self._count_by(COLUMNS.entry, inside, COLUMNS.outcome.in_(VIEWS)),
        )

    async def _count_by(self, column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Mapping[str, int]:
        counted = select(column.label("code"), func.sum(COLUMNS.times).label("times")).where(*conditions).group_by(column)
        return {str(row.code): int(row.times) for row in await self._transaction.read(counted)}

    async def entries_since(self, day: date) -> frozenset[str]:
        """The entries that were seen since a day, however often."""
        seen = select(COLUMNS.entry).where(COLUMNS.day >= day, COLUMNS.outcome.in_(VIEWS)).distinct()
        return frozenset(row.entry for row in await self._transaction.read(seen))

    async def first_day(self) -> date | None:
        """The first day that something was counted on."""
        rows = await self._transaction.read(select(func.min(COLUMNS.day).label("day")))
        return rows[0].day if rows else None

    async def questions_by_month(self, since: date) -> Mapping[str, int]:
        """Typed questions by month since a day."""
        months: Counter[str] = Counter()
        for day, times in (await self._count_by(COLUMNS.day, COLUMNS.day >= since, COLUMNS.outcome.in_(QUESTIONS))).items():
            months[day[:7]] += times
        return months

    async def delete_before(self, day: date) -> int:
        """Delete what was counted before a day; how many rows."""
        return (await self._transaction.write(delete(UsageRow).where(COLUMNS.day < day))).rowcount
