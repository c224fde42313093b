"""What was published: numbered pairs of knowledge and model."""

from dataclasses import asdict, replace

from sqlalchemy import insert, select

from bot.adapters.database.serialisation import read_marked_json, to_marked_json
from bot.adapters.database.tables import PublicationRow
from bot.adapters.database.transaction import Transaction
from bot.services.ports import KnowledgeItem, Publication


class StoredPublications:
    """Implements ports.Publications."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def current(self) -> Publication | None:
        """The newest publication."""
        newest = select(*PublicationRow.__table__.c).order_by(PublicationRow.number.desc()).limit(1)
        for row in await self._transaction.read(newest):
            items = tuple(KnowledgeItem(**item) for item in read_marked_json(row.items))
            return Publication(**{**row._mapping, "items": items})  # noqa: SLF001  # its public way
        return None

    async def add(self, publication: Publication) -> Publication:
        """Store it as the current one; the returned one carries its number."""
        values = {
            "fingerprint": publication.fingerprint,
            "model": publication.model,
            "items": to_marked_json([asdict(item) for item in publication.items]),
            "published_at": publication.published_at,
        }
        number = (await self._transaction.write(insert(PublicationRow).values(**values).returning(PublicationRow.number))).scalar_one()
        return replace(publication, number=number)
