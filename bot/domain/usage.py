"""How often something happened on a day, without anybody: what is counted of a turn (docs/adr/0008 says why reports are not)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.domain.decisions import AdmitNotKnowing, AskMunicipality, Decision, GiveAnswer, Suggest, TakeFeedback
from bot.domain.messages import Status


class UsageKind(StrEnum):
    """What happened. Every typed question counts once, as the first three."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    """Entries were offered, or the city was asked for."""
    DECLINED = "declined"
    SHOWN = "shown"
    """An entry was opened by a button, or after the city was told."""
    HELPED = "helped"
    UNHELPFUL = "unhelpful"
    EMERGENCY = "emergency"


QUESTIONS = (UsageKind.ANSWERED, UsageKind.SUGGESTED, UsageKind.DECLINED)
VIEWS = (UsageKind.ANSWERED, UsageKind.SHOWN)
FEEDBACK = (UsageKind.HELPED, UsageKind.UNHELPFUL)


class Happening(NamedTuple):
    """What is counted together. Empty where it does not apply."""

    day: date
    kind: UsageKind
    entry: str
    language: str
    municipality: str


Usage = Mapping[Happening, int]
"""How often each happened."""


@dataclass(frozen=True, kw_only=True)
class UsageFigures:
    """What was counted in a time, before anything is hidden: all by kind, typed questions by day, language and city, views by entry."""

    kinds: Mapping[str, int]
    days: Mapping[str, int]
    languages: Mapping[str, int]
    cities: Mapping[str, int]
    entries: Mapping[str, int]

    def total(self, kinds: Iterable[UsageKind]) -> int:
        """How often any of some kinds happened."""
        return sum(self.kinds.get(kind, 0) for kind in kinds)


def what_happened(decision: Decision, status: Status, *, is_question: bool) -> tuple[UsageKind, str] | None:
    """What of a turn is counted, with its entry. `is_question`: something was typed, and it was not only the name of a city.

    >>> from bot.domain.knowledge import EntryId
    >>> answer = GiveAnswer(entry=EntryId("wir.amounts"), confidence=0.9)
    >>> what_happened(answer, Status.ANSWERED, is_question=True), what_happened(answer, Status.ANSWERED, is_question=False)
    ((<UsageKind.ANSWERED: 'answered'>, 'wir.amounts'), (<UsageKind.SHOWN: 'shown'>, 'wir.amounts'))
    >>> what_happened(AdmitNotKnowing(), Status.EMERGENCY, is_question=True)
    (<UsageKind.EMERGENCY: 'emergency'>, '')
    """
    if status is Status.EMERGENCY:
        return UsageKind.EMERGENCY, ""
    match decision:
        case GiveAnswer():
            return UsageKind.ANSWERED if is_question else UsageKind.SHOWN, decision.entry
        case TakeFeedback():
            return UsageKind.HELPED if decision.helped else UsageKind.UNHELPFUL, decision.entry
        case Suggest() | AskMunicipality() if is_question:
            return UsageKind.SUGGESTED, ""
        case AdmitNotKnowing() if is_question:
            return UsageKind.DECLINED, ""
    return None
