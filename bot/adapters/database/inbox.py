"""What came in and whether it is answered."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.lanes import claim_next, count_waiting
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.tables import InboxRow
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.messages import Answer, ConversationId, IncomingMessage
from bot.services.ports import Ticket

MESSAGES = Codec(IncomingMessage)
ANSWERS = Codec(Answer)
BIGGEST_NUMBER = 2**63 - 1
ADD = insert(InboxRow).on_conflict_do_nothing()
FIND_ANSWER = select(InboxRow.answer).where(InboxRow.source == bindparam("source"), InboxRow.message_id == bindparam("message_id"))


class StoredInbox:
    """Implements ports.Inbox."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def record(self, message: IncomingMessage) -> bool:
        """Keep a message to be worked on; False (and nothing else) when it is there already."""
        payload = self._cipher.seal(MESSAGES.to_bytes(message), place("payload", message.source, message.message_id))
        values = {**to_values(message), "state": "waiting", "payload": payload}
        return (await self._transaction.write(ADD, values)).rowcount == 1

    async def claim(self, now: datetime, lease: timedelta) -> tuple[Ticket, IncomingMessage] | None:
        """The oldest waiting message whose conversation has no earlier one; nobody else gets it within the lease."""
        row = await claim_next(self._transaction, InboxRow, now, lease)
        if row is None:
            return None
        payload = self._cipher.open(row.payload, place("payload", row.source, row.message_id))
        return Ticket(id=row.id, claim=row.claim, attempts=row.attempts), MESSAGES.read(payload)

    async def finish(self, ticket: Ticket, now: datetime) -> None:
        """Mark it answered and forget whose it was. Raises ConflictError when the claim was lost."""
        await self._close(ticket, state="done", done_at=now, payload=None, conversation=None)

    async def give_up(self, ticket: Ticket, now: datetime) -> None:
        """Mark it as failed for good. Raises ConflictError when the claim was lost."""
        await self._close(ticket, state="failed", done_at=now)

    async def _close(self, ticket: Ticket, **values: object) -> None:
        mine = update(InboxRow).where(InboxRow.id == ticket.id, InboxRow.claim == ticket.claim, InboxRow.state == "waiting")
        closed = await self._transaction.write(mine.values(claim=None, claimed_until=None, **values))
        if closed.rowcount != 1:
            message = "This message was given to another worker in the meantime."
            raise ConflictError(message)

    async def record_answered(self, message: IncomingMessage, answer: Answer, now: datetime) -> None:
        """Keep a message's name together with its answer. Raises ConflictError when it is there already."""
        sealed = self._cipher.seal(ANSWERS.to_bytes(answer), place("answer", message.source, message.message_id))
        stored = await self._transaction.write(ADD, {**to_values(message), "state": "done", "done_at": now, "answer": sealed})
        if stored.rowcount != 1:
            error = "This message was answered in the meantime."
            raise ConflictError(error)

    async def find_answer(self, message: IncomingMessage) -> Answer | None:
        """The answer that was given to this very message before."""
        name = {"source": message.source, "message_id": message.message_id}
        for (answer,) in await self._transaction.read(FIND_ANSWER, name):
            return answer and ANSWERS.read(self._cipher.open(answer, place("answer", message.source, message.message_id)))
        return None

    async def newest_message_id(self, source: str) -> str | None:
        """The highest numeric message id recorded from a source."""
        [(number,)] = await self._transaction.read(select(func.max(InboxRow.message_number)).where(InboxRow.source == source))
        return None if number is None else str(number)

    async def delete_conversation(self, conversation: ConversationId) -> None:
        """Delete what is kept of a conversation; what waits to be answered (such as the wish to be forgotten itself) stays until then."""
        await self._transaction.write(delete(InboxRow).where(InboxRow.conversation == conversation, InboxRow.state != "waiting"))

    async def delete_done_before(self, moment: datetime) -> int:
        """Delete what was answered before a moment; how many."""
        return await self._delete("done", moment)

    async def delete_failed_before(self, moment: datetime) -> int:
        """Delete what was given up before a moment; how many."""
        return await self._delete("failed", moment)

    async def _delete(self, state: str, moment: datetime) -> int:
        return (await self._transaction.write(delete(InboxRow).where(InboxRow.state == state, InboxRow.done_at < moment))).rowcount

    async def waiting(self) -> int:
        """How many messages are not answered yet."""
        return await count_waiting(self._transaction, InboxRow)


def to_values(message: IncomingMessage) -> dict[str, object]:
    """The columns that every row has."""
    number = int(message.message_id) if message.message_id.isascii() and message.message_id.isdigit() else None
    return {
        "source": message.source,
        "message_id": message.message_id,
        "message_number": number if number is not None and number <= BIGGEST_NUMBER else None,
        "conversation": message.conversation,
        "received_at": message.received_at,
        "attempts": 0,
    }


def place(column: str, source: str, message_id: str) -> str:
    """What a payload or an answer is bound to."""
    return f"inbox.{column}:{source}:{message_id}"
