"""What is stored about alerts and the Telegram chats they go to, as protocols."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.alerts import Alert, AlertKind
from bot.domain.cases import Case, CaseNumber
from bot.domain.messages import ConversationId
from bot.domain.staff import StaffId, StaffMember


@dataclass(frozen=True, kw_only=True)
class StaffChat:
    """The Telegram chat of a member of staff."""

    staff: StaffId
    conversation: ConversationId
    address: str
    linked_at: datetime


class Alerts(Protocol):
    """What staff is told, seen or not."""

    async def add(self, alerts: Iterable[Alert]) -> None:
        """Store alerts. What somebody has not seen yet is not repeated (a chat: for some minutes), nor a reminder of the same day."""
        ...

    async def reminders(self, since: date) -> set[tuple[str, str, str | None, date | None]]:
        """Staff, kind, case and day of the reminders of days from `since` on."""
        ...

    async def due_cases(self, until: date) -> list[Case]:
        """The open cases that must be looked at by that day, without what the person wrote."""
        ...

    async def newest(self) -> int:
        """The highest id: it grows whenever somebody is told something."""
        ...

    async def of(self, member: StaffMember, *, limit: int, after: int = 0) -> Sequence[Alert]:
        """What somebody was told after an id, newest first, as far as they may still see the case."""
        ...

    async def count_unseen(self, member: StaffMember) -> int: ...
    async def mark_seen(
        self, staff: StaffId, now: datetime, *, case: CaseNumber | None = None, kind: AlertKind | None = None, alert: int | None = None
    ) -> None:
        """Note that somebody has seen one alert, everything about a case or of a kind, or without any of these everything."""
        ...

    async def take_untold(self, now: datetime) -> Sequence[Alert]:
        """What has to go to linked chats and was seen nowhere yet; each alert is given out once."""
        ...

    async def delete_before(self, moment: datetime) -> int: ...


class StaffChats(Protocol):
    """Which Telegram chat belongs to whom; addresses are sealed."""

    async def offer(self, code_hash: str, staff: StaffId, expires_at: datetime) -> None:
        """Store a one-time code in place of an earlier one."""
        ...

    async def take(self, code_hash: str, now: datetime) -> StaffId | None:
        """Whose code it is, once; None when it was used, has expired or never was."""
        ...

    async def link(self, chat: StaffChat) -> None:
        """Store it in place of an earlier one of this person, or of this chat."""
        ...

    async def find(self, staff: StaffId) -> StaffChat | None: ...
    async def unlink(self, staff: StaffId) -> None: ...
    async def unlink_conversation(self, conversation: ConversationId) -> None: ...
    async def delete_expired(self, now: datetime) -> int:
        """Delete codes that nobody used."""
        ...
