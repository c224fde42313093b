"""A person's question: what was shown for it, and what the editors get to see when that was not enough."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.languages import Language
from bot.domain.mask_personal_data import mask_personal_data
from bot.domain.staff import StaffId


@dataclass(frozen=True, kw_only=True)
class Question:
    """The last question that was typed in a chat; without its text where the words must not be kept.

    Until there is an `answer`, a choice among `offered` is waited for (or, where nothing is offered, the city).
    Afterwards these are what else may be meant.
    """

    text: str = ""
    language: Language
    municipality: MunicipalityId | None = None
    answer: EntryId | None = None
    offered: tuple[EntryId, ...] = ()
    unhelpful: tuple[EntryId, ...] = ()
    """Answers that were said not to help."""


class QuestionKind(StrEnum):
    """What was wrong with what the bot had for a question."""

    UNANSWERED = "unanswered"
    UNHELPFUL = "unhelpful"
    NOT_CHOSEN = "not-chosen"


@dataclass(frozen=True, kw_only=True)
class UnansweredQuestion:
    """What the editors learn from: a question without a good answer. Nothing in it leads back to the person."""

    kind: QuestionKind
    text: str
    language: Language
    municipality: MunicipalityId | None
    entries: tuple[EntryId, ...]
    """The entry that did not help, or those that were suggested."""
    asked_on: date
    reference: str = field(default="", compare=False)
    """The random name that it is stored under."""


@dataclass(frozen=True, kw_only=True)
class CheckQuestion:
    """A question that must always lead to one entry: every publication is tried with it. `reference` is the name it is stored under."""

    reference: str = field(default="", compare=False)
    text: str
    language: Language
    municipality: MunicipalityId | None
    entry: EntryId
    added_by: StaffId
    added_on: date


def to_unanswered(question: Question, kind: QuestionKind, today: date) -> UnansweredQuestion:
    """The question as it is kept for the editors, without what tells who asked."""
    helpless = {
        QuestionKind.UNANSWERED: (),
        QuestionKind.UNHELPFUL: tuple(filter(None, (question.answer,))),
        QuestionKind.NOT_CHOSEN: question.offered,
    }
    return UnansweredQuestion(
        kind=kind,
        text=mask_personal_data(question.text),
        language=question.language,
        municipality=question.municipality,
        entries=helpless[kind],
        asked_on=today,
    )
