"""What was announced, and how far it is."""

from typing import Any

from sqlalchemy import ColumnElement, Row, UnaryExpression, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.knowledge_tables import AnnouncementRow
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.knowledge import Topic
from bot.domain.news import Announcement, Occasion, read_occasion

COLUMNS = AnnouncementRow.__table__.c
PLAIN = ("announced_by", "announced_at", "sent_after", "recipients", "ended_at")


class StoredAnnouncements:
    """Implements stored_subscriptions.Announcements."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, announcement: Announcement) -> bool:
        """Store it; False when this occasion was announced already."""
        values = {"occasion": str(announcement.occasion), "topic": announcement.topic.value}
        values |= {name: getattr(announcement, name) for name in PLAIN}
        added = insert(AnnouncementRow).on_conflict_do_nothing().returning(COLUMNS.occasion)
        return (await self._transaction.write(added, values)).one_or_none() is not None

    async def find(self, occasion: Occasion) -> Announcement | None:
        """The announcement of an occasion."""
        return next(iter(await self._all(COLUMNS.occasion == str(occasion))), None)

    async def newest(self, most: int) -> list[Announcement]:
        """The newest ones, newest first."""
        return await self._all(order=(COLUMNS.announced_at.desc(), COLUMNS.occasion), most=most)

    async def running(self) -> Announcement | None:
        """The oldest one that has not ended."""
        order = (COLUMNS.announced_at, COLUMNS.occasion)
        return next(iter(await self._all(COLUMNS.ended_at.is_(None), order=order, most=1)), None)

    async def move(self, announcement: Announcement, before: Announcement) -> None:
        """Store how far it is. Raises ConflictError when somebody moved it meanwhile."""
        same = COLUMNS.occasion == str(before.occasion), COLUMNS.sent_after == before.sent_after, COLUMNS.ended_at.is_(None)
        values = {name: getattr(announcement, name) for name in ("sent_after", "recipients", "ended_at")}
        moved = await self._transaction.write(update(AnnouncementRow).where(*same).values(**values))
        if moved.rowcount != 1:
            message = "Another process moved this announcement meanwhile."
            raise ConflictError(message)

    async def _all(
        self, *which: ColumnElement[bool], order: tuple[ColumnElement[Any] | UnaryExpression[Any], ...] = (), most: int | None = None
    ) -> list[Announcement]:
        rows = await self._transaction.read(select(*COLUMNS).where(*which).order_by(*order).limit(most))
        return [_read(row) for row in rows]


def _read(row: Row[Any]) -> Announcement:
    return Announcement(occasion=read_occasion(row.occasion), topic=Topic(row.topic), **{name: getattr(row, name) for name in PLAIN})
