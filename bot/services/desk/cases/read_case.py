"""Everything that stands in a case's file."""

from dataclasses import dataclass

from bot.domain.case_log import LogEntry
from bot.domain.case_records import AttachmentInfo, CaseRecord
from bot.domain.cases import Case, CaseMessage
from bot.domain.staff import StaffMember
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case with what happened to it and what staff keeps with it; contact data and the content of files are opened apart."""

    case: Case
    entries: tuple[LogEntry, ...]
    messages: tuple[CaseMessage, ...]
    records: tuple[CaseRecord, ...]
    attachments: tuple[AttachmentInfo, ...]
    members: tuple[StaffMember, ...]


async def read_case(work: UnitOfWork, case: Case) -> CaseFile:
    """The file of a case that find_visible_case has found."""
    return CaseFile(
        case=case,
        entries=tuple(await work.case_log.of(case.number)),
        messages=tuple(await work.cases.messages(case.number)),
        records=tuple(await work.case_records.of(case.number)),
        attachments=tuple(await work.case_attachments.of(case.number)),
        members=tuple(await work.staff.all()),
    )
