"""Chats, sealed under their keyed hash."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.tables import ConversationRow
from bot.adapters.database.transaction import Transaction
from bot.domain.conversations import Conversation
from bot.domain.errors import ConflictError
from bot.domain.messages import ConversationId

CODEC = Codec(Conversation)
FIND = select(ConversationRow.version, ConversationRow.state).where(ConversationRow.id == bindparam("key"))
ADD = insert(ConversationRow).on_conflict_do_nothing()
CHANGE = update(ConversationRow).where(ConversationRow.id == bindparam("key"), ConversationRow.version == bindparam("expected"))
CHANGE = CHANGE.values(version=bindparam("version"), updated_at=bindparam("updated_at"), state=bindparam("state"))


class StoredConversations:
    """Implements ports.Conversations."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def find(self, conversation: ConversationId) -> Conversation | None:
        """The chat as it was stored last."""
        for row in await self._transaction.read(FIND, {"key": conversation}):
            return replace(CODEC.read(self._cipher.open(row.state, place(conversation))), version=row.version)
        return None

    async def save(self, conversation: Conversation) -> None:
        """Store it as version + 1. Raises ConflictError when somebody stored another version meanwhile."""
        values = {
            "version": conversation.version + 1,
            "updated_at": conversation.updated_at or datetime.now(UTC),
            "state": self._cipher.seal(CODEC.to_bytes(conversation), place(conversation.id)),
        }
        if conversation.version == 0:
            stored = await self._transaction.write(ADD, {"id": conversation.id, **values})
        else:
            stored = await self._transaction.write(CHANGE, {"key": conversation.id, "expected": conversation.version, **values})
        if stored.rowcount != 1:
            message = "The chat went on in the meantime."
            raise ConflictError(message)

    async def delete(self, conversation: ConversationId) -> None:
        """Forget the chat, so that nothing of it lingers in the write-ahead log, either."""
        self._transaction.destroys = True
        await self._transaction.write(delete(ConversationRow).where(ConversationRow.id == conversation))

    async def delete_untouched_since(self, moment: datetime) -> int:
        """Forget every chat in which nothing was said since then; how many."""
        return (await self._transaction.write(delete(ConversationRow).where(ConversationRow.updated_at < moment))).rowcount


def place(conversation: str) -> str:
    """What a chat's state is bound to."""
    return f"conversations.state:{conversation}"
