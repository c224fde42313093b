"""A report in the words of the visitor: what the page and every file show."""

from collections.abc import Iterable, Mapping
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent

from bot.console.labels import city_name, label
from bot.console.visit import Visit
from bot.domain.case_codes import OTHER
from bot.domain.knowledge import MunicipalityId
from bot.domain.report_periods import GERMANY, Period, is_final
from bot.domain.statistics import Report, Table
from bot.domain.suppression import least_sum
from bot.services.desk.statistics.make_report import ReportView
from bot.services.desk.statistics.report_document import Line, ReportDocument, Section

ORDER = (
    "month", "ground", "area", "form", "acknowledged", "closed", "outcome", "kind", "channel", "language", "gender", "age_band",
)  # fmt: skip
USAGE = ("gender", "language")
"""What Halle's product page breaks usage down by, and by what its Ombuds function is asked for."""
OWN_CODES = ("acknowledged", "closed")
"""Tables whose rows are no codes of a case."""
OF_CLOSED = ("closed", "outcome")


def tell_report(visit: Visit, view: ReportView) -> ReportDocument:
    """The whole report."""
    report = view.report
    names = [name for name in ORDER if name in report.tables]
    sections = [_section(visit, report, report.tables[name]) for name in names]
    if len(view.cities) > 1:
        sections.append(_cities(visit, view.cities))
    explained = ["cases", "mentions", "erased", "closed", "hidden", "overlap", "source"]
    return _document(visit, report, "statistics.title", sections, explained)


def tell_usage(visit: Visit, view: ReportView) -> ReportDocument:
    """The yearly figure by gender and by language, named as on Halle's product page: usage, absolute and in percent."""
    report = view.report
    sections = [_section(visit, report, report.tables[name], "usage") for name in USAGE if name in report.tables]
    return _document(visit, report, "statistics.usage", sections, ["product", "cases", "erased", "hidden", "overlap", "source"])


def period_name(visit: Visit, period: Period) -> str:
    """What a period is called."""
    if period.kind == "months":
        first, last = (month_name(visit, month) for month in (period.starts[0], period.starts[-1]))
        return first if period.months == 1 else f"{first} – {last}"
    year = str(period.first.year)
    return year if period.is_year else visit.said(f"statistics.period.{period.kind}", place=str(period.place), year=year)


def month_name(visit: Visit, day: date, skeleton: str = "yMMMM") -> str:
    """A month with its year."""
    return str(format_skeleton(skeleton, day, locale=visit.language))


def in_percent(visit: Visit, share: float) -> str:
    """A share of the whole, with one decimal place."""
    return str(format_percent(share, "#,##0.0\u202f%", locale=visit.language))


def _document(visit: Visit, report: Report, title: str, sections: list[Section], explained: Iterable[str]) -> ReportDocument:
    period = report.period
    final = is_final(period, visit.now.astimezone(GERMANY).date())
    return ReportDocument(
        language=visit.language,
        title=visit.said(title),
        facts=(*_facts(visit, report), *(_facts_of_closed(visit, report) if title == "statistics.title" else ())),
        warning="" if final else visit.said("statistics.internal"),
        sections=tuple(sections),
        explained_title=visit.said("statistics.explained"),
        explained=tuple(visit.said(f"statistics.explained.{part}") for part in explained),
        page_of=visit.said("statistics.page-of", page="{page}", pages="{pages}"),
        creator=visit.said("desk.name"),
    )


def _facts(visit: Visit, report: Report) -> Iterable[tuple[str, str]]:
    period = report.period
    today = visit.now.astimezone(GERMANY)
    span = " – ".join(str(format_date(day, "medium", locale=visit.language)) for day in (period.first, period.last))
    yield visit.said("statistics.city"), city_name(visit, report.city)
    yield visit.said("statistics.period"), f"{period_name(visit, period)} ({span})"
    yield visit.said("statistics.made-on"), str(format_date(today, "medium", locale=visit.language))
    yield visit.said("statistics.filed"), _total(visit, report.filed)


def _facts_of_closed(visit: Visit, report: Report) -> Iterable[tuple[str, str]]:
    yield visit.said("statistics.closed"), _total(visit, report.closed)
    for name in report.median_days:
        yield visit.said(f"statistics.median.{name}"), _days(visit, report.median_days[name])


def _total(visit: Visit, count: int | None) -> str:
    return visit.said("statistics.too-few") if count is None else str(count)


def _days(visit: Visit, days: float) -> str:
    whole = round(days)
    if whole > 1:
        return visit.said("statistics.days.more", days=whole)
    return visit.said("statistics.days.one" if whole else "statistics.days.less")


def _section(visit: Visit, report: Report, table: Table, kind: str = "table") -> Section:
    usage = kind == "usage"
    unit = "mentions" if table.name == "ground" else "closed" if table.name in OF_CLOSED else "cases"
    notes = [visit.said("statistics.note.mentions", mentions=table.total, cases=report.filed)] if table.name == "ground" else []
    if table.is_hidden:
        notes = [*notes, visit.said("statistics.note.hidden-table", cases=least_sum(len(table.cells)))]
    whole = report.filed if table.name == "ground" else table.total
    return Section(
        key=table.name.replace("_", "-"),
        title=visit.said(f"statistics.{kind}.{table.name.replace('_', '-')}"),
        count_header=visit.said("statistics.absolute" if usage else f"statistics.unit.{unit}"),
        share_header=visit.said(
            "statistics.percent" if usage else "statistics.share" if unit != "mentions" else "statistics.share-of-cases"
        ),
        lines=() if table.is_hidden else tuple(_lines(visit, report, table, whole or table.total)),
        notes=tuple(notes),
        is_series=table.name == "month",
    )


def _lines(visit: Visit, report: Report, table: Table, whole: int) -> Iterable[Line]:
    for code, count in table.cells.items():
        yield _line(_row_name(visit, table.name, code), count, whole)
        parts = report.details.get(code) if table.name == "area" else None
        if parts and not parts.is_hidden:
            for detail, part in parts.cells.items():
                if part != 0:
                    yield _line(label(visit, "area-detail", f"{code}.{detail}"), part, whole, level=1)
    mentions = table.name == "ground"
    total = visit.said("statistics.total.mentions" if mentions else "statistics.total.cases")
    yield Line(label=total, count=table.total, share=None if mentions else 1.0, is_total=True)


def _line(name: str, count: int | None, whole: int, level: int = 0) -> Line:
    return Line(label=name, count=count, share=count / whole if whole and count is not None else None, level=level)


def _row_name(visit: Visit, table: str, code: str) -> str:
    if table == "month":
        return month_name(visit, date.fromisoformat(f"{code}-01"), "yMMM")
    if table in OWN_CODES:
        return visit.said(f"statistics.row.{table}.{code}")
    if table == "language" and code == OTHER:
        return visit.said("statistics.other-languages")
    return label(visit, table, code)


def _cities(visit: Visit, cities: Mapping[MunicipalityId, int | None]) -> Section:
    counts = list(cities.values())
    whole = sum(count for count in counts if count is not None)
    complete = None not in counts
    lines = [_line(city_name(visit, city), count, whole if complete else 0) for city, count in cities.items()]
    if complete:
        lines.append(Line(label=visit.said("statistics.total.cases"), count=whole, share=1.0, is_total=True))
    return Section(
        key="municipality",
        title=visit.said("statistics.table.municipality"),
        count_header=visit.said("statistics.unit.cases"),
        share_header=visit.said("statistics.share"),
        lines=tuple(lines),
        notes=() if complete else (visit.said("statistics.note.cities"),),
    )
