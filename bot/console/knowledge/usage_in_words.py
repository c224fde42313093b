"""The report on usage in the words of the visitor: what the page and every file show."""

from collections.abc import Iterable

from babel.dates import format_date

from bot.console.labels import city_name, label, language_name
from bot.console.statistics.in_words import month_name
from bot.console.visit import Visit
from bot.domain.case_codes import OTHER
from bot.domain.knowledge import EntryId, in_language
from bot.domain.statistics import Table
from bot.domain.suppression import least_sum
from bot.domain.usage_report import UsageReport
from bot.services.desk.knowledge.read_usage import UsageView
from bot.services.desk.statistics.report_document import Line, ReportDocument, Section

ORDER = ("day", "outcome", "feedback", "language", "municipality", "topic")
UNITS = {"feedback": "feedback", "topic": "views"}
"""What is counted where it is not questions."""


def tell_usage(visit: Visit, view: UsageView) -> ReportDocument:
    """The whole report."""
    report = view.report
    sections = [to_section(visit, name, report.tables[name]) for name in ORDER if name in report.tables]
    sections += [to_section(visit, f"entries-{topic}", table, "views") for topic, table in report.entries.items()]
    sections.append(compare(visit, view))
    return ReportDocument(
        language=visit.language,
        title=visit.said("usage.title"),
        facts=tuple(to_facts(visit, report)),
        warning="" if report.is_final else visit.said("usage.running"),
        sections=tuple(sections),
        explained_title=visit.said("usage.explained"),
        explained=tuple(
            visit.said(f"usage.explained.{part}") for part in ("questions", "outcome", "views", "feedback", "hidden", "privacy")
        ),
        page_of=visit.said("statistics.page-of", page="{page}", pages="{pages}"),
        creator=visit.said("desk.name"),
    )


def to_facts(visit: Visit, report: UsageReport) -> Iterable[tuple[str, str]]:
    """The month and its totals."""
    span = [str(format_date(day, "medium", locale=visit.language)) for day in (report.month, report.last_day)]
    yield visit.said("usage.month"), f"{month_name(visit, report.month)} ({' – '.join(span)})"
    for name in ("questions", "views", "feedback", "emergencies"):
        count: int | None = getattr(report, name)
        yield visit.said(f"usage.total.{name}"), visit.said("statistics.too-few") if count is None else str(count)


def to_section(visit: Visit, name: str, table: Table, unit: str = "") -> Section:
    """One table; its rows of zero are left out where there are many, and the largest stands first where rows have no order."""
    unit = unit or UNITS.get(name, "questions")
    is_entries = name.startswith("entries-")
    lines = [
        to_line(row_name(visit, name, code), count, table.total) for code, count in table.cells.items() if count != 0 or not is_entries
    ]
    if is_entries:
        lines.sort(key=lambda line: -(line.count or 0))  # hidden ones stay in their order among themselves
    total = Line(label=visit.said("usage.sum"), count=table.total, share=1.0, is_total=True)
    title = f"usage.table.{name}" if not is_entries else "usage.table.entries"
    return Section(
        key=name,
        title=visit.said(title, topic=label(visit, "topic", table.name) if is_entries else ""),
        count_header=visit.said(f"usage.unit.{unit}"),
        share_header=visit.said("statistics.share"),
        lines=() if table.is_hidden else (*lines, total),
        notes=(visit.said("usage.hidden-table", least=least_sum(len(table.cells))),) if table.is_hidden else (),
        is_series=name == "day",
    )


def to_line(name: str, count: int | None, whole: int) -> Line:
    """One row with its share."""
    return Line(label=name, count=count, share=count / whole if whole and count is not None else None)


def row_name(visit: Visit, table: str, code: str) -> str:
    """What a row is called."""
    if table == "day":
        return f"{int(code[-2:])}."
    if table == "language":
        return visit.said("statistics.other-languages") if code == OTHER else language_name(visit, code)
    if table == "municipality":
        return visit.said("usage.no-city") if code == "none" else city_name(visit, code)
    if table == "topic":
        return visit.said("usage.other-entries") if code == OTHER else label(visit, "topic", code)
    if table.startswith("entries-"):
        entry = visit.ports.bot.published.knowledge.entries.get(EntryId(code))
        return in_language(entry.title, visit.language)[0] if entry else code
    return visit.said(f"usage.kind.{code}")


def compare(visit: Visit, view: UsageView) -> Section:
    """The questions of twelve months beside each other, without a sum: it would tell what is hidden."""
    lines = [Line(label=month_name(visit, month, "yMMM"), count=count, share=None) for month, count in view.months]
    return Section(
        key="months",
        title=visit.said("usage.table.months"),
        count_header=visit.said("usage.unit.questions"),
        share_header="",
        lines=tuple(lines),
        notes=(visit.said("usage.months-hidden"),) if any(line.count is None for line in lines) else (),
        is_series=True,
    )
