"""What the bot's services touch of the desk, in memory: accounts, alerts, and the chats of the staff."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.alerts import CHAT_QUIET, Alert
from bot.domain.messages import ConversationId
from bot.domain.staff import StaffId, StaffMember
from bot.services.desk.alerts.stored_alerts import StaffChat
from bot.services.desk.people.stored_people import Credentials


class MemoryStaff:
    """Implements as much of desk.stored_people.Staff."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def add(self, member: StaffMember, _credentials: Credentials) -> None:
        (await self._work.write()).staff[member.id] = member

    async def find(self, staff: StaffId) -> StaffMember | None:
        return self._work.tables.staff.get(staff)

    async def all(self) -> list[StaffMember]:
        return sorted(self._work.tables.staff.values(), key=lambda member: member.name.casefold())


class MemoryAlerts:
    """Implements as much of desk.stored_alerts.Alerts."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def add(self, alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            stored = self._work.tables.alerts
            if any(self._is_same(alert, other) for other in stored):
                continue
            (await self._work.write()).alerts.append(replace(alert, id=max((other.id for other in stored), default=0) + 1))

    def _is_same(self, alert: Alert, other: Alert) -> bool:
        same = (alert.staff, alert.kind, alert.case, alert.due_on) == (other.staff, other.kind, other.case, other.due_on)
        is_near = alert.case is not None or other.at > alert.at - CHAT_QUIET
        return same and is_near and (alert.due_on is not None or other.seen_at is None)

    async def of(self, member: StaffMember, *, limit: int, after: int = 0) -> Sequence[Alert]:
        mine = [alert for alert in self._work.tables.alerts if alert.staff == member.id and alert.id > after]
        return sorted(mine, key=lambda alert: -alert.id)[:limit]

    async def delete_before(self, moment: datetime) -> int:
        tables = await self._work.write()
        kept = [alert for alert in tables.alerts if alert.at >= moment]
        deleted, tables.alerts = len(tables.alerts) - len(kept), kept
        return deleted


class MemoryStaffChats:
    """Implements as much of desk.stored_alerts.StaffChats."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def offer(self, code_hash: str, staff: StaffId, expires_at: datetime) -> None:
        tables = await self._work.write()
        tables.staff_chat_codes = {key: value for key, value in tables.staff_chat_codes.items() if value[0] != staff}
        tables.staff_chat_codes[code_hash] = (staff, expires_at)

    async def take(self, code_hash: str, now: datetime) -> StaffId | None:
        staff, expires_at = (await self._work.write()).staff_chat_codes.pop(code_hash, (None, now))
        return staff if expires_at > now else None

    async def link(self, chat: StaffChat) -> None:
        await self.unlink_conversation(chat.conversation)
        (await self._work.write()).staff_chats[chat.staff] = chat

    async def find(self, staff: StaffId) -> StaffChat | None:
        return self._work.tables.staff_chats.get(staff)

    async def unlink(self, staff: StaffId) -> None:
        (await self._work.write()).staff_chats.pop(staff, None)

    async def unlink_conversation(self, conversation: ConversationId) -> None:
        tables = await self._work.write()
        tables.staff_chats = {staff: chat for staff, chat in tables.staff_chats.items() if chat.conversation != conversation}

    async def delete_expired(self, now: datetime) -> int:
        tables = await self._work.write()
        before = len(tables.staff_chat_codes)
        tables.staff_chat_codes = {key: value for key, value in tables.staff_chat_codes.items() if value[1] > now}
        return before - len(tables.staff_chat_codes)
