"""End sessions: the own one, one by its reference, or all but one."""

from bot.domain.account_log import log_account
from bot.domain.case_log import CaseEvent
from bot.domain.staff import StaffId
from bot.services.desk.ports import DeskPorts


async def sign_out(staff: StaffId, reference: str, ports: DeskPorts, *, by: StaffId) -> None:
    """End one session of somebody; logged where somebody else does it. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        if not await work.staff_sessions.end(reference, staff):
            raise LookupError(reference)
        if by != staff:
            await work.case_log.append(log_account(CaseEvent.SESSIONS_ENDED, staff, by=by, at=ports.bot.now()))
        await work.commit()


async def sign_out_everywhere(staff: StaffId, ports: DeskPorts, *, by: StaffId, but: str = "") -> None:
    """End all sessions of somebody, except the one with this reference; logged."""
    async with ports.bot.unit_of_work() as work:
        await work.staff_sessions.end_all(staff, but=but)
        await work.case_log.append(log_account(CaseEvent.SESSIONS_ENDED, staff, by=by, at=ports.bot.now()))
        await work.commit()
