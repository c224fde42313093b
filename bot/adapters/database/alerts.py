"""What staff is told. Alerts hold no content: a kind, a case number, and who has seen it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.case_rows import read_case
from bot.adapters.database.case_tables import CaseRow
from bot.adapters.database.staff_tables import AlertRow, StaffChatRow
from bot.adapters.database.transaction import Transaction
from bot.domain.alerts import CHAT_QUIET, Alert, AlertKind
from bot.domain.cases import Case, CaseNumber
from bot.domain.staff import Role, StaffId, StaffMember

ADD = insert(AlertRow).on_conflict_do_nothing()
SEALED = ("key", "statement", "contact", "reply_address", "assessment")
CLEAR_CASE = tuple(null().label(column.name) if column.name in SEALED else column for column in CaseRow.__table__.c)


class StoredAlerts:
    """Implements desk.stored_alerts.Alerts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, alerts: Iterable[Alert]) -> None:
        """Store alerts. What somebody has not seen yet is not repeated (a chat: for some minutes), nor a reminder of the same day."""
        for alert in alerts:
            if alert.due_on or not await self._is_unseen(alert):
                values = {"staff": alert.staff, "kind": alert.kind.value, "case_number": alert.case, "at": alert.at, "due_on": alert.due_on}
                await self._transaction.write(ADD, values)

    async def _is_unseen(self, alert: Alert) -> bool:
        same = [AlertRow.staff == alert.staff, AlertRow.kind == alert.kind.value, AlertRow.case_number.is_not_distinct_from(alert.case)]
        same += [AlertRow.at > alert.at - CHAT_QUIET] if alert.case is None else []
        return bool(await self._transaction.read(select(AlertRow.id).where(*same, AlertRow.seen_at.is_(None)).limit(1)))

    async def reminders(self, since: date) -> set[tuple[str, str, str | None, date | None]]:
        """Staff, kind, case and day of the reminders of days from `since` on."""
        columns = (AlertRow.staff, AlertRow.kind, AlertRow.case_number, AlertRow.due_on)
        rows = await self._transaction.read(select(*columns).where(AlertRow.due_on >= since))
        return {(row.staff, row.kind, row.case_number, row.due_on) for row in rows}

    async def due_cases(self, until: date) -> list[Case]:
        """The open cases that must be looked at by that day, without what the person wrote."""
        rows = await self._transaction.read(select(*CLEAR_CASE).where(CaseRow.next_due <= until, CaseRow.erased_at.is_(None)))
        return [read_case(row, None) for row in rows]

    async def newest(self) -> int:
        """The highest id."""
        [(newest,)] = await self._transaction.read(select(func.max(AlertRow.id)))
        return newest or 0

    async def of(self, member: StaffMember, *, limit: int, after: int = 0) -> Sequence[Alert]:
        """What somebody was told after an id, newest first, as far as they may still see the case."""
        told = select_alerts().where(AlertRow.staff == member.id, AlertRow.id > after, is_visible(member))
        return [read_alert(row) for row in await self._transaction.read(told.order_by(AlertRow.id.desc()).limit(limit))]

    async def count_unseen(self, member: StaffMember) -> int:
        """How many of them were not seen yet."""
        mine = AlertRow.staff == member.id, AlertRow.seen_at.is_(None), is_visible(member)
        [(count,)] = await self._transaction.read(select(func.count(AlertRow.id)).select_from(JOINED).where(*mine))
        return int(count)

    async def mark_seen(
        self, staff: StaffId, now: datetime, *, case: CaseNumber | None = None, kind: AlertKind | None = None, alert: int | None = None
    ) -> None:
        """Note that somebody has seen one alert, everything about a case or of a kind, or without any of these everything."""
        chosen: list[ColumnElement[bool]] = [AlertRow.staff == staff, AlertRow.seen_at.is_(None)]
        chosen += [AlertRow.case_number == case] if case else []
        chosen += [AlertRow.kind == kind.value] if kind else []
        chosen += [AlertRow.id == alert] if alert is not None else []
        if await self._transaction.read(select(AlertRow.id).where(*chosen).limit(1)):
            await self._transaction.write(update(AlertRow).where(*chosen).values(seen_at=now))

    async def take_untold(self, now: datetime) -> Sequence[Alert]:
        """What has to go to linked chats and was seen nowhere yet; each alert is given out once, whoever else asks meanwhile."""
        untold = AlertRow.told_at.is_(None), AlertRow.seen_at.is_(None)
        linked = select_alerts().join(StaffChatRow, StaffChatRow.staff == AlertRow.staff).where(AlertRow.at >= StaffChatRow.linked_at)
        found = {row.id: read_alert(row) for row in await self._transaction.read(linked.where(*untold).order_by(AlertRow.id))}
        if not found:
            return []
        taken = update(AlertRow).where(AlertRow.id.in_(found), *untold).values(told_at=now).returning(AlertRow.id)
        return [found[id_] for id_ in sorted(row.id for row in await self._transaction.write(taken))]

    async def delete_before(self, moment: datetime) -> int:
        """Delete old ones, seen or not; how many."""
        return (await self._transaction.write(delete(AlertRow).where(AlertRow.at < moment))).rowcount


JOINED = AlertRow.__table__.outerjoin(CaseRow.__table__, AlertRow.case_number == CaseRow.number)


def select_alerts() -> Select[Any]:
    """Alerts with the city of their case."""
    return select(*AlertRow.__table__.c, CaseRow.municipality).select_from(JOINED)


def is_visible(member: StaffMember) -> ColumnElement[bool]:
    """The wall between municipalities, as it is today: whoever has left a city is told nothing more about its cases."""
    own = CaseRow.municipality.in_(sorted(member.municipalities))
    cases = or_(own, CaseRow.municipality.is_(None)) if Role.LEAD in member.roles else own
    return or_(AlertRow.case_number.is_(None), cases)


def read_alert(row: Row[Any]) -> Alert:
    """The alert of a row."""
    return Alert(
        id=row.id,
        staff=StaffId(row.staff),
        kind=AlertKind(row.kind),
        case=row.case_number,
        at=row.at,
        due_on=row.due_on,
        seen_at=row.seen_at,
        municipality=row.municipality,
    )
