"""The periods of a report: whole months, and who may choose which (docs/adr/0008)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cases import add_months
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import StaffMember

GERMANY = ZoneInfo("Europe/Berlin")
YEAR, HALF, QUARTER = 12, 6, 3
MOST_MONTHS = 24
FIRST_YEAR = 2020
CODE = re.compile(r"(?P<year>\d{4})(-h(?P<half>[12])|-q(?P<quarter>[1-4])|-(?P<month>\d\d)--(?P<year2>\d{4})-(?P<month2>\d\d))?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Period:
    """So many whole months from the first day of a month."""

    first: date
    months: int

    @property
    def starts(self) -> tuple[date, ...]:
        """The first day of every month."""
        return tuple(add_months(self.first, month) for month in range(self.months))

    @property
    def last(self) -> date:
        """The last day."""
        return add_months(self.first, self.months) - timedelta(days=1)

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        return self.kind == "year"

    @property
    def kind(self) -> str:
        """What it is: year, half, quarter, or months for any other choice."""
        kind = {YEAR: "year", HALF: "half", QUARTER: "quarter"}.get(self.months, "months")
        return kind if (self.first.month - 1) % self.months == 0 else "months"

    @property
    def place(self) -> int:
        """Which half or quarter of its year it is, from 1."""
        return (self.first.month - 1) // self.months + 1

    @property
    def code(self) -> str:
        """How addresses name it.

        >>> Period(first=date(2026, 7, 1), months=3).code, Period(first=date(2026, 2, 1), months=1).code
        ('2026-q3', '2026-02--2026-02')
        """
        if self.kind == "months":
            return f"{self.first:%Y-%m}--{self.last:%Y-%m}"
        return f"{self.first.year}" + {"year": "", "half": f"-h{self.place}", "quarter": f"-q{self.place}"}[self.kind]


def read_period(code: str) -> Period:
    """The period that an address names. Raises LookupError.

    >>> read_period("2026-h2")
    Period(first=datetime.date(2026, 7, 1), months=6)
    >>> read_period("2025-11--2026-01").last
    datetime.date(2026, 1, 31)
    """
    found = CODE.fullmatch(code)
    if found is None:
        raise LookupError(code)
    year, month, months = int(found["year"]), 1, YEAR
    if found["half"]:
        month, months = HALF * (int(found["half"]) - 1) + 1, HALF
    elif found["quarter"]:
        month, months = QUARTER * (int(found["quarter"]) - 1) + 1, QUARTER
    elif found["month"]:
        month = int(found["month"])
        months = (int(found["year2"]) - year) * YEAR + int(found["month2"]) - month + 1
    if not (FIRST_YEAR <= year < date.max.year - 2 and 1 <= month <= YEAR and 1 <= months <= MOST_MONTHS):
        raise LookupError(code)
    if found["month2"] and not 1 <= int(found["month2"]) <= YEAR:
        raise LookupError(code)
    return Period(first=date(year, month, 1), months=months)


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(first=day.replace(month=1, day=1), months=YEAR)


def is_final(period: Period, today: date) -> bool:
    """Whether a report on it may be published: calendar years that are over. They never overlap, so nothing can be subtracted."""
    return period.is_year and period.last < today


def may_read(member: StaffMember, city: MunicipalityId, period: Period, today: date) -> bool:
    """Whether somebody may have this report: final ones of the own cities; any other only who sees every case of the city anyway."""
    if city not in member.municipalities or period.first > today:
        return False
    return is_final(period, today) or member.sees_case_of(city)


def periods_of(year: int) -> Iterable[Period]:
    """A calendar year with its halves and quarters."""
    for months in (YEAR, HALF, QUARTER):
        for start in range(1, YEAR + 1, months):
            yield Period(first=date(year, start, 1), months=months)
