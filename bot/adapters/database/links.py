"""Addresses that stand in the knowledge, and what came of asking them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.knowledge_tables import LinkRow
from bot.adapters.database.transaction import Transaction
from bot.domain.links import Link

COLUMNS = LinkRow.__table__.c


class StoredLinks:
    """Implements desk.knowledge.stored_links.Links."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def all(self) -> list[Link]:
        """Every address, in order."""
        return [_read(row) for row in await self._transaction.read(select(*COLUMNS).order_by(COLUMNS.address))]

    async def add(self, link: Link) -> None:
        """A new address; one that is there already stays as it is."""
        await self._transaction.write(insert(LinkRow).values(**_to_values(link)).on_conflict_do_nothing())

    async def forget(self, addresses: Iterable[str]) -> None:
        """Remove addresses."""
        for address in addresses:
            await self._transaction.write(delete(LinkRow).where(COLUMNS.address == address))

    async def make_due(self, now: datetime) -> None:
        """All are due now."""
        await self._transaction.write(update(LinkRow).values(due_at=now))

    async def claim(self, now: datetime, until: datetime, most: int) -> list[Link]:
        """So many that are due; due again at `until`, so that no other process asks them meanwhile."""
        due = select(COLUMNS.address).where(COLUMNS.due_at <= now).order_by(COLUMNS.due_at, COLUMNS.address).limit(most)
        chosen = update(LinkRow).where(COLUMNS.address.in_(due.scalar_subquery()), COLUMNS.due_at <= now)
        claimed = await self._transaction.write(chosen.values(due_at=until).returning(*COLUMNS))
        return sorted((_read(row) for row in claimed), key=lambda link: link.address)

    async def save(self, link: Link) -> None:
        """Store what a check found; nothing happens when the address was forgotten meanwhile."""
        await self._transaction.write(update(LinkRow).where(COLUMNS.address == link.address).values(**_to_values(link)))


def _to_values(link: Link) -> dict[str, Any]:
    return {name: getattr(link, name) for name in COLUMNS.keys()}  # noqa: SIM118  # columns are no dict


def _read(row: Row[Any]) -> Link:
    return Link(**row._mapping)  # noqa: SLF001  # its public way
