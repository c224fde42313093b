"""What the link check stores, and who asks for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from bot.domain.links import Link, LinkAnswer


class Links(Protocol):
    """The addresses that stand in the knowledge, each once."""

    async def all(self) -> list[Link]:
        """Every address, in order."""
        ...

    async def add(self, link: Link) -> None:
        """A new address; one that is there already stays as it is."""
        ...

    async def forget(self, addresses: Iterable[str]) -> None: ...
    async def make_due(self, now: datetime) -> None:
        """All are due now."""
        ...

    async def claim(self, now: datetime, until: datetime, most: int) -> list[Link]:
        """So many that are due; due again at `until`, so that no other process asks them meanwhile."""
        ...

    async def save(self, link: Link) -> None:
        """Store what a check found; nothing happens when the address was forgotten meanwhile."""
        ...


class LinkAsker(Protocol):
    """Asks an address of the web."""

    async def ask(self, address: str) -> LinkAnswer:
        """What came of it; raises nothing."""
        ...
