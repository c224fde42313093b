"""The report as CSV, as spreadsheet programs in Germany open it: UTF-8 with a mark, semicolons, decimal commas."""

import csv
import io
from collections.abc import Iterable

from bot.services.desk.statistics.report_document import Line, ReportDocument

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""
HIDDEN = "–"
Cells = tuple[str, ...]


def write_csv(document: ReportDocument) -> bytes:
    """One table after another; a hidden number is a dash."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([defuse(cell) for cell in row] for row in _rows(document))
    return file.getvalue().encode("utf-8-sig")


def defuse(cell: str) -> str:
    """A cell that no spreadsheet calculates.

    >>> defuse("=1+1"), defuse("– 5"), defuse("Halle")
    ("'=1+1", '– 5', 'Halle')
    """
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _rows(document: ReportDocument) -> Iterable[Cells]:
    yield (document.title,)
    yield from ((document.warning,),) if document.warning else ()
    yield from document.facts
    for section in document.sections:
        yield ()
        yield (section.title, section.count_header, section.share_header)
        yield from (_row(line, document.language) for line in section.lines)
        yield from ((note,) for note in section.notes)
    yield ()
    yield (document.explained_title,)
    yield from ((sentence,) for sentence in document.explained)


def _row(line: Line, language: str) -> Cells:
    if line.count is None:
        return (f"{'  ' * line.level}{line.label}", HIDDEN, HIDDEN)
    share = "" if line.share is None else f"{100 * line.share:.1f} %".replace(".", "," if language == "de" else ".")
    return (f"{'  ' * line.level}{line.label}", str(line.count), share)
