"""Open the database, and the keys it is sealed with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.adapters.encryption.keys import read_keys, write_key_file
from bot.settings import Settings


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[tuple[Database, Keyring]]:
    """The migrated database and the keyring that can hash for it."""
    keyring = open_keyring(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, keyring)
    try:
        await database.migrate()
        yield database, keyring.with_index_key(await database.get_index_key())
    finally:
        await database.close()


def open_keyring(settings: Settings) -> Keyring:
    """The keys from the setting, or from DATA/keys, which is made on the first start."""
    if settings.keys:
        return Keyring(read_keys(settings.keys))
    file = settings.data / "keys"
    if not file.exists():
        write_key_file(file)
    return Keyring(read_keys(file.read_text(encoding="ascii")))
