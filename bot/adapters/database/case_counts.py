"""Counts cases for the statistics, by columns that are not sealed. Tombstones of erased cases count, too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from bot.adapters.database.case_tables import CaseRow
from bot.adapters.database.transaction import Transaction
from bot.domain.knowledge import MunicipalityId
from bot.domain.statistics import COUNTED, Figures

Condition = ColumnElement[bool]


class StoredCaseCounts:
    """Implements desk.stored_statistics.CaseCounts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def count(self, city: MunicipalityId, edges: Sequence[datetime]) -> Figures:
        """Everything about one city; the edges are the moments at which each month begins, and the end of the last."""
        filed = and_(CaseRow.municipality == city, CaseRow.filed_at >= edges[0], CaseRow.filed_at < edges[-1])
        closed = and_(CaseRow.municipality == city, CaseRow.closed_at >= edges[0], CaseRow.closed_at < edges[-1])
        acknowledged = select(CaseRow.filed_at, CaseRow.acknowledged_at).where(filed, CaseRow.acknowledged_at.is_not(None))
        ended = select(CaseRow.filed_at, CaseRow.closed_at).where(closed)
        return Figures(
            months=await self._count_months(filed, edges),
            columns={name: await self._count_by(filed, getattr(CaseRow, name)) for name in (*COUNTED, "language")},
            areas=await self._count_areas(filed),
            grounds=await self._count_grounds(filed),
            times_to_acknowledge=[row.acknowledged_at - row.filed_at for row in await self._transaction.read(acknowledged)],
            times_to_close=[row.closed_at - row.filed_at for row in await self._transaction.read(ended)],
            outcomes=await self._count_by(closed, CaseRow.outcome.expression),
        )

    async def count_cities(self, since: datetime, before: datetime) -> Mapping[MunicipalityId | None, int]:
        """How many cases were filed in a period, by city."""
        filed = and_(CaseRow.filed_at >= since, CaseRow.filed_at < before)
        return {
            city and MunicipalityId(city): cases for city, cases in (await self._count_by(filed, CaseRow.municipality.expression)).items()
        }

    async def _count_months(self, filed: Condition, edges: Sequence[datetime]) -> Sequence[int]:
        months = [func.count().filter(CaseRow.filed_at >= start, CaseRow.filed_at < end) for start, end in pairwise(edges)]
        return tuple((await self._transaction.read(select(*months).where(filed)))[0])

    async def _count_by(self, chosen: Condition, column: ColumnElement[Any]) -> Mapping[Any, int]:
        counted = select(column.label("code"), func.count().label("cases")).where(chosen).group_by(column)
        return {row.code: row.cases for row in await self._transaction.read(counted)}

    async def _count_areas(self, filed: Condition) -> Mapping[tuple[str, str], int]:
        counted = select(CaseRow.area, CaseRow.area_detail, func.count().label("cases")).where(filed)
        rows = await self._transaction.read(counted.group_by(CaseRow.area, CaseRow.area_detail))
        return {(row.area, row.area_detail): row.cases for row in rows}

    async def _count_grounds(self, filed: Condition) -> Mapping[str, int]:
        mentions: Counter[str] = Counter()
        counted = select(CaseRow.grounds, func.count().label("cases")).where(filed).group_by(CaseRow.grounds)
        for row in await self._transaction.read(counted):
            mentions.update(dict.fromkeys(row.grounds, row.cases))
        return mentions
