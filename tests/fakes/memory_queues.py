"""Inbox and outbox in memory: in order within each conversation, given out under a lease."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.errors import ConflictError
from bot.domain.messages import Answer, Channel, ConversationId, IncomingMessage
from bot.services.ports import OutgoingMessage, Parcel, Ticket, Waiting

MOST_TELEGRAM_ID = 2**63
CLAIMS = count(1)


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """One message. Payload and answer go when they are no longer needed."""

    key: tuple[str, str]
    conversation: ConversationId | None
    message: IncomingMessage | None
    answer: Answer | None = None
    claim: str = ""
    claimed_until: datetime | None = None
    attempts: int = 0
    done_at: datetime | None = None
    failed: bool = False


@dataclass(frozen=True, kw_only=True)
class OutboxRow:
    """One reply. Its content goes when it is sent or given up."""

    conversation: ConversationId | None
    message: OutgoingMessage | None
    due: datetime | None
    added_at: datetime
    for_page: bool = False
    rank: int = 0
    claim: str = ""
    attempts: int = 0
    done_at: datetime | None = None
    reason: str | None = None


def first_of_each_chat(rows: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """The oldest undone row of each conversation."""
    firsts: dict[ConversationId | None, tuple[int, Any]] = {}
    for number, row in rows:
        if row.done_at is None:
            firsts.setdefault(row.conversation, (number, row))
    return list(firsts.values())


class MemoryInbox:
    """Implements ports.Inbox."""

    def __init__(self, work: Any) -> None:
        self._work = work

    def _find(self, message: IncomingMessage) -> InboxRow | None:
        key = (message.source, message.message_id)
        return next((row for row in self._work.tables.inbox.values() if row.key == key), None)

    async def _add(self, incoming: IncomingMessage, **fields: Any) -> None:
        tables = await self._work.write()
        tables.serial += 1
        key = (incoming.source, incoming.message_id)
        tables.inbox[tables.serial] = InboxRow(key=key, conversation=incoming.conversation, **fields)

    async def record(self, message: IncomingMessage) -> bool:
        await self._work.write()
        if self._find(message):
            return False
        await self._add(message, message=message)
        return True

    async def claim(self, now: datetime, lease: timedelta) -> tuple[Ticket, IncomingMessage] | None:
        tables = await self._work.write()
        for number, row in first_of_each_chat(tables.inbox.items()):
            if row.claimed_until is None or row.claimed_until <= now:
                claim = str(next(CLAIMS))
                tables.inbox[number] = replace(row, claim=claim, claimed_until=now + lease, attempts=row.attempts + 1)
                return Ticket(id=number, claim=claim, attempts=row.attempts + 1), row.message
        return None

    async def finish(self, ticket: Ticket, now: datetime) -> None:
        row = await self._held(ticket)
        self._work.tables.inbox[ticket.id] = replace(row, done_at=now, message=None, conversation=None)

    async def give_up(self, ticket: Ticket, now: datetime) -> None:
        row = await self._held(ticket)
        self._work.tables.inbox[ticket.id] = replace(row, done_at=now, failed=True)

    async def _held(self, ticket: Ticket) -> InboxRow:
        tables = await self._work.write()
        row = tables.inbox.get(ticket.id)
        if row is None or row.claim != ticket.claim or row.done_at:
            raise ConflictError("The claim was lost.")
        return row

    async def record_answered(self, message: IncomingMessage, answer: Answer, now: datetime) -> None:
        await self._work.write()
        if self._find(message):
            raise ConflictError("This message was answered already.")
        await self._add(message, message=None, answer=answer, done_at=now)

    async def find_answer(self, message: IncomingMessage) -> Answer | None:
        row = self._find(message)
        return row.answer if row else None

    async def newest_message_id(self, source: str) -> str | None:
        ids = [row.key[1] for row in self._work.tables.inbox.values() if row.key[0] == source]
        numbers = [int(id_) for id_ in ids if id_.isascii() and id_.isdigit() and int(id_) < MOST_TELEGRAM_ID]
        return str(max(numbers)) if numbers else None

    async def delete_conversation(self, conversation: ConversationId) -> None:
        tables = await self._work.write()
        kept = {number: row for number, row in tables.inbox.items() if row.conversation != conversation or row.done_at is None}
        tables.inbox = kept

    async def delete_done_before(self, moment: datetime) -> int:
        return await self._delete(moment, failed=False)

    async def delete_failed_before(self, moment: datetime) -> int:
        return await self._delete(moment, failed=True)

    async def _delete(self, moment: datetime, *, failed: bool) -> int:
        tables = await self._work.write()
        kept = {number: row for number, row in tables.inbox.items() if row.failed != failed or row.done_at is None or row.done_at >= moment}
        deleted, tables.inbox = len(tables.inbox) - len(kept), kept
        return deleted

    async def waiting(self) -> int:
        return sum(row.done_at is None for row in self._work.tables.inbox.values())


class MemoryOutbox:
    """Implements ports.Outbox."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def add(self, message: OutgoingMessage, now: datetime, *, is_news: bool = False) -> None:
        tables = await self._work.write()
        tables.serial += 1
        is_web = message.channel is Channel.WEB
        tables.outbox[tables.serial] = OutboxRow(
            conversation=message.conversation, message=message, due=now, added_at=now, for_page=is_web, rank=int(is_news)
        )

    async def waiting_for_page(self, conversation: ConversationId) -> list[Waiting]:
        rows = self._work.tables.outbox.items()
        return [Waiting(name=str(number), message=row.message) for number, row in rows if row.for_page and row.conversation == conversation]

    async def mark_fetched(self, conversation: ConversationId, name: str, now: datetime) -> None:
        tables = await self._work.write()
        names = [waiting.name for waiting in await self.waiting_for_page(conversation)]
        for each in names[: names.index(name) + 1] if name in names else []:
            tables.outbox[int(each)] = replace(tables.outbox[int(each)], done_at=now, message=None, conversation=None)

    async def delete_unfetched_before(self, moment: datetime) -> int:
        tables = await self._work.write()
        late = [number for number, row in tables.outbox.items() if row.for_page and row.done_at is None and row.added_at < moment]
        for number in late:
            del tables.outbox[number]
        return len(late)

    async def claim(self, now: datetime, lease: timedelta) -> Parcel | None:
        tables = await self._work.write()
        waiting = [(number, row) for number, row in tables.outbox.items() if not row.for_page]
        leased = {row.conversation for _, row in waiting if row.claim and row.due > now and row.done_at is None}
        for number, row in first_of_each_chat(sorted(waiting, key=lambda each: (each[1].rank, each[0]))):
            if row.due <= now and row.conversation not in leased:
                claim = str(next(CLAIMS))
                tables.outbox[number] = replace(row, claim=claim, due=now + lease, attempts=row.attempts + 1)
                return Parcel(id=number, claim=claim, attempts=row.attempts + 1, message=row.message)
        return None

    async def mark_sent(self, parcel: Parcel, now: datetime) -> None:
        await self._close(parcel, done_at=now, message=None, conversation=None)

    async def postpone(self, parcel: Parcel, until: datetime) -> None:
        await self._close(parcel, due=until, claim="")

    async def bury(self, parcel: Parcel, reason: str, now: datetime) -> None:
        await self._close(parcel, done_at=now, reason=reason, message=None, conversation=None)

    async def _close(self, parcel: Parcel, **changes: Any) -> None:
        tables = await self._work.write()
        row = tables.outbox.get(parcel.id)
        if row is None or row.claim != parcel.claim or row.done_at:
            raise ConflictError("The claim was lost.")
        tables.outbox[parcel.id] = replace(row, **changes)

    async def delete_conversation(self, conversation: ConversationId) -> None:
        tables = await self._work.write()
        tables.outbox = {number: row for number, row in tables.outbox.items() if row.conversation != conversation}

    async def delete_done_before(self, moment: datetime) -> int:
        return await delete_done(self._work, "outbox", moment)

    async def waiting(self) -> int:
        return sum(row.done_at is None and not row.for_page for row in self._work.tables.outbox.values())

    async def dead(self) -> int:
        return sum(row.reason is not None for row in self._work.tables.outbox.values())


async def delete_done(work: Any, table: str, moment: datetime) -> int:
    """Drop what was done before a moment; how many rows that were."""
    tables = await work.write()
    rows = getattr(tables, table)
    kept = {number: row for number, row in rows.items() if row.done_at is None or row.done_at >= moment}
    setattr(tables, table, kept)
    return len(rows) - len(kept)
