"""Replies to be sent, in order within each conversation."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.adapters.database.lanes import claim_next, count_waiting
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.tables import OutboxRow
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.messages import Channel, ConversationId
from bot.services.ports import OutgoingMessage, Parcel, Waiting

CODEC = Codec(OutgoingMessage)
ADD = insert(OutboxRow)
FOR_PAGE = "for-page"
FIND_FOR_PAGE = (
    select(*OutboxRow.__table__.c).where(OutboxRow.state == FOR_PAGE, OutboxRow.conversation == bindparam("chat")).order_by(OutboxRow.id)
)


class StoredOutbox:
    """Implements ports.Outbox."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, message: OutgoingMessage, now: datetime, *, is_news: bool = False) -> None:
        """Queue a reply; it is due at once, news after all others. One to the web chat is left for the page to fetch."""
        reference = make_reference()
        content = self._cipher.seal(CODEC.to_bytes(message), place(reference))
        state = FOR_PAGE if message.channel is Channel.WEB else "waiting"
        values = {"conversation": message.conversation, "state": state, "added_at": now, "due_at": now, "attempts": 0, "rank": int(is_news)}
        await self._transaction.write(ADD, {"reference": reference, "content": content, **values})

    async def waiting_for_page(self, conversation: ConversationId) -> list[Waiting]:
        """What a page can fetch, oldest first."""
        rows = await self._transaction.read(FIND_FOR_PAGE, {"chat": conversation})
        return [Waiting(name=row.reference, message=self._open(row)) for row in rows]

    async def mark_fetched(self, conversation: ConversationId, name: str, now: datetime) -> None:
        """Drop the content of this message and of all before it; nothing happens when it is not there any more."""
        last = select(OutboxRow.id).where(OutboxRow.reference == name, OutboxRow.conversation == conversation).scalar_subquery()
        fetched = update(OutboxRow).where(OutboxRow.state == FOR_PAGE, OutboxRow.conversation == conversation, OutboxRow.id <= last)
        await self._transaction.write(fetched.values(state="sent", done_at=now, content=None, conversation=None))

    async def delete_unfetched_before(self, moment: datetime) -> int:
        """Delete what no page fetched since a moment; how many."""
        unfetched = delete(OutboxRow).where(OutboxRow.state == FOR_PAGE, OutboxRow.added_at < moment)
        return (await self._transaction.write(unfetched)).rowcount

    def _open(self, row: Row[Any]) -> OutgoingMessage:
        return CODEC.read(self._cipher.open(row.content, place(row.reference)))

    async def claim(self, now: datetime, lease: timedelta) -> Parcel | None:
        """The oldest due reply whose conversation has no earlier unsent one."""
        row = await claim_next(self._transaction, OutboxRow, now, lease)
        if row is None:
            return None
        return Parcel(id=row.id, claim=row.claim, attempts=row.attempts, message=self._open(row))

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
