"""The case list: found, sorted and counted by what is not sealed. It reads nothing but the index ix_cases_list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Row, Text, and_, case, cast, false, func, literal, or_, select, true, tuple_
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from bot.adapters.database.case_tables import CaseLogRow, CaseMessageRow, CaseRow
from bot.adapters.database.columns import UtcDateTime
from bot.adapters.database.transaction import Transaction
from bot.domain.case_filter import AGES, DUE_SOON, NO_CITY, SORTED_BY, Place, Sort, View, Wall, rank_of
from bot.domain.case_log import CaseEvent
from bot.domain.cases import CaseNumber, CaseStatus
from bot.services.desk.cases.stored_list import CaseLine, Sought, SoughtWord

Condition = ColumnElement[bool]
SHOWN = (
    CaseRow.number, CaseRow.status, CaseRow.area, CaseRow.area_detail, CaseRow.grounds, CaseRow.municipality, CaseRow.language,
    CaseRow.filed_at, CaseRow.next_due, CaseRow.assignee, CaseRow.on_hold, CaseRow.proposed_closing, CaseRow.erased_at,
)  # fmt: skip
KEYS: Mapping[str, ColumnElement[Any]] = {
    "due": func.coalesce(CaseRow.next_due, literal(date.max, Date)),
    "filed": CaseRow.filed_at.expression,
    "rank": case({status.value: rank_of(status) for status in CaseStatus}, value=CaseRow.status),
}
TYPES: Mapping[str, TypeEngine[Any]] = {"due": Date(), "filed": UtcDateTime(), "rank": Integer(), "number": Text()}
NOT_STAFF = ("person", "system")
"""Who else stands in the case log as an actor."""
READ = CaseEvent.CASE_READ.value
"""Who only looked has not done anything yet."""
OF_OPEN = (View.MINE, View.NEW, View.OVERDUE)
"""The views that hold a part of the open cases."""


class StoredCaseSearch:
    """Implements desk.stored_list.CaseSearch."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def find(self, sought: Sought, *, after: Place | None, limit: int) -> list[CaseLine]:
        """The cases that follow a place in the order that is asked for."""
        sort = sought.filter.sort
        key = tuple_(*(KEYS[name] for name in SORTED_BY[sort]), CaseRow.number)
        found = select(*SHOWN).where(is_visible(sought.wall), is_sought(sought), views_of(sought)[sought.filter.view])
        if after is not None:
            names = (*SORTED_BY[sort], "number")
            place = tuple_(*(literal(value, TYPES[name]) for name, value in zip(names, after, strict=True)))
            found = found.where(key < place if sort is Sort.NEWEST else key > place)
        order = [part.desc() if sort is Sort.NEWEST else part.asc() for part in key.clauses]
        lines = [read_line(row) for row in await self._transaction.read(found.order_by(*order).limit(limit))]
        answered = await self._with_new_answer([line.number for line in lines])
        return [replace(line, has_new_answer=line.number in answered) for line in lines]

    async def count(self, sought: Sought) -> Mapping[View, int]:
        """How many cases each view holds under the same filter. The closed ones, by far the most, are only counted."""
        views = views_of(sought)
        counts = [func.count().filter(views[view]) for view in OF_OPEN]
        counted = select(func.count()).select_from(CaseRow).where(is_visible(sought.wall), is_sought(sought))
        opened = (await self._transaction.read(counted.add_columns(*counts).where(views[View.OPEN])))[0]
        closed = (await self._transaction.read(counted.where(views[View.CLOSED])))[0]
        found = {**dict(zip(OF_OPEN, opened[1:], strict=True)), View.OPEN: opened[0], View.CLOSED: closed[0]}
        return found | {View.ALL: opened[0] + closed[0]}

    async def _with_new_answer(self, numbers: Sequence[CaseNumber]) -> set[str]:
        """Those among some cases to which the person wrote after staff last did something."""
        written = select(CaseMessageRow.case_number, func.max(CaseMessageRow.written_at, type_=UtcDateTime()).label("at"))
        written = written.where(CaseMessageRow.case_number.in_(numbers), CaseMessageRow.author == "person")
        worked = select(CaseLogRow.case_number, func.max(CaseLogRow.at, type_=UtcDateTime()).label("at"))
        worked = worked.where(CaseLogRow.case_number.in_(numbers), CaseLogRow.actor.not_in(NOT_STAFF), CaseLogRow.event != READ)
        by_person = {row.case_number: row.at for row in await self._transaction.read(written.group_by(CaseMessageRow.case_number))}
        by_staff = {row.case_number: row.at for row in await self._transaction.read(worked.group_by(CaseLogRow.case_number))}
        return {number for number, moment in by_person.items() if number not in by_staff or by_staff[number] < moment}


def is_visible(wall: Wall) -> Condition:
    """The wall between municipalities."""
    own = CaseRow.municipality.in_(sorted(wall.cities))
    return or_(own, CaseRow.municipality.is_(None)) if wall.without_city else own


def views_of(sought: Sought) -> dict[View, Condition]:
    """What each tab shows."""
    is_open = CaseRow.status.in_([status.value for status in CaseStatus if status is not CaseStatus.CLOSED])
    return {
        View.MINE: and_(CaseRow.assignee == sought.me, is_open),
        View.NEW: CaseRow.status == CaseStatus.NEW.value,
        View.OVERDUE: and_(CaseRow.next_due < sought.today, is_open),
        View.OPEN: is_open,
        View.CLOSED: CaseRow.status == CaseStatus.CLOSED.value,
        View.ALL: true(),
    }


def is_sought(sought: Sought) -> Condition:
    """What the filter asks for. Erased cases are only found by somebody who searches."""
    wanted = sought.filter
    conditions = {
        "status": CaseRow.status.in_([status.value for status in wanted.status]),
        "city": CaseRow.municipality.is_(None) if wanted.city == NO_CITY else CaseRow.municipality == wanted.city,
        "assignee": _is_assigned(wanted.assignee, sought),
        "due": _is_due(wanted.due, sought.today),
        "area": CaseRow.area == wanted.area,
        "spoken": CaseRow.language == wanted.spoken,
        "age": CaseRow.filed_at < sought.now - AGES[wanted.age] if wanted.age else true(),
        "channel": CaseRow.channel == wanted.channel,
        "held": CaseRow.on_hold.is_(True),
        "proposed": CaseRow.proposed_closing.is_not(None),
        "ground": _has_ground(wanted.ground),
    }
    asked = [condition for name, condition in conditions.items() if getattr(wanted, name)]
    if wanted.words:
        return and_(*asked, *map(_holds_word, sought.words)) if sought.words else false()
    return and_(*asked, CaseRow.erased_at.is_(None))


def _is_assigned(assignee: str, sought: Sought) -> Condition:
    if assignee in ("nobody", "somebody"):
        return CaseRow.assignee.is_(None) if assignee == "nobody" else CaseRow.assignee.is_not(None)
    return CaseRow.assignee == (sought.me if assignee == "me" else assignee)


def _is_due(due: str, today: date) -> Condition:
    return CaseRow.next_due < today if due == "overdue" else CaseRow.next_due.between(today, today + DUE_SOON)


def _has_ground(ground: str) -> Condition:
    """Codes hold no quotation marks, so that one between two of them is whole."""
    return cast(CaseRow.grounds, Text).contains(f'"{ground}"', autoescape=True)


def _holds_word(word: SoughtWord) -> Condition:
    in_number = func.replace(CaseRow.number, "-", "", type_=Text()).contains(word.number_part, autoescape=True)
    found: list[Condition] = [in_number] if word.number_part else []
    for name, codes in word.codes.items():
        if name == "grounds":
            found += map(_has_ground, sorted(codes))
        elif name == "area_detail":
            found += [
                and_(CaseRow.area == area, CaseRow.area_detail == detail) for area, _, detail in (code.partition(".") for code in codes)
            ]
        elif codes:
            found.append(getattr(CaseRow, name).in_(sorted(codes)))
    return or_(*found) if found else false()


def read_line(row: Row[Any]) -> CaseLine:
    """A case as the list shows it."""
    values = {**row._mapping, "status": CaseStatus(row.status), "grounds": tuple(row.grounds)}  # noqa: SLF001  # SQLAlchemy's public name
    return CaseLine(**values)
