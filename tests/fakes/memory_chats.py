"""Chats with a human, and office hours, in memory."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.errors import ConflictError
from bot.domain.handovers import Handover, HandoverId, HandoverMessage
from bot.domain.knowledge import MunicipalityId
from bot.domain.messages import ConversationId
from bot.domain.office_hours import OfficeHours
from bot.domain.staff import StaffMember
from bot.services.desk.chats.stored_chats import ChatRow


class MemoryHandovers:
    """Implements desk.stored_chats.Handovers."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def add(self, handover: Handover) -> None:
        (await self._work.write()).handovers[handover.reference] = handover

    async def find(self, reference: HandoverId) -> Handover | None:
        return self._work.tables.handovers.get(reference)

    async def save(self, handover: Handover, before: Handover) -> None:
        tables = await self._work.write()
        stored = tables.handovers.get(before.reference)
        if stored is None or (stored.state, stored.taken_by) != (before.state, before.taken_by):
            raise ConflictError("Somebody else took or ended this chat in the meantime.")
        tables.handovers[handover.reference] = handover

    async def visible(self, member: StaffMember, *, ended: bool, limit: int) -> Sequence[ChatRow]:
        seen = [chat for chat in self._work.tables.handovers.values() if member.sees_case_of(chat.municipality) and chat.is_open() != ended]
        if ended:
            ordered = sorted(seen, key=lambda chat: chat.ended_at or chat.opened_at, reverse=True)
        else:
            ordered = sorted(seen, key=lambda chat: (chat.state != "waiting", chat.opened_at))
        return [await self._row(chat) for chat in ordered[:limit]]

    async def _row(self, chat: Handover) -> ChatRow:
        said = await self.messages(chat.reference)
        return ChatRow(handover=chat, messages=len(said), last_author=said[-1].author if said else "")

    async def add_message(self, message: HandoverMessage) -> None:
        (await self._work.write()).handover_messages.append(message)

    async def messages(self, reference: HandoverId) -> list[HandoverMessage]:
        return [message for message in self._work.tables.handover_messages if message.handover == reference]

    async def of_conversation(self, conversation: ConversationId) -> list[Handover]:
        return [chat for chat in self._work.tables.handovers.values() if chat.conversation == conversation]

    async def open_untouched_since(self, moment: datetime) -> list[Handover]:
        return [chat for chat in self._work.tables.handovers.values() if chat.is_open() and chat.touched_at < moment]

    async def delete_conversation(self, conversation: ConversationId) -> None:
        await self._delete(lambda chat: chat.conversation == conversation)

    async def delete_ended_before(self, moment: datetime) -> int:
        return await self._delete(lambda chat: chat.ended_at is not None and chat.ended_at < moment)

    async def _delete(self, is_meant: Callable[[Handover], bool]) -> int:
        if not (gone := {reference for reference, chat in self._work.tables.handovers.items() if is_meant(chat)}):
            return 0
        tables = await self._work.write()
        tables.handovers = {reference: chat for reference, chat in tables.handovers.items() if reference not in gone}
        tables.handover_messages = [message for message in tables.handover_messages if message.handover not in gone]
        return len(gone)


class MemoryOfficeHours:
    """Implements desk.stored_chats.StoredHours."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def of(self, municipality: MunicipalityId | None) -> OfficeHours:
        return self._work.tables.office_hours.get(municipality, ())

    async def put(self, municipality: MunicipalityId, hours: OfficeHours) -> None:
        (await self._work.write()).office_hours[municipality] = hours
