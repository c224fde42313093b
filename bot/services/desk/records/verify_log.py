"""Check the whole chain of the case log."""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.domain.log_check import NO_ENTRIES, SHIFTED_BY, Break, Head, LogCheck, find_fault, find_fault_at_end, see_addition
from bot.services.desk.records.stored_records import LogFilter
from bot.services.ports import UnitOfWork

PAGE = 500


async def verify_log(unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]]) -> LogCheck:
    """Follow the chain from the first entry to its noted end; entries that arrive meanwhile are followed, too."""
    async with unit_of_work() as work:
        end, broken = await _follow(work, NO_ENTRIES)
        head = await work.log_pages.head()
        while broken is None and head and head.position > end.position and await work.log_pages.rows(after=end.position, limit=1):
            end, broken = await _follow(work, end)
            head = await work.log_pages.head()
        newest = await work.log_pages.page(LogFilter(), below=None, limit=1)
    if head is None:
        return LogCheck(end=end, broken=broken, head_fits=False)
    last = Head(position=newest[0].position, hash=newest[0].hash) if newest else NO_ENTRIES
    return LogCheck(end=end, broken=broken or find_fault_at_end(end, head), head_fits=head == last)


async def _follow(work: UnitOfWork, end: Head) -> tuple[Head, Break | None]:
    """How far the chain holds from a good entry on, and what breaks it."""
    after = end.position if end is not NO_ENTRIES else None
    recent = deque[str](maxlen=SHIFTED_BY)
    while rows := await work.log_pages.rows(after=after, limit=PAGE):
        for row in rows:
            if broken := find_fault(row, end, recent):
                following = await work.log_pages.rows(after=row.position, limit=1)
                return end, see_addition(broken, end, following[0] if following else None)
            end = Head(position=row.position, hash=row.hash)
            recent.append(row.hash)
        after = end.position
    return end, None
