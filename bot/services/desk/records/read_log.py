"""A page of the case log."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.log_check import LogRow
from bot.domain.staff import StaffMember
from bot.services.desk.ports import DeskPorts
from bot.services.desk.records.stored_records import LogFilter

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """Entries from the newest down; `below` is where the next page starts, None at the end."""

    rows: Sequence[LogRow]
    below: int | None
    members: Sequence[StaffMember]


async def read_log(wanted: LogFilter, below: int | None, ports: DeskPorts, *, limit: int = PAGE) -> LogPage:
    """The entries that are wanted, below a position, with the people who may stand in them."""
    async with ports.bot.unit_of_work() as work:
        rows = await work.log_pages.page(wanted, below=below, limit=limit + 1)
        members = await work.staff.all()
    shown = rows[:limit]
    return LogPage(rows=shown, below=shown[-1].position if len(rows) > limit else None, members=members)
