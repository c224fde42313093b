"""Staff opens a person's contact data, for a reason that is logged."""

from bot.domain import case_records
from bot.domain.case_work import Step
from bot.domain.cases import Case
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.ports import DeskPorts


async def read_contact(number: str, reason: str, member: StaffMember, ports: DeskPorts) -> Case:
    """The case with its contact, once the log knows. Raises LookupError (also when there is no contact), NotAllowedError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_visible_case(work, number, member)
        if case.contact is None:
            message = "There is no contact data with this case."
            raise LookupError(message)
        await work.case_log.append(case_records.read_contact(case, reason, Step(by=member.id, at=ports.bot.now())))
        await work.commit()
    return case
