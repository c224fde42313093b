"""An attempt to publish: from the button to the moment the new knowledge answers, or to the reason why it does not."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import NotAllowedError
from bot.domain.proof import ProofReport
from bot.domain.staff import StaffId

LEASE = timedelta(seconds=60)
"""A run whose worker was not heard of for so long is taken up by another."""


class RunState(StrEnum):
    """How far a run is. The last four are ends."""

    WAITING = "waiting"
    TRAINING = "training"
    PROVING = "proving"
    LIVE = "live"
    HELD = "held"
    """A gate is closed: it goes live only if a publisher says why."""
    FAILED = "failed"
    SUPERSEDED = "superseded"
    """Something else was published, or asked for, after it was held."""


ENDS = frozenset({RunState.LIVE, RunState.HELD, RunState.FAILED, RunState.SUPERSEDED})


@dataclass(frozen=True, kw_only=True)
class PublicationRun:
    """One attempt. Its items are kept beside it: what was accepted when it was asked for."""

    number: int = 0
    state: RunState = RunState.WAITING
    percent: int = 0
    """How much of the present step is done, where that is known."""
    model: str = ""
    report: ProofReport | None = None
    fault: str = ""
    """Why it failed, as a code: "nlu" (no answer from the NLU server) or "knowledge" (something in it)."""
    reason: str = ""
    """Why it went live although a gate was closed."""
    asked_by: StaffId
    asked_at: datetime
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in ENDS


def end(run: PublicationRun, state: RunState, now: datetime, *, fault: str = "") -> PublicationRun:
    """The run, over."""
    return replace(run, state=state, percent=100, fault=fault, ended_at=now)


def override(run: PublicationRun, reason: str, now: datetime) -> PublicationRun:
    """The held run, live for a reason. Raises NotAllowedError."""
    if run.state is not RunState.HELD:
        raise NotAllowedError("Only a publication that a gate holds back can be let through.")
    if not reason.strip():
        raise NotAllowedError("Say why this may go live although a gate is closed.")
    return replace(run, state=RunState.LIVE, reason=reason.strip(), ended_at=now)
