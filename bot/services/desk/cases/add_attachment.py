"""Staff keeps a file with a case."""

import secrets

from bot.domain import case_records
from bot.domain.case_records import AttachmentInfo, clean_file_name
from bot.domain.case_work import Step
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.cases.stored_case_file import FileNotAcceptedError
from bot.services.desk.ports import DeskPorts

ATTACHMENT_BYTES = 10 * 1024 * 1024


async def add_attachment(number: str, version: int, member: StaffMember, ports: DeskPorts, *, name: str, content: bytes) -> AttachmentInfo:
    """Check, clean, store and log a file. Raises FileNotAcceptedError, LookupError, ConflictError, NotAvailableError."""
    if len(content) > ATTACHMENT_BYTES:
        raise FileNotAcceptedError("too-large")
    async with ports.bot.unit_of_work() as work:
        await find_visible_case(work, number, member)
    media_type, cleaned = await ports.files.clean(content)  # takes seconds, so no transaction is open
    step = Step(by=member.id, at=ports.bot.now())
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        info = AttachmentInfo(
            reference=secrets.token_hex(16),
            case=case.number,
            name=clean_file_name(name, media_type),
            media_type=media_type,
            size_bytes=len(cleaned),
            staff=member.id,
            added_at=step.at,
        )
        changed, entry = case_records.add_attachment(case, media_type, step)
        await work.cases.save(changed)
        await work.case_attachments.add(info, cleaned)
        await work.case_log.append(entry)
        await work.commit()
    return info
