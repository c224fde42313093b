"""The Telegram chats of the staff, their addresses sealed, and the one-time codes that link them."""

from datetime import datetime

from sqlalchemy import delete, insert, or_, select

from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.staff_tables import StaffChatCodeRow, StaffChatRow
from bot.adapters.database.transaction import Transaction
from bot.domain.messages import ConversationId
from bot.domain.staff import StaffId
from bot.services.desk.alerts.stored_alerts import StaffChat


class StoredStaffChats:
    """Implements desk.stored_alerts.StaffChats."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def offer(self, code_hash: str, staff: StaffId, expires_at: datetime) -> None:
        """Store a one-time code in place of an earlier one."""
        await self._transaction.write(delete(StaffChatCodeRow).where(StaffChatCodeRow.staff == staff))
        await self._transaction.write(insert(StaffChatCodeRow).values(code_hash=code_hash, staff=staff, expires_at=expires_at))

    async def take(self, code_hash: str, now: datetime) -> StaffId | None:
        """Whose code it is, once; None when it was used, has expired or never was."""
        used_up = delete(StaffChatCodeRow).where(StaffChatCodeRow.code_hash == code_hash)
        row = (await self._transaction.write(used_up.returning(*StaffChatCodeRow.__table__.c))).one_or_none()
        return StaffId(row.staff) if row and row.expires_at > now else None

    async def link(self, chat: StaffChat) -> None:
        """Store it in place of an earlier one of this person, or of this chat."""
        former = or_(StaffChatRow.staff == chat.staff, StaffChatRow.conversation == chat.conversation)
        await self._transaction.write(delete(StaffChatRow).where(former))
        address = self._cipher.seal(chat.address.encode(), place(chat.staff))
        values = {"staff": chat.staff, "conversation": chat.conversation, "address": address, "linked_at": chat.linked_at}
        await self._transaction.write(insert(StaffChatRow).values(**values))

    async def find(self, staff: StaffId) -> StaffChat | None:
        """Somebody's chat."""
        rows = await self._transaction.read(select(*StaffChatRow.__table__.c).where(StaffChatRow.staff == staff))
        return next(
            (
                StaffChat(
                    staff=staff,
                    conversation=ConversationId(row.conversation),
                    address=self._cipher.open(row.address, place(staff)).decode(),
                    linked_at=row.linked_at,
                )
                for row in rows
            ),
            None,
        )

    async def unlink(self, staff: StaffId) -> None:
        """Forget somebody's chat."""
        await self._transaction.write(delete(StaffChatRow).where(StaffChatRow.staff == staff))

    async def unlink_conversation(self, conversation: ConversationId) -> None:
        """Forget that a chat belongs to somebody."""
        await self._transaction.write(delete(StaffChatRow).where(StaffChatRow.conversation == conversation))

    async def delete_expired(self, now: datetime) -> int:
        """Delete codes that nobody used; how many."""
        return (await self._transaction.write(delete(StaffChatCodeRow).where(StaffChatCodeRow.expires_at <= now))).rowcount


def place(staff: str) -> str:
    """What an address is bound to."""
    return f"staff_chats.address:{staff}"
