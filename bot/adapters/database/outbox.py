"""Replies to be sent, in order within each conversation."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from bot.adapters.database.lanes import claim_next, count_waiting
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.tables import OutboxRow
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.messages import ConversationId
from bot.services.ports import OutgoingMessage, Parcel

CODEC = Codec(OutgoingMessage)
ADD = insert(OutboxRow)


class StoredOutbox:
    """Implements ports.Outbox."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, message: OutgoingMessage, now: datetime) -> None:
        """Queue a reply; it is due at once."""
        reference = make_reference()
        content = self._cipher.seal(CODEC.to_bytes(message), place(reference))
        values = {"conversation": message.conversation, "state": "waiting", "added_at": now, "due_at": now, "attempts": 0}
        await self._transaction.write(ADD, {"reference": reference, "content": content, **values})

    async def claim(self, now: datetime, lease: timedelta) -> Parcel | None:
        """The oldest due reply whose conversation has no earlier unsent one."""
        row = await claim_next(self._transaction, OutboxRow, now, lease)
        if row is None:
            return None
        message = CODEC.read(self._cipher.open(row.content, place(row.reference)))
        return Parcel(id=row.id, claim=row.claim, attempts=row.attempts, message=message)

    async def mark_sent(self, parcel: Parcel, now: datetime) -> None:
        """Drop its content and whom it went to. Raises ConflictError when the claim was lost."""
        await self._close(parcel, state="sent", done_at=now, content=None, conversation=None)

    async def postpone(self, parcel: Parcel, until: datetime) -> None:
        """Try again later; all later ones of the conversation wait behind it. Raises ConflictError when the claim was lost."""
        await self._close(parcel, due_at=until)

    async def bury(self, parcel: Parcel, reason: str, now: datetime) -> None:
        """Give up on it, keep only the reason ("blocked" or "failed"). Raises ConflictError when the claim was lost."""
        await self._close(parcel, state="dead", done_at=now, reason=reason, content=None, conversation=None)

    async def _close(self, parcel: Parcel, **values: object) -> None:
        mine = update(OutboxRow).where(OutboxRow.id == parcel.id, OutboxRow.claim == parcel.claim, OutboxRow.state == "waiting")
        closed = await self._transaction.write(mine.values(claim=None, claimed_until=None, **values))
        if closed.rowcount != 1:
            message = "This reply was given to another sender, or deleted, in the meantime."
            raise ConflictError(message)

    async def delete_conversation(self, conversation: ConversationId) -> None:
        """Delete what waits to be sent to a conversation."""
        await self._transaction.write(delete(OutboxRow).where(OutboxRow.conversation == conversation))

    async def delete_done_before(self, moment: datetime) -> int:
        """Delete the traces of what was sent or given up before a moment; how many."""
        return (await self._transaction.write(delete(OutboxRow).where(OutboxRow.done_at < moment))).rowcount

    async def waiting(self) -> int:
        """How many replies are not sent yet."""
        return await count_waiting(self._transaction, OutboxRow)

    async def dead(self) -> int:
        """How many replies were given up and are still kept."""
        [(count,)] = await self._transaction.read(select(func.count()).select_from(OutboxRow).where(OutboxRow.state == "dead"))
        return int(count)


def place(reference: str) -> str:
    """What a reply's content is bound to."""
    return f"outbox.content:{reference}"
