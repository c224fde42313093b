"""Staff deletes a person's contact data from a case, because the person asked for it."""

from bot.domain import case_records
from bot.domain.case_work import Step
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def remove_contact(number: str, version: int, member: StaffMember, ports: DeskPorts) -> None:
    """Delete it for good, and log that. Raises LookupError, ConflictError, NotAllowedError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        changed, entry = case_records.remove_contact(case, Step(by=member.id, at=ports.bot.now()))
        await work.cases.save(changed)
        await work.cases.delete_contact(case.number)
        await work.case_log.append(entry)
        await work.commit()
