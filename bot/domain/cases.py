"""An Ombuds case: what is known of it, its status, its clocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.case_codes import CODE_LIST_VERSION, NOT_STATED, frame_of
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.knowledge import DeadlineRule, MunicipalityId
from bot.domain.languages import Language
from bot.domain.messages import Channel
from bot.domain.report_form import Draft, Incident

CaseNumber = NewType("CaseNumber", str)
"""Random, not running: a number must not tell how many cases there are."""

ACKNOWLEDGE_WITHIN = timedelta(days=7)
FEEDBACK_WITHIN = timedelta(days=91)
"""Three months, as EU Directive 2019/1937 Art. 9 asks of internal reporting channels."""


class CaseChannel(StrEnum):
    """How a report reached the office: through a public door, or taken down by staff."""

    TELEGRAM = "telegram"
    WEB = "web"
    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"


class CaseStatus(StrEnum):
    """Where a case stands; public wording per status is in responses/."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    CLARIFYING = "clarifying"
    ACCOMPANYING = "accompanying"
    REFERRED = "referred"
    CLOSED = "closed"
    REOPENED = "reopened"


TRANSITIONS: Mapping[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.NEW: frozenset({CaseStatus.ACKNOWLEDGED, CaseStatus.CLOSED}),
    CaseStatus.ACKNOWLEDGED: frozenset({CaseStatus.CLARIFYING, CaseStatus.ACCOMPANYING, CaseStatus.REFERRED, CaseStatus.CLOSED}),
    CaseStatus.CLARIFYING: frozenset({CaseStatus.ACCOMPANYING, CaseStatus.REFERRED, CaseStatus.CLOSED}),
    CaseStatus.ACCOMPANYING: frozenset({CaseStatus.CLARIFYING, CaseStatus.REFERRED, CaseStatus.CLOSED}),
    CaseStatus.REFERRED: frozenset({CaseStatus.CLARIFYING, CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset({CaseStatus.REOPENED}),
    CaseStatus.REOPENED: frozenset({CaseStatus.CLARIFYING, CaseStatus.ACCOMPANYING, CaseStatus.REFERRED, CaseStatus.CLOSED}),
}
"""The whole workflow: from a status to those that may follow it."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A legal period that runs for this case, with the rule it was computed from."""

    rule: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What the person agreed to: the version of the text, in which language, when."""

    version: str
    language: Language
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What the person wrote, word for word. Encrypted at rest, never in a log or a statistic."""

    story: str
    place: str = ""
    when: str = ""
    notes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One report. `statement` and `contact` are None once the case was erased."""

    number: CaseNumber
    status: CaseStatus
    municipality: MunicipalityId | None
    channel: CaseChannel
    language: Language
    filed_at: datetime
    incident: Incident
    area: str
    area_detail: str
    grounds: tuple[str, ...]
    form: str
    wish: str
    frame: str
    deadlines: tuple[Deadline, ...]
    acknowledge_by: datetime
    feedback_by: datetime
    consent: Consent
    statement: Statement | None
    contact: str | None
    reply_address: str | None
    kind: str = "report"
    reporter: str = NOT_STATED
    code_list_version: str = CODE_LIST_VERSION
    closed_reason: str | None = None
    closed_at: datetime | None = None
    erased_at: datetime | None = None
    gender: str = NOT_STATED
    age_band: str = NOT_STATED
    contact_on: date | None = None
    """When the person first turned to the office, where it was not the day of filing."""
    evidence: str = NOT_STATED
    witnesses: str = NOT_STATED
    body: str = NOT_STATED
    own_administration: str = NOT_STATED
    outcome: str = NOT_STATED
    assessment: str | None = None
    """The office's own view, kept apart from the person's words. Encrypted."""
    assignee: str | None = None
    proposed_closing: str | None = None
    """A reason to close that a caseworker proposed and a lead has not decided on."""
    on_hold: bool = False
    """Legal hold: retention leaves the case alone."""
    acknowledged_at: datetime | None = None
    feedback_given_at: datetime | None = None
    touched_at: datetime | None = None
    """When staff or the person last did something about it; None before anybody did."""
    version: int = 0
    """Counts the stored states, so that nobody overwrites what somebody else changed meanwhile."""


@dataclass(frozen=True, kw_only=True)
class CaseMessage:
    """Something added later, by the person or by the office."""

    case: CaseNumber
    author: str
    """"person" or "office"."""
    language: Language
    written_at: datetime
    text: str
    staff: str | None = None
    """Who wrote it, when the office did."""
    german: str = ""
    """What the office wrote, in German, when it was sent in another language."""


def open_case(
    draft: Draft,
    *,
    number: CaseNumber,
    channel: Channel | CaseChannel,
    language: Language,
    now: datetime,
    rules: Iterable[DeadlineRule],
    reply_address: str | None,
) -> tuple[Case, LogEntry]:
    """The case that a finished form becomes, with the first entry of its log."""
    if draft.consent is None:
        message = "A case needs the person's consent first."
        raise ValueError(message)
    version, consent_language, given_at = draft.consent
    frame = frame_of(draft.area)
    case = Case(
        number=number,
        status=CaseStatus.NEW,
        municipality=draft.municipality,
        channel=CaseChannel(channel),
        language=language,
        filed_at=now,
        incident=draft.incident,
        area=draft.area,
        area_detail=draft.area_detail,
        grounds=draft.grounds or (NOT_STATED,),
        form=draft.form,
        wish=draft.wish,
        frame=frame,
        deadlines=compute_deadlines(draft.incident, frame, rules),
        acknowledge_by=now + ACKNOWLEDGE_WITHIN,
        feedback_by=now + FEEDBACK_WITHIN,
        consent=Consent(version=version, language=consent_language, given_at=given_at),
        statement=Statement(story=draft.story, place=draft.place, when=draft.incident.words, notes=dict(draft.notes)),
        contact=draft.contact or None,
        reply_address=reply_address if draft.wants_reply_in_chat else None,
    )
    return case, log_of(case, CaseEvent.OPENED, actor="person", at=now, channel=channel.value, status=case.status.value)


def close_as_withdrawn(case: Case, now: datetime) -> tuple[Case, LogEntry]:
    """The person no longer wants the report pursued; it stays on file, closed."""
    closed = replace(case, status=CaseStatus.CLOSED, closed_reason="withdrawn", closed_at=now, touched_at=now, proposed_closing=None)
    return closed, log_of(case, CaseEvent.WITHDRAWN, actor="person", at=now, status=CaseStatus.CLOSED.value)


def log_of(case: Case, event: CaseEvent, *, actor: str, at: datetime, **details: str) -> LogEntry:
    """A content-free log entry on a case."""
    return LogEntry(case=case.number, event=event, actor=actor, at=at, details=details)


def compute_deadlines(incident: Incident, frame: str, rules: Iterable[DeadlineRule]) -> tuple[Deadline, ...]:
    """The periods of the legal frame that run from the incident's first known day (the safe side), by the version in force then."""
    day = incident.since or incident.until
    if day is None:
        return ()
    running = [
        rule
        for rule in rules
        if rule.frame == frame and rule.starts == "incident" and rule.valid_from <= day <= (rule.valid_until or date.max)
    ]
    return tuple(Deadline(rule=rule.id, due=add_months(day, rule.months)) for rule in running)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day (§ 188 BGB).

    >>> add_months(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(day)
