"""Staff writes down its own view of a case."""

from bot.domain.case_work import Step, assess
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def assess_case(number: str, version: int, assessment: str, member: StaffMember, ports: DeskPorts) -> None:
    """Store the assessment and log that there is a new one; the same words change nothing. Raises LookupError, ConflictError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        if (case.assessment or "") == assessment:
            return
        changed, entry = assess(case, assessment, Step(by=member.id, at=ports.bot.now()))
        await work.cases.save(changed)
        await work.case_log.append(entry)
        await work.commit()
