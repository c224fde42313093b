"""The period report: what is counted, for which periods, and what of it is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from bot.domain.case_codes import AGE_BANDS, AREAS, FORMS, GENDERS, GROUNDS, KINDS, NOT_STATED, OTHER, OUTCOMES
from bot.domain.cases import ACKNOWLEDGE_WITHIN, FEEDBACK_WITHIN, CaseChannel
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.report_periods import Period
from bot.domain.suppression import Published, least_sum, suppress, suppress_total

Counts = Mapping[str, int]
ONE_MONTH = timedelta(days=30)
COUNTED: Mapping[str, Sequence[str]] = {
    "form": FORMS,
    "channel": tuple(CaseChannel),
    "kind": KINDS,
    "gender": GENDERS,
    "age_band": AGE_BANDS,
}
"""Columns of a case that are counted as they are, with their rows in the report. Beside them: area, language, grounds and months."""
ACKNOWLEDGED = ("within-7-days", "later", "not-yet")
CLOSED = ("within-1-month", "within-3-months", "later")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Everything counted for one city and period, before anything is hidden. Erased cases count, too."""

    months: Sequence[int]
    """Cases filed, month by month."""
    columns: Mapping[str, Counts]
    """Cases filed, by the columns of COUNTED and by language."""
    areas: Mapping[tuple[str, str], int]
    """Cases filed, by area and its detail."""
    grounds: Counts
    """Mentions: a case may name several grounds."""
    times_to_acknowledge: Sequence[timedelta]
    """Of the cases filed in the period that were acknowledged."""
    times_to_close: Sequence[timedelta]
    """Of the cases closed in the period, whenever they were filed."""
    outcomes: Counts
    """Of the cases closed in the period."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One published table. Its total is the sum of its cells, the hidden ones included."""

    name: str
    total: int
    cells: Published

    @property
    def is_hidden(self) -> bool:
        """Whether there are too few cases for so fine a table: all of it is hidden then, its zeros as well."""
        return self.total < least_sum(len(self.cells))

    @property
    def is_complete(self) -> bool:
        """Whether nothing in it is hidden."""
        return None not in self.cells.values()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What may leave the house about one city and period. A total is None where it is below five; nothing else is told then."""

    city: MunicipalityId
    period: Period
    filed: int | None
    closed: int | None
    tables: Mapping[str, Table]
    details: Mapping[str, Table]
    """By area: the second level of the areas whose own number is shown."""
    median_days: Mapping[str, float]
    """To acknowledge and to close, where the table of the same name hides nothing."""


def publish(figures: Figures, city: MunicipalityId, period: Period, languages: Sequence[Language]) -> Report:
    """The report: every table with its small numbers hidden."""
    filed, closed = sum(figures.months), len(figures.times_to_close)
    tables = [*(_tables_of_filed(figures, period, languages) if suppress_total(filed) else ())]
    tables += _tables_of_closed(figures) if suppress_total(closed) else ()
    by_name = {table.name: table for table in tables}
    medians = {"acknowledged": figures.times_to_acknowledge, "closed": figures.times_to_close}
    return Report(
        city=city,
        period=period,
        filed=suppress_total(filed),
        closed=suppress_total(closed),
        tables=by_name,
        details=_details(figures, by_name["area"].cells) if "area" in by_name else {},
        median_days={
            name: median(time / timedelta(days=1) for time in times)
            for name, times in medians.items()
            if suppress_total(len(times)) and name in by_name and by_name[name].is_complete
        },
    )


def _tables_of_filed(figures: Figures, period: Period, languages: Sequence[Language]) -> Iterable[Table]:
    filed = sum(figures.months)
    yield _table("month", dict(zip((f"{start:%Y-%m}" for start in period.starts), figures.months, strict=True)))
    yield _table("ground", figures.grounds, GROUNDS)
    yield _table("area", _sum_up((area, count) for (area, _), count in figures.areas.items()), tuple(AREAS))
    yield _table("language", _fold(figures.columns["language"], languages), (*languages, OTHER))
    for name, codes in COUNTED.items():
        yield _table(name, figures.columns[name], codes)
    in_time = sum(time <= ACKNOWLEDGE_WITHIN for time in figures.times_to_acknowledge)
    acknowledged = len(figures.times_to_acknowledge)
    yield _table("acknowledged", dict(zip(ACKNOWLEDGED, (in_time, acknowledged - in_time, filed - acknowledged), strict=True)))


def _tables_of_closed(figures: Figures) -> Iterable[Table]:
    limits = (timedelta(), ONE_MONTH, FEEDBACK_WITHIN, timedelta.max)
    spans = [(limits[place], limits[place + 1]) for place in range(len(CLOSED))]
    counts = [sum(after < max(time, timedelta.resolution) <= until for time in figures.times_to_close) for after, until in spans]
    yield _table("closed", dict(zip(CLOSED, counts, strict=True)))
    yield _table("outcome", figures.outcomes, OUTCOMES)


def _details(figures: Figures, areas: Published) -> Mapping[str, Table]:
    shown = {area for area, count in areas.items() if count and AREAS[area]}
    return {
        area: _table(area, {detail: count for (of, detail), count in figures.areas.items() if of == area}, (*AREAS[area], NOT_STATED))
        for area in AREAS
        if area in shown
    }


def _table(name: str, counts: Counts, codes: Sequence[str] = ()) -> Table:
    """A table with a row for every code of its list, whether anybody is in it or not."""
    rows = {str(code): counts.get(code, 0) for code in codes or counts}
    rows |= {code: count for code, count in counts.items() if code not in rows}
    return Table(name=name, total=sum(rows.values()), cells=suppress(rows))


def _fold(counts: Counts, languages: Sequence[Language]) -> Counts:
    """Languages that the bot does not speak, together: which they are would tell something by itself."""
    return _sum_up((code if code in languages else OTHER, count) for code, count in counts.items())


def _sum_up(pairs: Iterable[tuple[str, int]]) -> Counts:
    summed: dict[str, int] = {}
    for code, count in pairs:
        summed[code] = summed.get(code, 0) + count
    return summed
