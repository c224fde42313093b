"""A report in words: what the page shows and every file holds, so that they cannot differ."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table. A count of None is hidden."""

    label: str
    count: int | None
    share: float | None
    """Of the whole, from 0 to 1; None where the count is hidden, or where a share says nothing."""
    level: int = 0
    """1 for a part of the row above."""
    is_total: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """One table with its chart."""

    key: str
    title: str
    count_header: str
    share_header: str
    lines: tuple[Line, ...]
    """Empty where the whole table is hidden; a note says so."""
    notes: tuple[str, ...] = ()
    is_series: bool = False
    """Whether the rows follow one another in time."""


@dataclass(frozen=True, kw_only=True)
class ReportDocument:
    """A whole report in one language."""

    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """City, period, day of making, totals: name and value."""
    warning: str
    """Says that it is not for publication; empty where it is."""
    sections: tuple[Section, ...]
    explained_title: str
    explained: tuple[str, ...]
    """What is counted, what “–” means, where the figures come from."""
    page_of: str
    """"Page {page} of {pages}", with the holes left open."""
    creator: str


ReportWriter = Callable[[ReportDocument], bytes]
"""Makes a file of a report."""
