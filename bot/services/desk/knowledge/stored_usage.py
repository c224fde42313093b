"""How often what happened, as it is stored."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from bot.domain.usage import Usage, UsageFigures


class StoredUsage(Protocol):
    """Counts by day, kind, entry, language and city."""

    async def add(self, usage: Usage) -> None:
        """Add to what is counted already, whichever process did."""
        ...

    async def count(self, first: date, last: date) -> UsageFigures:
        """What was counted from one day to another, both included."""
        ...

    async def entries_since(self, day: date) -> frozenset[str]:
        """The entries that were seen since a day, however often."""
        ...

    async def first_day(self) -> date | None:
        """The first day that something was counted on."""
        ...

    async def questions_by_month(self, since: date) -> Mapping[str, int]:
        """Typed questions by month ("2026-11") since a day."""
        ...

    async def delete_before(self, day: date) -> int: ...
