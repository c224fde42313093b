"""Failed attempts to sign in, counted per account and per network; both only as keyed hashes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from bot.adapters.database.staff_tables import SignInFailureRow
from bot.adapters.database.transaction import Transaction


class StoredSignInFailures:
    """Implements desk.stored_entry.SignInFailures."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, subject: str, at: datetime) -> Sequence[datetime]:
        """Count an attempt; when the earlier ones were. Attempts at once are counted one after the other, or all would see none."""
        await self._transaction.lock(subject)
        added = await self._transaction.write(insert(SignInFailureRow).values(subject=subject, at=at).returning(SignInFailureRow.id))
        own = added.scalar_one()
        earlier = select(SignInFailureRow.at).where(SignInFailureRow.subject == subject, SignInFailureRow.id != own)
        return [row.at for row in await self._transaction.read(earlier)]

    async def forget(self, subject: str, at: datetime) -> None:
        """Take one attempt of that moment back."""
        one = select(func.max(SignInFailureRow.id)).where(SignInFailureRow.subject == subject, SignInFailureRow.at == at)
        await self._transaction.write(delete(SignInFailureRow).where(SignInFailureRow.id == one.scalar_subquery()))

    async def clear(self, subject: str) -> None:
        """Forget every failure of an account."""
        await self._transaction.write(delete(SignInFailureRow).where(SignInFailureRow.subject == subject))

    async def delete_before(self, moment: datetime) -> int:
        """Delete what no longer counts; how many."""
        return (await self._transaction.write(delete(SignInFailureRow).where(SignInFailureRow.at < moment))).rowcount
