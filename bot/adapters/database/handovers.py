"""Chats with a human; address and words are sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, update

from bot.adapters.database.case_rows import open_text, seal_text
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.staff_tables import HandoverMessageRow, HandoverRow
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.handovers import Handover, HandoverId, HandoverMessage, HandoverState
from bot.domain.messages import Channel, ConversationId
from bot.domain.staff import Role, StaffMember
from bot.services.desk.chats.stored_chats import ChatRow

IN_CLEAR = ("conversation", "language", "municipality", "opened_at", "touched_at", "taken_by", "ended_at")
COLUMNS = HandoverRow.__table__.c
ENDED = HandoverState.ENDED.value


class StoredHandovers:
    """Implements desk.stored_chats.Handovers."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, handover: Handover) -> None:
        """Store a new one."""
        address = seal_text(self._cipher, handover.address, address_place(handover.reference)) if handover.address else None
        names = {"reference": handover.reference, "channel": handover.channel.value, "address": address}
        await self._transaction.write(insert(HandoverRow).values(**names, **self._changing(handover)))

    async def find(self, reference: HandoverId) -> Handover | None:
        """The chat of that name."""
        rows = await self._transaction.read(select(*COLUMNS).where(HandoverRow.reference == reference))
        return self._read(rows[0]) if rows else None

    async def save(self, handover: Handover, before: Handover) -> None:
        """Store it. Raises ConflictError when somebody took or ended it since it was read as `before`."""
        same = HandoverRow.reference == before.reference, HandoverRow.state == before.state.value, HandoverRow.taken_by == before.taken_by
        saved = await self._transaction.write(update(HandoverRow).where(*same).values(**self._changing(handover)))
        if saved.rowcount != 1:
            message = "Somebody else took or ended this chat in the meantime."
            raise ConflictError(message)

    async def visible(self, member: StaffMember, *, ended: bool, limit: int) -> Sequence[ChatRow]:
        """The chats of somebody's cities: open ones by age, oldest first and waiting before running; ended ones newest first."""
        said = select(HandoverMessageRow.handover, func.count().label("messages"), func.max(HandoverMessageRow.id).label("last"))
        counted = said.group_by(HandoverMessageRow.handover).subquery()
        joined = HandoverRow.__table__.outerjoin(counted, counted.c.handover == HandoverRow.reference)
        joined = joined.outerjoin(HandoverMessageRow.__table__, HandoverMessageRow.id == counted.c.last)
        state = HandoverRow.state == ENDED if ended else HandoverRow.state != ENDED
        order = (HandoverRow.ended_at.desc(),) if ended else (HandoverRow.state.desc(), HandoverRow.opened_at)
        found = select(*COLUMNS, counted.c.messages, HandoverMessageRow.author).select_from(joined)
        rows = await self._transaction.read(found.where(state, is_visible(member)).order_by(*order).limit(limit))
        return [ChatRow(handover=self._read(row), messages=row.messages or 0, last_author=row.author or "") for row in rows]

    async def add_message(self, message: HandoverMessage) -> None:
        """Store what somebody said."""
        reference = make_reference()
        values = {
            "reference": reference,
            "handover": message.handover,
            "author": message.author,
            "staff": message.staff,
            "written_at": message.written_at,
            "text": seal_text(self._cipher, message.text, text_place(reference)),
        }
        await self._transaction.write(insert(HandoverMessageRow).values(**values))

    async def messages(self, reference: HandoverId) -> list[HandoverMessage]:
        """Everything that was said, oldest first."""
        said = select(*HandoverMessageRow.__table__.c).where(HandoverMessageRow.handover == reference).order_by(HandoverMessageRow.id)
        return [
            HandoverMessage(
                handover=reference,
                author=row.author,
                staff=row.staff,
                written_at=row.written_at,
                text=open_text(self._cipher, row.text, text_place(row.reference)) or "",
            )
            for row in await self._transaction.read(said)
        ]

    async def of_conversation(self, conversation: ConversationId) -> list[Handover]:
        """The chats with a human that one person had, oldest first."""
        return await self._all(HandoverRow.conversation == conversation)

    async def open_untouched_since(self, moment: datetime) -> list[Handover]:
        """The chats that have not ended and in which nothing was said since."""
        return await self._all(HandoverRow.state != ENDED, HandoverRow.touched_at < moment)

    async def delete_conversation(self, conversation: ConversationId) -> None:
        """Delete everything one person said to a human, and the answers."""
        await self._delete(HandoverRow.conversation == conversation)

    async def delete_ended_before(self, moment: datetime) -> int:
        """Delete chats that ended before a moment; how many."""
        return await self._delete(HandoverRow.ended_at < moment)

    async def _all(self, *which: ColumnElement[bool]) -> list[Handover]:
        rows = await self._transaction.read(select(*COLUMNS).where(*which).order_by(HandoverRow.opened_at))
        return [self._read(row) for row in rows]

    async def _delete(self, which: ColumnElement[bool]) -> int:
        chats = select(HandoverRow.reference).where(which)
        await self._transaction.write(delete(HandoverMessageRow).where(HandoverMessageRow.handover.in_(chats)))
        return (await self._transaction.write(delete(HandoverRow).where(which))).rowcount

    def _changing(self, handover: Handover) -> dict[str, Any]:
        return {"state": handover.state.value, **{name: getattr(handover, name) for name in IN_CLEAR}}

    def _read(self, row: Row[Any]) -> Handover:
        return Handover(
            reference=HandoverId(row.reference),
            channel=Channel(row.channel),
            state=HandoverState(row.state),
            address=open_text(self._cipher, row.address, address_place(row.reference)) or "",
            **{name: getattr(row, name) for name in IN_CLEAR},
        )


def is_visible(member: StaffMember) -> ColumnElement[bool]:
    """The wall between municipalities, as for cases."""
    own = HandoverRow.municipality.in_(sorted(member.municipalities))
    return or_(own, HandoverRow.municipality.is_(None)) if Role.LEAD in member.roles else own


def address_place(reference: str) -> str:
    """What an address is bound to."""
    return f"handovers.address:{reference}"


def text_place(reference: str) -> str:
    """What the words of a message are bound to."""
    return f"handover_messages.text:{reference}"
