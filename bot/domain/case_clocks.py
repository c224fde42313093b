"""The clocks of a case: what is due by when, by which rule, and what is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.cases import Case, CaseStatus

INACTIVE_AFTER = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One thing that is due. `rule` is a key of the desk's words, or a deadline rule of the knowledge base."""

    kind: str
    """acknowledge, feedback, legal or inactive."""
    due: date
    rule: str

    def is_overdue(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.due < today


def running_clocks(case: Case) -> tuple[Clock, ...]:
    """What is still due, the soonest first; nothing for a closed or an erased case."""
    if case.status is CaseStatus.CLOSED or case.erased_at:
        return ()
    return tuple(sorted(_clocks(case), key=lambda clock: (clock.due, clock.kind)))


def next_due(case: Case) -> date | None:
    """The day the case must be looked at next: what lists are sorted by."""
    return next((clock.due for clock in running_clocks(case)), None)


def _clocks(case: Case) -> Iterable[Clock]:
    if case.acknowledged_at is None:
        yield Clock(kind="acknowledge", due=case.acknowledge_by.date(), rule="acknowledge")
    if case.feedback_given_at is None:
        yield Clock(kind="feedback", due=case.feedback_by.date(), rule="feedback")
    touched = (case.touched_at or case.filed_at).date()
    for deadline in case.deadlines:
        if deadline.due >= touched:  # once somebody has worked on a case after the period ended, it no longer presses
            yield Clock(kind="legal", due=deadline.due, rule=deadline.rule)
    yield Clock(kind="inactive", due=touched + INACTIVE_AFTER, rule="inactive")
