"""The report as a workbook: everything on one sheet, with real numbers to reckon with, and charts beside the tables."""

import io

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from bot.services.desk.statistics.report_document import ReportDocument, Section

HIDDEN = "–"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET = "Statistik"
ROWS_OF_CHART = 16
WIDTHS = (52, 14, 12)


def write_xlsx(document: ReportDocument) -> bytes:
    """A workbook of one sheet; a hidden number is a dash."""
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        book.set_properties({"title": document.title, "author": document.creator})
        sheet = book.add_worksheet(SHEET)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        _Writing(book, sheet).write(document)
    return file.getvalue()


class _Writing:
    """Fills the sheet from above."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book, self.sheet, self.row = book, sheet, 0
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.right = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        self.bold = book.add_format({"bold": True})
        self.part = book.add_format({"indent": 1})
        self.dash = book.add_format({"align": "right"})
        self.share = book.add_format({"num_format": "0.0%"})
        self.warning = book.add_format({"bold": True, "font_color": "#A11616"})

    def write(self, document: ReportDocument) -> None:
        """The whole report."""
        self._say(document.title, self.title)
        if document.warning:
            self._say(document.warning, self.warning)
        for name, value in document.facts:
            self.sheet.write_string(self.row, 0, name)
            self.sheet.write_string(self.row, 1, value)
            self.row += 1
        for section in document.sections:
            self.row += 1
            self._write_section(section)
        self.row += 1
        self._say(document.explained_title, self.bold)
        for sentence in document.explained:
            self._say(sentence)

    def _say(self, text: str, style: Format | None = None) -> None:
        self.sheet.write_string(self.row, 0, text, style)
        self.row += 1

    def _write_section(self, section: Section) -> None:
        top = self.row
        self.sheet.write_string(top, 0, section.title, self.head)
        self.sheet.write_string(top, 1, section.count_header, self.right)
        self.sheet.write_string(top, 2, section.share_header, self.right)
        for line in section.lines:
            self.row += 1
            style = self.bold if line.is_total else self.part if line.level else None
            self.sheet.write_string(self.row, 0, line.label, style)
            self._write_number(1, line.count, style if line.is_total else None, hidden=line.count is None)
            self._write_number(2, line.share, self.share, hidden=line.count is None)
        self.row += 1
        for note in section.notes:
            self._say(note)
        rows = sum(not line.is_total for line in section.lines)
        if rows and not any(line.level for line in section.lines):
            self._draw(section, top, rows)

    def _write_number(self, column: int, number: float | None, style: Format | None, *, hidden: bool) -> None:
        if hidden:
            self.sheet.write_string(self.row, column, HIDDEN, self.dash)
        elif number is not None:
            self.sheet.write_number(self.row, column, number, style)

    def _draw(self, section: Section, top: int, rows: int) -> None:
        """A chart beside the table, and enough empty rows that the next one stands below it."""
        chart = self.book.add_chart({"type": "column" if section.is_series else "bar"})
        chart.add_series({
            "name": section.title,
            "categories": [SHEET, top + 1, 0, top + rows, 0],
            "values": [SHEET, top + 1, 1, top + rows, 1],
            "fill": {"color": "#0B5C6B"},
        })  # fmt: skip
        chart.set_legend({"none": True})
        chart.set_title({"name": section.title, "name_font": {"size": 11}})
        if not section.is_series:
            chart.set_y_axis({"reverse": True})
        self.sheet.insert_chart(top, len(WIDTHS) + 1, chart, {"description": section.title})
        self.row = max(self.row, top + ROWS_OF_CHART)
