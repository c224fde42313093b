"""Attempts to publish, as the database holds them: one at a time, each worked on by one process."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.publication_runs import PublicationRun
from bot.services.stored_knowledge import KnowledgeItem


@dataclass(frozen=True, kw_only=True)
class ClaimedRun:
    """A run that only the holder of the claim works on, with what it is to publish."""

    run: PublicationRun
    items: tuple[KnowledgeItem, ...]
    claim: str


class PublicationRuns(Protocol):
    """Runs, newest last."""

    async def add(self, run: PublicationRun, items: tuple[KnowledgeItem, ...]) -> PublicationRun:
        """Store a new run; it carries its number. Raises ConflictError while another one is not over."""
        ...

    async def active(self) -> PublicationRun | None:
        """The run that is not over."""
        ...

    async def newest(self, most: int) -> list[PublicationRun]:
        """The newest runs, newest first."""
        ...

    async def get(self, number: int) -> tuple[PublicationRun, tuple[KnowledgeItem, ...]]:
        """One run with its items. Raises LookupError."""
        ...

    async def claim(self, now: datetime) -> ClaimedRun | None:
        """The run that is not over, unless somebody works on it; nobody else gets it for the time of a lease."""
        ...

    async def keep(self, run: PublicationRun, claim: str, now: datetime) -> None:
        """Store how far it is, and hold it for another lease. Raises ConflictError when the claim was lost, or it is over."""
        ...

    async def let_go(self, number: int, claim: str) -> None:
        """Leave it to the next worker at once."""
        ...

    async def save_ended(self, run: PublicationRun) -> None:
        """Store what became of a run that was over."""
        ...
