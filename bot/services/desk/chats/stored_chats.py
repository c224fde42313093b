"""What is stored about chats with a human, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.handovers import Handover, HandoverId, HandoverMessage
from bot.domain.knowledge import MunicipalityId
from bot.domain.messages import ConversationId
from bot.domain.office_hours import OfficeHours
from bot.domain.staff import StaffMember


@dataclass(frozen=True, kw_only=True)
class ChatRow:
    """A chat in a list: how much was said, and by whom last ("" when nothing was)."""

    handover: Handover
    messages: int
    last_author: str


class Handovers(Protocol):
    """Chats with a human; what is said in them, and where replies go, is sealed."""

    async def add(self, handover: Handover) -> None: ...
    async def find(self, reference: HandoverId) -> Handover | None: ...
    async def save(self, handover: Handover, before: Handover) -> None:
        """Store it. Raises ConflictError when somebody took or ended it since it was read as `before`."""
        ...

    async def visible(self, member: StaffMember, *, ended: bool, limit: int) -> Sequence[ChatRow]:
        """The chats of somebody's cities: open ones by age, oldest first and waiting before running; ended ones newest first."""
        ...

    async def add_message(self, message: HandoverMessage) -> None: ...
    async def messages(self, reference: HandoverId) -> list[HandoverMessage]:
        """Everything that was said, oldest first."""
        ...

    async def of_conversation(self, conversation: ConversationId) -> list[Handover]:
        """The chats with a human that one person had, oldest first."""
        ...

    async def open_untouched_since(self, moment: datetime) -> list[Handover]: ...
    async def delete_conversation(self, conversation: ConversationId) -> None: ...
    async def delete_ended_before(self, moment: datetime) -> int: ...


class StoredHours(Protocol):
    """The office hours of the cities."""

    async def of(self, municipality: MunicipalityId | None) -> OfficeHours:
        """The hours of a city; empty where there are none."""
        ...

    async def put(self, municipality: MunicipalityId, hours: OfficeHours) -> None: ...
