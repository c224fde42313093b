"""What staff keeps with a case: notes, interventions, referrals and files; and for which reasons contact data is opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.case_codes import INTERVENTIONS, OTHER, REFERRALS
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.case_work import Step
from bot.domain.cases import Case, CaseNumber, log_of
from bot.domain.errors import NotAllowedError
from bot.domain.retention import GERMANY
from bot.domain.staff import StaffId


class RecordKind(StrEnum):
    """What a record is."""

    NOTE = "note"
    INTERVENTION = "intervention"
    REFERRAL = "referral"


RECORD_CODES: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.NOTE: ("",),
    RecordKind.INTERVENTION: INTERVENTIONS,
    RecordKind.REFERRAL: REFERRALS,
}
"""What kind of intervention, or to whom somebody was referred; a note has no code."""
EVENTS = {
    RecordKind.NOTE: CaseEvent.NOTE_ADDED,
    RecordKind.INTERVENTION: CaseEvent.INTERVENTION_ADDED,
    RecordKind.REFERRAL: CaseEvent.REFERRAL_ADDED,
}
CONTACT_REASONS = ("call-back", "appointment", "send-papers", "urgent", "hand-over", OTHER)
"""Why somebody looks at contact data; logged."""
FILE_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "application/pdf": ".pdf"}
"""What may be kept with a case, and what its name ends with."""


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    """A note, an intervention or a referral. `text` is encrypted with the case's key."""

    case: CaseNumber
    kind: RecordKind
    code: str = ""
    happened_on: date | None = None
    staff: StaffId
    written_at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class AttachmentInfo:
    """A file with a case, without its content."""

    reference: str
    case: CaseNumber
    name: str
    media_type: str
    size_bytes: int
    staff: StaffId
    added_at: datetime


def add_record(case: Case, record: CaseRecord, step: Step) -> tuple[Case, LogEntry]:
    """The case with a new record. Raises NotAllowedError for a code that is not on its list, a future day, or a note without words."""
    if record.code not in RECORD_CODES[record.kind]:
        message = f"“{record.code}” is not on the list of {record.kind}s."
        raise NotAllowedError(message)
    if record.kind is RecordKind.NOTE and not record.text:
        message = "A note needs words."
        raise NotAllowedError(message)
    if record.happened_on and record.happened_on > step.at.date() + timedelta(days=1):  # it may be tomorrow already where the office is
        message = "What is still to come cannot be recorded as done."
        raise NotAllowedError(message)
    details = {"code": record.code} if record.code else {}
    return replace(case, touched_at=step.at), log_of(case, EVENTS[record.kind], actor=step.by, at=step.at, **details)


def read_contact(case: Case, reason: str, step: Step) -> LogEntry:
    """The log entry of somebody who opens the contact data. Raises NotAllowedError without a reason from the list."""
    if reason not in CONTACT_REASONS:
        message = "Contact data is opened only for one of the reasons."
        raise NotAllowedError(message)
    return log_of(case, CaseEvent.CONTACT_READ, actor=step.by, at=step.at, reason=reason)


def remove_contact(case: Case, step: Step) -> tuple[Case, LogEntry]:
    """The case without contact data, as the person asked. Raises NotAllowedError where there is none."""
    if case.contact is None:
        message = "There is no contact data with this case."
        raise NotAllowedError(message)
    return replace(case, contact=None, touched_at=step.at), log_of(case, CaseEvent.CONTACT_REMOVED, actor=step.by, at=step.at)


def log_reading(case: Case, entries: Iterable[LogEntry], step: Step) -> LogEntry | None:
    """The log entry of somebody who opens the case; None when it stands among the entries already for this (German) day."""
    day = step.at.astimezone(GERMANY).date()
    own = (each for each in entries if each.event is CaseEvent.CASE_READ and each.actor == step.by)
    if any(each.at.astimezone(GERMANY).date() == day for each in own):
        return None
    return log_of(case, CaseEvent.CASE_READ, actor=step.by, at=step.at)


def add_attachment(case: Case, media_type: str, step: Step) -> tuple[Case, LogEntry]:
    """The case with a new file."""
    return replace(case, touched_at=step.at), log_of(case, CaseEvent.ATTACHMENT_ADDED, actor=step.by, at=step.at, type=media_type)


def delete_attachment(case: Case, media_type: str, step: Step) -> tuple[Case, LogEntry]:
    """The case without one of its files."""
    return replace(case, touched_at=step.at), log_of(case, CaseEvent.ATTACHMENT_DELETED, actor=step.by, at=step.at, type=media_type)


def read_attachment(case: Case, media_type: str, step: Step) -> LogEntry:
    """The log entry of somebody who opens a file."""
    return log_of(case, CaseEvent.ATTACHMENT_READ, actor=step.by, at=step.at, type=media_type)


def clean_file_name(name: str, media_type: str) -> str:
    r"""The name under which a file is kept: no folder, nothing that a download could trip over, and an ending that tells the truth.

    >>> clean_file_name("../../Brief\u202efdp.exe", "application/pdf"), clean_file_name("C:\\Bilder\\Foto 1.JPG", "image/jpeg")
    ('Brieffdp.pdf', 'Foto 1.jpg')
    >>> clean_file_name("\n", "image/png")
    'Datei.png'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in last if char.isprintable() and char not in '"<>:|?*').strip(". ")
    stem, _, ending = kept.rpartition(".")
    return (stem or ending or "Datei")[:80] + FILE_ENDINGS[media_type]
