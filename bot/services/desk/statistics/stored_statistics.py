"""What the statistics need of the database, as a protocol: numbers, never cases."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.knowledge import MunicipalityId
from bot.domain.statistics import Figures


class CaseCounts(Protocol):
    """Counts cases, erased ones too, by what is not sealed."""

    async def count(self, city: MunicipalityId, edges: Sequence[datetime]) -> Figures:
        """Everything about one city; the edges are the moments at which each month begins, and the end of the last."""
        ...

    async def count_cities(self, since: datetime, before: datetime) -> Mapping[MunicipalityId | None, int]:
        """How many cases were filed in a period, by city."""
        ...
