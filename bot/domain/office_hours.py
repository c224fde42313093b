"""When humans answer in chats: by weekday, in German time; public holidays are not modelled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MINUTES_A_DAY = 24 * 60
TIME = r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*(?:Uhr|h))?"
SPAN = re.compile(rf"{TIME}\s*(?:-|–|—|bis|to)\s*{TIME}", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*(?:[,;]|\bund\b|\band\b)\s*", re.IGNORECASE)


class HoursError(ValueError):
    """What was typed as hours is none; says why as the end of a key: unreadable, order, overlap."""


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """On a weekday (0 is Monday) from one minute of the day to another."""

    weekday: int
    opens: int
    closes: int


OfficeHours = tuple[Span, ...]
"""In order; empty where nobody has entered any."""


def is_office_open(hours: OfficeHours, moment: datetime) -> bool:
    """Whether somebody is there at a moment."""
    local = moment.astimezone(GERMANY)
    minute = local.hour * 60 + local.minute
    return any(span.weekday == local.weekday() and span.opens <= minute < span.closes for span in hours)


def next_opening(hours: OfficeHours, moment: datetime) -> datetime | None:
    """From when on somebody is there: the moment itself within the hours; None where there are no hours."""
    if is_office_open(hours, moment):
        return moment
    midnight = moment.astimezone(GERMANY).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=ahead) for ahead in range(8)]
    openings = [
        day.replace(hour=span.opens // 60, minute=span.opens % 60) for day in days for span in hours if span.weekday == day.weekday()
    ]
    return min((opening for opening in openings if opening > moment), default=None)


def read_hours(text: str, weekday: int) -> OfficeHours:
    """The hours of one day as typed. Raises HoursError.

    >>> [write_clock(span.opens) for span in read_hours("9-12, 13:30 bis 16 Uhr", 0)]
    ['09:00', '13:30']
    >>> read_hours("", 0)
    ()
    """
    spans = tuple(sorted(read_span(part, weekday) for part in SEPARATOR.split(text.strip()) if part))
    if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
        raise HoursError("overlap")
    return spans


def read_span(text: str, weekday: int) -> Span:
    """One "9:00–12:00". Raises HoursError."""
    found = SPAN.fullmatch(text)
    if not found:
        raise HoursError("unreadable")
    opens, closes = (int(found[group]) * 60 + int(found[group + 1] or 0) for group in (1, 3))
    minutes = [int(found[group] or 0) for group in (2, 4)]
    if max(minutes) > 59 or max(opens, closes) > MINUTES_A_DAY:  # noqa: PLR2004
        raise HoursError("unreadable")
    if opens >= closes:
        raise HoursError("order")
    return Span(weekday=weekday, opens=opens, closes=closes)


def write_hours(hours: Iterable[Span], weekday: int) -> str:
    """The hours of one day, as they may be typed.

    >>> write_hours(read_hours("13-16,9-12", 0), 0)
    '09:00–12:00, 13:00–16:00'
    """
    return ", ".join(f"{write_clock(span.opens)}–{write_clock(span.closes)}" for span in hours if span.weekday == weekday)


def write_clock(minute: int) -> str:
    """A minute of the day as "09:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def group_days(hours: OfficeHours) -> list[tuple[tuple[int, ...], str]]:
    """Neighbouring weekdays with the same hours together: the days, and their hours as text.

    >>> group_days((*read_hours("9-12", 0), *read_hours("9-12", 1), *read_hours("9-12", 3)))
    [((0, 1), '09:00–12:00'), ((3,), '09:00–12:00')]
    """
    groups: list[tuple[tuple[int, ...], str]] = []
    for weekday in sorted({span.weekday for span in hours}):
        written = write_hours(hours, weekday)
        if groups and groups[-1][1] == written and groups[-1][0][-1] == weekday - 1:
            groups[-1] = ((*groups[-1][0], weekday), written)
        else:
            groups.append(((weekday,), written))
    return groups
