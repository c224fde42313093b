"""The erasure journal, and the file that it is kept in."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date

from bot.domain.case_filter import Wall
from bot.domain.cases import CaseNumber
from bot.domain.errors import NotReadableError
from bot.services.desk.records.stored_records import Erasure
from bot.services.ports import UnitOfWork

Begin = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
COLUMNS = ("case_number", "erased_on")


async def read_erasures(wall: Wall | None, unit_of_work: Begin, *, limit: int | None = None) -> Sequence[Erasure]:
    """What was erased in some cities, or in all (None), the latest first."""
    async with unit_of_work() as work:
        return await work.erasures.of(wall, limit=limit)


def write_journal(erasures: Iterable[Erasure]) -> str:
    r"""The journal as CSV: numbers and days only.

    >>> write_journal([Erasure(number=CaseNumber("W-1"), day=date(2026, 11, 20))])
    'case_number,erased_on\r\nW-1,2026-11-20\r\n'
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *((each.number, each.day.isoformat()) for each in erasures)])
    return text.getvalue()


def read_journal(text: str) -> list[Erasure]:
    """What write_journal wrote. Raises NotReadableError naming the line.

    >>> read_journal(write_journal([Erasure(number=CaseNumber("W-1"), day=date(2026, 11, 20))]))
    [Erasure(number='W-1', day=datetime.date(2026, 11, 20))]
    """
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    if not lines or tuple(lines[0]) != COLUMNS:
        message = f"This is no erasure journal: its first line must be “{','.join(COLUMNS)}”."
        raise NotReadableError(message)
    return [_read_line(cells, place) for place, cells in enumerate(lines[1:], start=2) if cells]


def _read_line(cells: list[str], place: int) -> Erasure:
    try:
        number, day = cells
        return Erasure(number=CaseNumber(number.strip()), day=date.fromisoformat(day.strip()))
    except ValueError as error:
        message = f"Line {place} of the erasure journal is not a case number and a day such as 2026-11-20."
        raise NotReadableError(message) from error
