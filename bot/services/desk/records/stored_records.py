"""What the log's pages, retention and the erasure journal need of the database, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.case_filter import Wall
from bot.domain.cases import CaseNumber
from bot.domain.log_check import Head, LogRow
from bot.domain.retention import KeptCase


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """Which entries are wanted; what is empty asks for nothing. Both moments are included and excluded, in that order."""

    event: str = ""
    actor: str = ""
    case: str = ""
    since: datetime | None = None
    before: datetime | None = None


class LogPages(Protocol):
    """The case log for reading, as it lies there: also what somebody tampered with."""

    async def page(self, wanted: LogFilter, *, below: int | None, limit: int) -> list[LogRow]:
        """Entries from the newest down, starting below a position."""
        ...

    async def rows(self, *, after: int | None, limit: int) -> list[LogRow]:
        """Every entry from the oldest up, starting after a position."""
        ...

    async def head(self) -> Head | None:
        """The noted end of the log; None when somebody took it away."""
        ...


class Retention(Protocol):
    """Cases as the rules of retention see them; erased ones are not among them."""

    async def candidates(self, wall: Wall | None, now: datetime) -> list[KeptCase]:
        """Cases that may be due, dormant or on hold; None asks for those of every city."""
        ...

    async def lock(self, number: CaseNumber) -> KeptCase | None:
        """One case, which nobody else can change until the end of this transaction; None when it was erased."""
        ...


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """A case that was erased, and the day."""

    number: CaseNumber
    day: date


class Erasures(Protocol):
    """The erasure journal: what must stay erased after a restore."""

    async def of(self, wall: Wall | None, *, limit: int | None = None) -> Sequence[Erasure]:
        """What was erased, the latest first; None asks for every city."""
        ...

    async def note(self, erasure: Erasure) -> None:
        """Put an entry back that the restored database does not have. Noting it twice changes nothing."""
        ...
