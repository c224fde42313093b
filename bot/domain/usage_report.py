"""The usage of one month as it may be shown: every table with its small numbers hidden (docs/adr/0008).

Months never overlap, and every table is about all of a month: nothing can be subtracted. Numbers of single months stand beside each
other without a sum.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.case_codes import OTHER
from bot.domain.cases import add_months
from bot.domain.statistics import Table
from bot.domain.suppression import suppress, suppress_total
from bot.domain.usage import FEEDBACK, QUESTIONS, VIEWS, UsageFigures, UsageKind

MONTHS = 36
"""How many months there are to choose from, this one included; all of them are still complete (delete_overdue)."""
NO_CITY = "none"
CODE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class UsageReport:
    """What may be shown of a month. A total is None where it is below five; nothing else is told about it then."""

    month: date
    """Its first day."""
    last_day: date
    """Up to here it was counted: its last day, or today."""
    is_final: bool
    questions: int | None
    views: int | None
    feedback: int | None
    emergencies: int | None
    tables: Mapping[str, Table]
    entries: Mapping[str, Table]
    """By topic: its entries, where the topic's own number is shown."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows that tables have, whether anything was counted or not."""

    languages: Sequence[str]
    cities: Sequence[str]
    topics: Mapping[str, Sequence[str]]
    """The entries of each topic."""


def publish_usage(figures: UsageFigures, month: date, today: date, rows: Rows) -> UsageReport:
    """The report on a month of which this was counted."""
    last_day = min(add_months(month, 1) - timedelta(days=1), today)
    questions, views, feedback = (suppress_total(figures.total(kinds)) for kinds in (QUESTIONS, VIEWS, FEEDBACK))
    tables: list[Table] = []
    if questions:
        days = [str(month.replace(day=day)) for day in range(1, last_day.day + 1)]
        tables += [
            to_table("day", days, figures.days),
            to_table("outcome", QUESTIONS, only(figures.kinds, QUESTIONS)),
            to_table("language", (*rows.languages, OTHER), figures.languages),
            to_table("municipality", (*rows.cities, NO_CITY), figures.cities),
        ]
    if feedback:
        tables.append(to_table("feedback", FEEDBACK, only(figures.kinds, FEEDBACK)))
    entries: dict[str, Table] = {}
    if views:
        parts = {topic: only(figures.entries, listed) for topic, listed in rows.topics.items()}
        sums = {topic: sum(part.values()) for topic, part in parts.items()}
        topics = to_table("topic", (*rows.topics, OTHER), {**sums, OTHER: figures.total(VIEWS) - sum(sums.values())})
        tables.append(topics)
        entries = {topic: to_table(topic, rows.topics[topic], parts[topic]) for topic in rows.topics if topics.cells[topic]}
    return UsageReport(
        month=month,
        last_day=last_day,
        is_final=today >= add_months(month, 1),
        questions=questions,
        views=views,
        feedback=feedback,
        emergencies=suppress_total(figures.total((UsageKind.EMERGENCY,))),
        tables={table.name: table for table in tables},
        entries=entries,
    )


def only(counted: Mapping[str, int], codes: Sequence[str]) -> Mapping[str, int]:
    """What was counted of some codes."""
    return {code: counted.get(code, 0) for code in codes}


def to_table(name: str, codes: Sequence[str], counted: Mapping[str, int]) -> Table:
    """A table with these rows; what belongs to none of them goes to the last one.

    >>> to_table("language", ["de", "other"], {"de": 21, "xx": 4, "yy": 2}).cells
    {'de': 21, 'other': 6}
    """
    counts: Counter[str] = Counter(dict.fromkeys(map(str, codes), 0))
    for code, times in counted.items():
        counts[str(code) if code in counts else str(codes[-1])] += times
    return Table(name=name, total=counts.total(), cells=suppress(counts))


def read_month(code: str, today: date) -> date:
    """The first day of a month that there is a report on. Raises LookupError.

    >>> read_month("2026-02", date(2026, 11, 20))
    datetime.date(2026, 2, 1)
    """
    found = CODE.fullmatch(code)
    month = date(int(found[1]), int(found[2]), 1) if found and int(found[1]) else None
    if month not in months_until(today):
        raise LookupError(code)
    return month


def months_until(today: date, number: int = MONTHS) -> list[date]:
    """The first days of the last months, the latest first.

    >>> [str(month) for month in months_until(date(2026, 1, 15), 2)]
    ['2026-01-01', '2025-12-01']
    """
    return [add_months(today.replace(day=1), -back) for back in range(number)]
