"""The report as PDF, A4: tables with a bar beside every number, page numbers, and at the end what was counted and hidden."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.services.desk.statistics.report_document import Line, ReportDocument, Section

FONTS = Path(__file__).parent / "fonts"
HIDDEN = "–"
INK, QUIET, SIGNAL, ALARM, HAIR = (28, 36, 39), (85, 96, 103), (11, 92, 107), (161, 22, 22), (221, 214, 200)
MARGIN, LABEL, BAR, COUNT, SHARE = 18.0, 78.0, 46.0, 22.0, 28.0
"""Widths in millimetres; together those of a page."""
LINE = 5.2
BAR_HEIGHT = 2.6
FOOT = 20.0


def write_pdf(document: ReportDocument) -> bytes:
    """All pages; a hidden number is a dash without a bar."""
    paper = _Paper(document)
    paper.add_page()
    _write_head(paper, document)
    for section in document.sections:
        _write_section(paper, section, document.language)
    _write_explained(paper, document)
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 with our font, and a foot on every page."""

    def __init__(self, document: ReportDocument) -> None:
        super().__init__(format="A4")
        self.document = document
        self.add_font("Report", fname=FONTS / "DejaVuSans.ttf")
        self.add_font("Report", style="B", fname=FONTS / "DejaVuSans-Bold.ttf")
        self.set_lang(document.language)
        self.set_title(document.title)
        self.set_author(document.creator)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, FOOT)  # noqa: FBT003  # its name in fpdf is positional

    def footer(self) -> None:
        """Title and place of the page; the warning is repeated, since pages get separated."""
        self.set_y(-FOOT + 6)
        self.write_line(self.document.warning or self.document.title, size=7.5, colour=ALARM if self.document.warning else QUIET)
        words = self.document.page_of.format(page=self.page_no(), pages=self.str_alias_nb_pages)
        self.write_line(f"{self.document.creator} · {words}", size=7.5, colour=QUIET)

    def write_line(self, text: str, *, size: float, colour: tuple[int, int, int] = INK, bold: bool = False) -> None:
        """A paragraph over the whole width."""
        self.set_font("Report", style="B" if bold else "", size=size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _write_head(paper: _Paper, document: ReportDocument) -> None:
    paper.write_line(document.title, size=18, bold=True)
    paper.ln(2)
    if document.warning:
        paper.write_line(document.warning, size=10, colour=ALARM, bold=True)
        paper.ln(2)
    for name, value in document.facts:
        paper.set_font("Report", size=10)
        paper.set_text_color(*QUIET)
        paper.cell(LABEL, LINE, name)
        paper.set_text_color(*INK)
        paper.multi_cell(0, LINE, value, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _write_section(paper: _Paper, section: Section, language: str) -> None:
    shown = [line for line in section.lines if not line.is_total]
    height = 16 + LINE * min(len(shown), 14)
    if paper.will_page_break(height):
        paper.add_page()
    paper.ln(6)
    paper.write_line(section.title, size=12, bold=True)
    paper.ln(1)
    if section.lines:
        _write_row(paper, ("", section.count_header, section.share_header), colour=QUIET)
    largest = max((line.count or 0 for line in shown), default=0)
    for line in section.lines:
        _write_line(paper, line, largest, language)
    for note in section.notes:
        paper.ln(1)
        paper.write_line(note, size=8.5, colour=QUIET)


def _write_line(paper: _Paper, line: Line, largest: int, language: str) -> None:
    share = "" if line.share is None else f"{100 * line.share:.1f} %".replace(".", "," if language == "de" else ".")
    count, share = (HIDDEN, HIDDEN) if line.count is None else (str(line.count), share)
    top = paper.get_y()
    _write_row(paper, (f"{'    ' * line.level}{line.label}", count, share), bold=line.is_total)
    if line.count and largest and not line.is_total and paper.get_y() > top:
        paper.set_fill_color(*(QUIET if line.level else SIGNAL))
        middle = paper.get_y() - LINE / 2 - BAR_HEIGHT / 2
        paper.rect(MARGIN + LABEL, middle, max((BAR - 4) * line.count / largest, 0.4), BAR_HEIGHT, style="F")


def _write_row(paper: _Paper, cells: tuple[str, str, str], *, colour: tuple[int, int, int] = INK, bold: bool = False) -> None:
    """A label, which may take several lines, and two numbers on its last one; then a hair line."""
    paper.set_font("Report", style="B" if bold else "", size=9)
    paper.set_text_color(*colour)
    paper.multi_cell(LABEL, LINE, cells[0] or " ", align="L", new_x=XPos.RIGHT, new_y=YPos.LAST)
    paper.cell(BAR, LINE)
    paper.cell(COUNT, LINE, cells[1], align="R")
    paper.cell(SHARE, LINE, cells[2], align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_draw_color(*HAIR)
    paper.line(MARGIN, paper.get_y(), paper.w - MARGIN, paper.get_y())


def _write_explained(paper: _Paper, document: ReportDocument) -> None:
    if paper.will_page_break(40):
        paper.add_page()
    paper.ln(8)
    paper.write_line(document.explained_title, size=12, bold=True)
    for sentence in document.explained:
        paper.ln(1.5)
        paper.write_line(sentence, size=9)
