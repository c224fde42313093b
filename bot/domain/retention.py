"""How long a case is kept: the rule per status, legal hold, and the print of a preview that somebody saw. Why: docs/privacy.md."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.case_codes import OTHER
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.case_work import Step
from bot.domain.cases import Case, CaseNumber, CaseStatus, add_months, log_of
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.knowledge import MunicipalityId

GERMANY = ZoneInfo("Europe/Berlin")
CLOSED_KEPT_YEARS = 3
"""Full calendar years after the one in which a case was closed: as long as claims usually last (BGB §§ 195, 199)."""
WITHDRAWN_KEPT_MONTHS = 6
DORMANT_AFTER = timedelta(days=365)
"""An open case is never erased by itself; one that nobody touched for so long is shown."""
HOLD_REASONS: tuple[str, ...] = ("court", "authority", "evidence", "person-asks", OTHER)
"""Why a case is kept longer than the rule says."""


class Rule(StrEnum):
    """Why a case is erased."""

    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class KeptCase:
    """What the rules need to know of a case."""

    number: CaseNumber
    version: int
    municipality: MunicipalityId | None
    status: CaseStatus
    closed_reason: str | None
    closed_at: datetime | None
    last_at: datetime
    """When somebody last did something about it: staff or the person."""
    on_hold: bool

    @property
    def rule(self) -> Rule | None:
        """The rule that it falls under; None while it is open."""
        if self.status is not CaseStatus.CLOSED or self.closed_at is None:
            return None
        return Rule.WITHDRAWN if self.closed_reason == "withdrawn" else Rule.CLOSED

    @property
    def kept_until(self) -> date | None:
        """The last day on which it is kept; None while it is open. Whatever happens after the closing starts the time anew."""
        if self.rule is None or self.closed_at is None:
            return None
        day = max(self.closed_at, self.last_at).astimezone(GERMANY).date()
        return add_months(day, WITHDRAWN_KEPT_MONTHS) if self.rule is Rule.WITHDRAWN else last_day_for_closed(day)

    def is_due(self, today: date) -> bool:
        """Whether its time is over. A held case may be due, too, and is kept all the same."""
        return self.kept_until is not None and self.kept_until < today

    def is_dormant(self, now: datetime) -> bool:
        """Whether it is open, and nobody has touched it for long."""
        return self.rule is None and now - self.last_at > DORMANT_AFTER


def last_day_for_closed(day: date) -> date:
    """The last day on which a case closed on that day is kept.

    >>> last_day_for_closed(date(2026, 3, 1))
    datetime.date(2029, 12, 31)
    """
    return date(day.year + CLOSED_KEPT_YEARS, 12, 31)


def to_kept(case: Case) -> KeptCase:
    """A case as the rules see it."""
    return KeptCase(
        number=case.number,
        version=case.version,
        municipality=case.municipality,
        status=case.status,
        closed_reason=case.closed_reason,
        closed_at=case.closed_at,
        last_at=max(case.touched_at or case.filed_at, case.filed_at),
        on_hold=case.on_hold,
    )


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a run would do today, and what it leaves alone."""

    due: tuple[KeptCase, ...]
    held: tuple[KeptCase, ...]
    dormant: tuple[KeptCase, ...]

    @property
    def fingerprint(self) -> str:
        """The same as long as exactly these cases, unchanged, would be erased."""
        shown = "\n".join(sorted(f"{case.number} {case.version} {case.rule} {case.kept_until}" for case in self.due))
        return hashlib.sha256(shown.encode()).hexdigest()


def preview(cases: Iterable[KeptCase], now: datetime) -> Preview:
    """Judge cases by the rules, the longest overdue first."""
    every, today = tuple(cases), now.astimezone(GERMANY).date()
    due = sorted((case for case in every if case.is_due(today) and not case.on_hold), key=lambda case: (case.kept_until, case.number))
    dormant = sorted((case for case in every if case.is_dormant(now)), key=lambda case: (case.last_at, case.number))
    held = sorted((case for case in every if case.on_hold), key=lambda case: (case.kept_until or date.max, case.number))
    return Preview(due=tuple(due), held=tuple(held), dormant=tuple(dormant))


def hold(case: Case, reason: str, step: Step) -> tuple[Case, LogEntry]:
    """Keep a case, whatever the rules say. Raises NotAllowedError without a reason from the list."""
    if reason not in HOLD_REASONS or case.on_hold:
        message = "A case that is not on hold is held for one of the reasons."
        raise NotAllowedError(message)
    return replace(case, on_hold=True), log_of(case, CaseEvent.HOLD_SET, actor=step.by, at=step.at, hold=reason)


def release(case: Case, step: Step) -> tuple[Case, LogEntry]:
    """Let the rules apply again. Raises NotAllowedError for a case that is not on hold."""
    if not case.on_hold:
        message = "This case is not on hold."
        raise NotAllowedError(message)
    return replace(case, on_hold=False), log_of(case, CaseEvent.HOLD_RELEASED, actor=step.by, at=step.at)


def check_export(case: Case, step: Step) -> LogEntry:
    """The log entry of somebody who exports what is stored about a person. Raises ConflictError when the case was erased."""
    if case.erased_at:
        message = "This case was erased; nothing of the person is left."
        raise ConflictError(message)
    return log_of(case, CaseEvent.EXPORTED, actor=step.by, at=step.at)
