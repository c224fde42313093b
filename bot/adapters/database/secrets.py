"""Secrets that are made once and kept sealed: they survive the rotation of the keys."""

import os

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.tables import SecretRow
from bot.adapters.database.transaction import Transaction

SECRET_BYTES = 32


async def get_secret(transaction: Transaction, cipher: MasterCipher, name: str) -> bytes:
    """The random secret of that name, made on first use; who asks at the same time gets the same. Raises NotReadableError."""
    stored = select(SecretRow.value).where(SecretRow.name == name)
    rows = await transaction.read(stored)
    if not rows:
        sealed = cipher.seal(os.urandom(SECRET_BYTES), place(name))
        await transaction.write(insert(SecretRow).on_conflict_do_nothing(), {"name": name, "value": sealed})
        await transaction.commit()
        rows = await transaction.read(stored)
    return cipher.open(rows[0].value, place(name))


def place(name: str) -> str:
    """What a secret is bound to."""
    return f"secrets.value:{name}"
