"""The whole database as the program sees it: open, migrate, work, close."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy import text

from bot.adapters.database import migrate, rotation, secrets
from bot.adapters.database.engine import open_engine
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.transaction import Transaction
from bot.adapters.database.unit_of_work import StoredUnitOfWork

INDEX_KEY = "index-key"


class Database:
    """One database, SQLite or PostgreSQL. Belongs to one event loop."""

    def __init__(self, url: str, cipher: MasterCipher) -> None:
        """Opens no connection yet. Raises SettingError."""
        self._engine = open_engine(url)
        self._cipher = cipher
        self._writer = asyncio.Lock()

    def unit_of_work(self) -> StoredUnitOfWork:
        """A new transaction, for `async with`."""
        return StoredUnitOfWork(Transaction(self._engine, self._writer), self._cipher)

    async def migrate(self) -> None:
        """Bring the tables up to date; several programs may do so at once. Raises NotAvailableError, SettingError."""
        await migrate.upgrade(self._engine)

    async def check(self) -> None:
        """Raises NotAvailableError when the database does not answer, SettingError when its tables are not those of this program."""
        await migrate.check(self._engine)

    async def ping(self) -> None:
        """Raises NotAvailableError when the database does not answer."""
        async with self._begin() as transaction:
            await transaction.read(text("SELECT 1"))

    async def get_index_key(self) -> bytes:
        """The key of the keyed hashes, made on first use; from then on the database hashes with it, too. Raises NotReadableError."""
        async with self._begin() as transaction:
            index_key = await secrets.get_secret(transaction, self._cipher, INDEX_KEY)
        self._cipher = self._cipher.with_index_key(index_key)
        return index_key

    async def rotate_keys(self, report: Callable[[int], None] = lambda _done: None) -> int:
        """Seal everything with the newest key; how many values were moved. Can be stopped and started again at any point."""
        return await rotation.rotate_keys(self._begin, self._cipher, report)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[Transaction]:
        transaction = Transaction(self._engine, self._writer)
        try:
            yield transaction
        finally:
            await transaction.end()
