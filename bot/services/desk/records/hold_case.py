"""Keep a case from retention, or let it go again."""

from bot.domain.case_work import Step
from bot.domain.retention import hold, release
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def hold_case(number: str, version: int, reason: str | None, member: StaffMember, ports: DeskPorts) -> None:
    """Hold for a reason; without one, release. Raises LookupError, ConflictError, NotAllowedError."""
    step = Step(by=member.id, at=ports.bot.now())
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        changed, entry = release(case, step) if reason is None else hold(case, reason, step)
        await work.cases.save(changed)
        await work.case_log.append(entry)
        await work.commit()
