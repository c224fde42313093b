"""What staff does to a case: each step takes the case as it is and gives the case as it will be, with its log entry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain import case_codes
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.cases import TRANSITIONS, Case, CaseStatus, compute_deadlines, log_of
from bot.domain.errors import NotAllowedError
from bot.domain.knowledge import DeadlineRule
from bot.domain.staff import Permission, StaffId, StaffMember

CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    "kind": case_codes.KINDS,
    "reporter": case_codes.REPORTERS,
    "area": tuple(case_codes.AREAS),
    "form": case_codes.FORMS,
    "wish": case_codes.WISHES,
    "frame": case_codes.LEGAL_FRAMES,
    "gender": case_codes.GENDERS,
    "age_band": case_codes.AGE_BANDS,
    "evidence": case_codes.YES_NO,
    "witnesses": case_codes.YES_NO,
    "body": case_codes.BODIES,
    "own_administration": case_codes.YES_NO,
    "outcome": case_codes.OUTCOMES,
}
"""The codes that staff may correct, each with its list. Beside them: area_detail, grounds, municipality and incident."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """Who does something, and when."""

    by: StaffId
    at: datetime


def change_status(case: Case, to: CaseStatus, step: Step, *, reason: str = "") -> tuple[Case, LogEntry]:
    """Move along the table of transitions. Closing needs a reason from the list. Raises NotAllowedError."""
    if to not in TRANSITIONS[case.status]:
        message = f"A case cannot go from “{case.status}” to “{to}”."
        raise NotAllowedError(message)
    if to is CaseStatus.CLOSED and reason not in case_codes.CLOSE_REASONS:
        message = "Closing a case needs one of the reasons."
        raise NotAllowedError(message)
    closed = to is CaseStatus.CLOSED
    changed = replace(
        case,
        status=to,
        touched_at=step.at,
        acknowledged_at=case.acknowledged_at or step.at,
        feedback_given_at=case.feedback_given_at or (step.at if closed else None),
        closed_reason=reason if closed else None,
        closed_at=step.at if closed else None,
        proposed_closing=None,
    )
    details = {"from": case.status.value, "to": to.value} | ({"reason": reason} if closed else {})
    return changed, log_of(case, CaseEvent.STATUS_CHANGED, actor=step.by, at=step.at, **details)


def propose_closing(case: Case, reason: str, step: Step) -> tuple[Case, LogEntry]:
    """A caseworker asks a lead to close. Raises NotAllowedError."""
    if reason not in case_codes.CLOSE_REASONS or CaseStatus.CLOSED not in TRANSITIONS[case.status]:
        message = "Closing a case needs one of the reasons, and a case that is open."
        raise NotAllowedError(message)
    proposed = replace(case, proposed_closing=reason, touched_at=step.at)
    return proposed, log_of(case, CaseEvent.CLOSING_PROPOSED, actor=step.by, at=step.at, reason=reason)


def decline_closing(case: Case, step: Step) -> tuple[Case, LogEntry]:
    """A lead wants the case to go on. Raises NotAllowedError where nobody proposed to close it."""
    if case.proposed_closing is None:
        message = "Nobody proposed to close this case."
        raise NotAllowedError(message)
    declined = replace(case, proposed_closing=None, touched_at=step.at)
    return declined, log_of(case, CaseEvent.CLOSING_DECLINED, actor=step.by, at=step.at, reason=case.proposed_closing)


def write_to_person(case: Case, step: Step, **details: str) -> tuple[Case, tuple[LogEntry, ...]]:
    """The office wrote to the person, which acknowledges a new case; once it is being worked on, it is the feedback, too."""
    moved, entries = case, [log_of(case, CaseEvent.MESSAGE_TO_PERSON, actor=step.by, at=step.at, **details)]
    if case.status is CaseStatus.NEW:
        moved, change = change_status(case, CaseStatus.ACKNOWLEDGED, step)
        entries.append(change)
    feedback = case.feedback_given_at or (step.at if is_feedback(case.status) else None)
    changed = replace(moved, touched_at=step.at, acknowledged_at=case.acknowledged_at or step.at, feedback_given_at=feedback)
    return changed, tuple(entries)


def is_feedback(status: CaseStatus) -> bool:
    """Whether a message in this status says more than that the report has arrived.

    >>> is_feedback(CaseStatus.ACKNOWLEDGED), is_feedback(CaseStatus.CLARIFYING)
    (False, True)
    """
    return status not in (CaseStatus.NEW, CaseStatus.ACKNOWLEDGED)


def may_assign(case: Case, to: StaffId | None, member: StaffMember) -> bool:
    """Leads give cases to anybody; others take one that nobody has, and give back their own."""
    if member.may(Permission.ASSIGN_CASES):
        return True
    return case.assignee is None and to == member.id if to else case.assignee == member.id


def may_move(to: CaseStatus, member: StaffMember) -> bool:
    """Closing is for leads; every other step for all who work on cases."""
    return member.may(Permission.CLOSE_CASES if to is CaseStatus.CLOSED else Permission.WORK_ON_CASES)


def assign(case: Case, to: StaffId | None, step: Step) -> tuple[Case, LogEntry]:
    """Give the case to somebody, or to nobody."""
    changed = replace(case, assignee=to, touched_at=step.at)
    return changed, log_of(case, CaseEvent.ASSIGNED, actor=step.by, at=step.at, to=to or "")


def correct_codes(case: Case, corrected: Mapping[str, Any], rules: tuple[DeadlineRule, ...], step: Step) -> tuple[Case, LogEntry]:
    """Correct codes, city and incident dates; the log keeps both codes, deadlines are computed anew. Raises NotAllowedError."""
    changes = {name: value for name, value in corrected.items() if getattr(case, name) != value}
    _check_codes(case, changes)
    changed = replace(case, **changes, touched_at=step.at)
    changed = replace(changed, deadlines=compute_deadlines(changed.incident, changed.frame, rules))
    details = {name: f"{_shown(getattr(case, name))} → {_shown(value)}" for name, value in changes.items() if name != "incident"}
    if "incident" in changes:
        details["incident"] = "corrected"
    return changed, log_of(case, CaseEvent.CODES_CORRECTED, actor=step.by, at=step.at, **details)


def _check_codes(case: Case, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name in CORRECTABLE and value not in CORRECTABLE[name]:
            message = f"“{value}” is not on the list for {name}."
            raise NotAllowedError(message)
        if name not in CORRECTABLE and name not in ("area_detail", "grounds", "municipality", "incident"):
            message = f"{name} cannot be corrected."
            raise NotAllowedError(message)
    area, detail = changes.get("area", case.area), changes.get("area_detail", case.area_detail)
    if detail not in (*case_codes.AREAS[area], case_codes.NOT_STATED):
        message = f"“{detail}” does not belong to the area “{area}”."
        raise NotAllowedError(message)
    if not changes.get("grounds", case.grounds) or not set(changes.get("grounds", ())) <= set(case_codes.GROUNDS):
        message = "Choose at least one ground from the list; “not stated” is one of them."
        raise NotAllowedError(message)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")


def assess(case: Case, assessment: str, step: Step) -> tuple[Case, LogEntry]:
    """The office's own view, apart from the person's words."""
    changed = replace(case, assessment=assessment or None, touched_at=step.at)
    return changed, log_of(case, CaseEvent.ASSESSED, actor=step.by, at=step.at)
