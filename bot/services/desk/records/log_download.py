"""Note that somebody takes a list out of the house as a file."""

from typing import Literal

from bot.domain.account_log import log_at_desk
from bot.domain.case_log import CaseEvent
from bot.domain.staff import StaffMember
from bot.services.desk.ports import DeskPorts


async def log_download(file: Literal["log", "journal"], member: StaffMember, ports: DeskPorts) -> None:
    """Log it. Raises ConflictError, NotAvailableError where the log takes no entries because somebody tampered with its end."""
    async with ports.bot.unit_of_work() as work:
        await work.case_log.append(log_at_desk(CaseEvent.DOWNLOADED, by=member.id, at=ports.bot.now(), file=file))
        await work.commit()
