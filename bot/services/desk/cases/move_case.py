"""A case goes on to its next status, which the person can read."""

from bot.domain.case_work import Step, change_status, may_move
from bot.domain.cases import CaseStatus
from bot.domain.errors import NotAllowedError
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def move_case(number: str, version: int, to: CaseStatus, member: StaffMember, ports: DeskPorts, *, reason: str = "") -> None:
    """Along the table of transitions; closing takes a reason and a lead. Raises LookupError, ConflictError, NotAllowedError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        if not may_move(to, member):
            message = "Closing a case is for leads; others propose it."
            raise NotAllowedError(message)
        changed, entry = change_status(case, to, Step(by=member.id, at=ports.bot.now()), reason=reason)
        await work.cases.save(changed)
        await work.case_log.append(entry)
        await work.commit()
