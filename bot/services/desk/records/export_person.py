"""Everything that is stored about a person in a case, for the answer to their request (GDPR Art. 15)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.domain.case_records import AttachmentInfo
from bot.domain.case_work import Step
from bot.domain.retention import check_export
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.cases.read_case import CaseFile, read_case
from bot.services.desk.ports import DeskPorts


@dataclass(frozen=True, kw_only=True)
class Export:
    """The case's file; the content of its attachments is read one by one, so that never all of them are in memory."""

    file: CaseFile
    attachments: AsyncIterator[tuple[AttachmentInfo, bytes]]


async def export_person(number: str, member: StaffMember, ports: DeskPorts) -> Export:
    """The file, once the log knows. Raises LookupError, and ConflictError when the case was erased."""
    async with ports.bot.unit_of_work() as work:
        case = await find_visible_case(work, number, member)
        await work.case_log.append(check_export(case, Step(by=member.id, at=ports.bot.now())))
        file = await read_case(work, case)
        await work.commit()
    return Export(file=file, attachments=_read_attachments(file, ports))


async def _read_attachments(file: CaseFile, ports: DeskPorts) -> AsyncIterator[tuple[AttachmentInfo, bytes]]:
    """Each file in a short transaction of its own; one that was deleted meanwhile is left out."""
    for info in file.attachments:
        async with ports.bot.unit_of_work() as work:
            try:
                found = await work.case_attachments.read(file.case.number, info.reference)
            except LookupError:
                continue
        yield found
