"""What was published: numbered pairs of knowledge and model."""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, func, insert, select

from bot.adapters.database.knowledge_tables import PublicationRow
from bot.adapters.database.serialisation import read_marked_json, to_marked_json
from bot.adapters.database.transaction import Transaction
from bot.services.stored_knowledge import KnowledgeItem, Publication, PublicationOutline

COLUMNS = PublicationRow.__table__.c
OUTLINE = (COLUMNS.number, COLUMNS.model, COLUMNS.published_at, COLUMNS.published_by, COLUMNS.reason, COLUMNS.restores)


class StoredPublications:
    """Implements stored_knowledge.Publications."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def current(self) -> Publication | None:
        """The newest publication."""
        newest = select(*COLUMNS).order_by(COLUMNS.number.desc()).limit(1)
        return next((_read(row) for row in await self._transaction.read(newest)), None)

    async def current_number(self) -> int:
        """The number of the current one; 0 before the first."""
        return int((await self._transaction.read(select(func.coalesce(func.max(COLUMNS.number), 0))))[0][0])

    async def get(self, number: int) -> Publication:
        """One publication. Raises LookupError."""
        rows = await self._transaction.read(select(*COLUMNS).where(COLUMNS.number == number))
        if not rows:
            raise LookupError(number)
        return _read(rows[0])

    async def newest(self, most: int) -> list[PublicationOutline]:
        """The newest publications, newest first."""
        rows = await self._transaction.read(select(*OUTLINE).order_by(COLUMNS.number.desc()).limit(most))
        return [PublicationOutline(**row._mapping) for row in rows]  # noqa: SLF001  # its public way

    async def add(self, publication: Publication) -> Publication:
        """Store it as the current one; the returned one carries its number."""
        values = {
            "fingerprint": publication.fingerprint,
            "model": publication.model,
            "items": to_marked_json([asdict(item) for item in publication.items]),
            "published_at": publication.published_at,
            "published_by": publication.published_by,
            "reason": publication.reason,
            "restores": publication.restores,
        }
        number = (await self._transaction.write(insert(PublicationRow).values(**values).returning(COLUMNS.number))).scalar_one()
        return replace(publication, number=number)


def _read(row: Row[Any]) -> Publication:
    items = tuple(KnowledgeItem(**item) for item in read_marked_json(row.items))
    return Publication(**{**row._mapping, "items": items})  # noqa: SLF001  # its public way
