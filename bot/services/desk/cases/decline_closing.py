"""A lead decides that a case goes on although somebody proposed to close it."""

from bot.domain import case_work
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def decline_closing(number: str, version: int, member: StaffMember, ports: DeskPorts) -> None:
    """Take the proposal off the case. Raises LookupError, ConflictError, NotAllowedError where there is none."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        changed, entry = case_work.decline_closing(case, case_work.Step(by=member.id, at=ports.bot.now()))
        await work.cases.save(changed)
        await work.case_log.append(entry)
        await work.commit()
