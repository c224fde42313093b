"""One-time ways into the web chat."""

from datetime import datetime

from sqlalchemy import delete, insert, or_

from bot.adapters.database.tables import WebLinkRow
from bot.adapters.database.transaction import Transaction
from bot.services.ports import WebLink


class StoredWebLinks:
    """Implements ports.WebLinks."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, token_hash: str, link: WebLink, expires_at: datetime) -> None:
        """Store a link under the hash of its token."""
        values = {"token_hash": token_hash, "language": link.language, "municipality": link.municipality, "expires_at": expires_at}
        await self._transaction.write(insert(WebLinkRow), values)

    async def take(self, token_hash: str, now: datetime) -> WebLink | None:
        """The link, once; None when it was used, has expired or never was. Clears away all that have expired."""
        used_up = delete(WebLinkRow).where(or_(WebLinkRow.token_hash == token_hash, WebLinkRow.expires_at <= now))
        for row in await self._transaction.write(used_up.returning(*WebLinkRow.__table__.c)):
            if row.token_hash == token_hash and row.expires_at > now:
                return WebLink(language=row.language, municipality=row.municipality)
        return None
