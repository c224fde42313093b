"""Staff opens a file of a case; every time is logged."""

from bot.domain import case_records
from bot.domain.case_records import AttachmentInfo
from bot.domain.case_work import Step
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.ports import DeskPorts


async def read_attachment(number: str, reference: str, member: StaffMember, ports: DeskPorts) -> tuple[AttachmentInfo, bytes]:
    """The file, once the log knows. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_visible_case(work, number, member)
        info, content = await work.case_attachments.read(case.number, reference)
        await work.case_log.append(case_records.read_attachment(case, info.media_type, Step(by=member.id, at=ports.bot.now())))
        await work.commit()
    return info, content
