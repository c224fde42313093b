"""Staff deletes a file of a case."""

from bot.domain import case_records
from bot.domain.case_work import Step
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def delete_attachment(number: str, version: int, reference: str, member: StaffMember, ports: DeskPorts) -> None:
    """Delete it for good, and log that. Raises LookupError, ConflictError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        info, _ = await work.case_attachments.read(case.number, reference)
        changed, entry = case_records.delete_attachment(case, info.media_type, Step(by=member.id, at=ports.bot.now()))
        await work.cases.save(changed)
        await work.case_attachments.delete(case.number, reference)
        await work.case_log.append(entry)
        await work.commit()
