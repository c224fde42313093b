"""What was published: numbered pairs of knowledge and model."""

import asyncio
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.adapters.database.knowledge_tables import PublicationRow
from bot.adapters.database.serialisation import read_marked_json, to_marked_json
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.services.stored_knowledge import KnowledgeItem, Publication, PublicationOutline

COLUMNS = PublicationRow.__table__.c
OUTLINE = (COLUMNS.number, COLUMNS.model, COLUMNS.published_at, COLUMNS.published_by, COLUMNS.reason, COLUMNS.restores)
NO_ITEMS = "[]"


class StoredPublications:
    """Implements stored_knowledge.Publications."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def current(self) -> Publication | None:
        """The newest publication."""
        newest = select(*COLUMNS).order_by(COLUMNS.number.desc()).limit(1)
        rows = await self._transaction.read(newest)
        return await asyncio.to_thread(_read, rows[0]) if rows else None

    async def current_number(self) -> int:
        """The number of the current one; 0 before the first."""
        return int((await self._transaction.read(select(func.coalesce(func.max(COLUMNS.number), 0))))[0][0])

    async def get(self, number: int) -> Publication:
        """One publication. Raises LookupError."""
        rows = await self._transaction.read(select(*COLUMNS).where(COLUMNS.number == number))
        if not rows:
            raise LookupError(number)
        return await asyncio.to_thread(_read, rows[0])

    async def newest(self, most: int) -> list[PublicationOutline]:
        """The newest publications, newest first."""
        rows = await self._transaction.read(select(*OUTLINE).order_by(COLUMNS.number.desc()).limit(most))
        return [PublicationOutline(**row._mapping) for row in rows]  # noqa: SLF001  # its public way

    async def forget_items_before(self, number: int) -> list[str]:
        """Empty older publications, which nobody goes back to any more; the models that only they had."""
        old = update(PublicationRow).where(COLUMNS.number < number, COLUMNS["items"] != NO_ITEMS).values(items=NO_ITEMS)
        models = {row.model for row in await self._transaction.write(old.returning(COLUMNS.model))}
        kept = {row.model for row in await self._transaction.read(select(COLUMNS.model).where(COLUMNS.number >= number))}
        return sorted(models - kept)

    async def add(self, publication: Publication, after: int | None = None) -> Publication:
        """Store it as the current one; the returned one carries its number. Raises ConflictError, see the port."""
        await self._transaction.lock("publications")  # whoever publishes at the same time waits, and then sees this one
        values = {
            "fingerprint": publication.fingerprint,
            "model": publication.model,
            "items": await asyncio.to_thread(write_items, publication.items),
            "published_at": publication.published_at,
            "published_by": publication.published_by,
            "reason": publication.reason,
            "restores": publication.restores,
        }
        number = (await self._transaction.write(insert(PublicationRow).values(**values).returning(COLUMNS.number))).scalar_one()
        earlier = select(func.coalesce(func.max(COLUMNS.number), 0)).where(COLUMNS.number < number)
        if after is not None and (await self._transaction.read(earlier))[0][0] != after:
            raise ConflictError("Something else was published in the meantime.")
        return replace(publication, number=number)


def write_items(items: Iterable[KnowledgeItem]) -> str:
    """Items as JSON. Megabytes: not for the event loop."""
    return to_marked_json([{each.name: getattr(item, each.name) for each in fields(item)} for item in items])


def read_items(text: str) -> tuple[KnowledgeItem, ...]:
    """What was written by write_items."""
    return tuple(KnowledgeItem(**item) for item in read_marked_json(text))


def _read(row: Row[Any]) -> Publication:
    return Publication(**{**row._mapping, "items": read_items(row.items)})  # noqa: SLF001  # its public way
