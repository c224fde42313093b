"""Queues in the database: in order within each conversation, many workers, and no row is handed out twice within its lease."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningUpdate

from bot.adapters.database.columns import UtcDateTime
from bot.adapters.database.sealing import make_reference
from bot.adapters.database.tables import InboxRow, OutboxRow
from bot.adapters.database.transaction import Transaction

Lane = type[InboxRow] | type[OutboxRow]
NOW = bindparam("now", type_=UtcDateTime)


@cache
def select_free(lane: Lane) -> Select[int]:
    """The first row that waits, is due, and has no other one of its conversation before it or in work: the oldest, and before all news."""
    other = aliased(lane)
    blocked = exists().where(
        other.state == "waiting",
        other.conversation == lane.conversation,
        other.id != lane.id,
        or_(comes_before(other, lane), other.claimed_until > NOW),
    )
    is_free = or_(lane.claimed_until.is_(None), lane.claimed_until <= NOW)
    is_due = [OutboxRow.due_at <= NOW] if lane is OutboxRow else []
    order = [OutboxRow.rank, OutboxRow.id] if lane is OutboxRow else [lane.id]
    return select(lane.id).where(lane.state == "waiting", is_free, *is_due, ~blocked).order_by(*order).limit(1)


def comes_before(other: Lane, lane: Lane) -> ColumnElement[bool]:
    """Whether another row of a queue comes first: by age, but an answer overtakes the news that wait for the same person."""
    if lane is InboxRow:
        return other.id < lane.id
    return or_(other.rank < lane.rank, and_(other.rank == lane.rank, other.id < lane.id))  # type: ignore[union-attr]


@cache
def claim_free(lane: Lane) -> ReturningUpdate[Any]:
    """Lease that row; rows that others are leasing at this very moment are passed over."""
    chosen = select_free(lane).with_for_update(skip_locked=True).scalar_subquery()
    values = {"claim": bindparam("by"), "claimed_until": bindparam("until", type_=UtcDateTime), "attempts": lane.attempts + 1}
    return update(lane).where(lane.id == chosen).values(values).returning(*lane.__table__.c)


async def claim_next(transaction: Transaction, lane: Lane, now: datetime, lease: timedelta) -> Row[Any] | None:
    """Lease the next row, if there is one; an empty queue is found out by reading alone."""
    if not await transaction.read(select_free(lane), {"now": now}):
        return None
    return (await transaction.write(claim_free(lane), {"now": now, "by": make_reference(), "until": now + lease})).one_or_none()


async def count_waiting(transaction: Transaction, lane: Lane) -> int:
    """How many rows are neither done nor given up."""
    [(count,)] = await transaction.read(select(func.count()).select_from(lane).where(lane.state == "waiting"))
    return int(count)
