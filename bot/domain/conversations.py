"""What is remembered of a chat between two messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.knowledge import EntryId, Intent, MunicipalityId
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.questions import Question
from bot.domain.report_form import Draft, Step

Purpose = Literal["status", "add", "withdraw", "delete"]

PAUSE_AFTER = timedelta(hours=6)
"""After so long without a word a form asks whether to go on before it takes the next text as an answer."""
CASE_OPEN_FOR = timedelta(minutes=15)
"""How long a receipt code that was typed correctly opens its case in this chat."""
ANSWERING_FOR = timedelta(hours=1)
"""How long the next texts are an answer after somebody pressed the button under a message of the office."""
WRONG_CODES = 5
WRONG_CODE_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Idle:
    """Nothing is pending; the next text is a question."""

    kind: Literal["idle"] = "idle"


@dataclass(frozen=True, kw_only=True)
class ChoosingMunicipality:
    """The answer differs by city and the city was asked for; the question is kept."""

    intent: Intent
    confidence: float
    kind: Literal["choosing-municipality"] = "choosing-municipality"


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """A report is being written. Paused: questions are answered in between and the draft waits."""

    step: Step
    draft: Draft
    paused: bool = False
    cancelling: bool = False


@dataclass(frozen=True, kw_only=True)
class GivingReceipt:
    """A receipt code was asked for."""

    purpose: Purpose
    kind: Literal["giving-receipt"] = "giving-receipt"


@dataclass(frozen=True, kw_only=True)
class WithCase:
    """The right code was given; for some minutes the case can be worked on from this chat."""

    case: str
    since: datetime
    doing: Purpose = "status"
    kind: Literal["with-case"] = "with-case"


@dataclass(frozen=True, kw_only=True)
class Answering:
    """The button under a message of the office was pressed: what is written now is added to that case, and nothing else is open."""

    case: str
    since: datetime
    kind: Literal["answering"] = "answering"


Activity = Idle | ChoosingMunicipality | GivingReceipt | WithCase | Answering


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One chat with one person. `version` counts the stored states, for two writers at once."""

    id: ConversationId
    channel: Channel
    language: Language | None = None
    language_is_chosen: bool = False
    municipality: MunicipalityId | None = None
    activity: Activity = Idle()
    report: Reporting | None = None
    last_entry: EntryId | None = None
    question: Question | None = None
    unanswered: int = 0
    wrong_codes: tuple[datetime, ...] = ()
    handover: str | None = None
    """The chat with a human that what is typed goes to."""
    updated_at: datetime | None = None
    version: int = 0

    def is_in_form(self) -> bool:
        """Whether the next text is an answer to the report form."""
        return self.report is not None and not self.report.paused

    def open_case(self, now: datetime) -> str | None:
        """The number of the case that this chat may work on right now."""
        open_now = isinstance(self.activity, WithCase) and now - self.activity.since < CASE_OPEN_FOR
        return self.activity.case if open_now and isinstance(self.activity, WithCase) else None

    def answered_case(self, now: datetime) -> str | None:
        """The number of the case to which this chat is writing an answer right now."""
        answering = isinstance(self.activity, Answering) and now - self.activity.since < ANSWERING_FOR
        return self.activity.case if answering and isinstance(self.activity, Answering) else None

    def must_wait_for_code(self, now: datetime) -> bool:
        """Whether too many wrong receipt codes came lately."""
        return len([at for at in self.wrong_codes if now - at < WRONG_CODE_WINDOW]) >= WRONG_CODES
