"""What becomes of the chat's last question with each decision, and which questions are kept for the editors.

A question is kept when nothing was known, when its answer did not help, or when nothing that was suggested was chosen instead
of it. Whoever turns to a report, a case, a receipt code or an emergency has told something else: nothing of it is kept.
"""

from dataclasses import replace

from bot.domain.conversations import Conversation, GivingReceipt, WithCase
from bot.domain.decisions import (
    AdmitNotKnowing,
    AskMunicipality,
    AskReceipt,
    Decision,
    FillForm,
    Forget,
    GiveAnswer,
    HandOver,
    OpenCase,
    RelayToHuman,
    Show,
    ShowEmergency,
    ShowTopic,
    StartReport,
    Suggest,
    TakeFeedback,
    WarnFirst,
    WorkOnCase,
)
from bot.domain.knowledge import EntryId
from bot.domain.messages import Content, Text
from bot.domain.questions import Question, QuestionKind
from bot.domain.receipts import may_hold_receipt

CONFIDENTIAL = (ShowEmergency, WarnFirst, StartReport, FillForm, AskReceipt, OpenCase, WorkOnCase, HandOver, RelayToHuman, Forget)
ASIDE = ("menu", "human", "help")
"""Pages that are opened instead of choosing what was suggested."""
Kept = tuple[tuple[QuestionKind, Question], ...]


def text_to_keep(content: Content, conversation: Conversation) -> str:
    """The words of a question; none while a report or a case is on somebody's mind, or where a receipt code may be among them."""
    is_private = conversation.report is not None or isinstance(conversation.activity, WithCase | GivingReceipt)
    if not isinstance(content, Text) or is_private or may_hold_receipt(content.text):
        return ""
    return content.text


def follow_question(
    before: Question | None, decision: Decision, typed: Question | None, others: tuple[EntryId, ...]
) -> tuple[Question | None, Kept]:
    """The last question from now on, and what is to be kept.

    `typed` is the question of this message, or None when a button was pressed; `others` is what may be meant besides an answer.
    """
    match decision:
        case TakeFeedback():
            return rate(before, decision)
        case GiveAnswer():
            return answer(before, decision, typed, others)
        case Suggest():
            asked = typed or before
            return asked and replace(asked, answer=None, offered=decision.entries), passed_over(before) if typed else ()
        case AskMunicipality():
            return typed or before, passed_over(before) if typed else ()
        case AdmitNotKnowing(offline=offline):
            asked = typed or before
            unanswered = ((QuestionKind.UNANSWERED, asked),) if asked and asked.text and not offline else ()
            return None, (passed_over(before) if typed else ()) + unanswered
        case Show(page=page) if page not in ASIDE:
            return before, ()
        case Show() | ShowTopic():
            return (before if before and before.answer else None), passed_over(before)
    return (None if isinstance(decision, CONFIDENTIAL) else before), ()


def rate(before: Question | None, feedback: TakeFeedback) -> tuple[Question | None, Kept]:
    """An answer that helped settles its question; one that did not is kept, once. An earlier answer's button changes nothing."""
    if before is None or before.answer != feedback.entry:
        return before, ()
    if feedback.helped:
        return None, ()
    is_new = before.text and feedback.entry not in before.unhelpful
    kept = ((QuestionKind.UNHELPFUL, before),) if is_new else ()
    return replace(before, unhelpful=tuple(dict.fromkeys((*before.unhelpful, feedback.entry)))), kept


def answer(
    before: Question | None, decision: GiveAnswer, typed: Question | None, others: tuple[EntryId, ...]
) -> tuple[Question | None, Kept]:
    """A new question; or the same one, when the answer was chosen among what was offered or its city was told."""
    is_same = before and not typed and (decision.confidence is not None or decision.entry in before.offered)
    if before and is_same:
        left = tuple(entry for entry in before.offered or others if entry != decision.entry)
        city = decision.municipality or before.municipality
        return replace(before, municipality=city, answer=decision.entry, offered=left), ()
    return typed and replace(typed, answer=decision.entry, offered=others), passed_over(before)


def passed_over(before: Question | None) -> Kept:
    """The question whose suggestions were not chosen."""
    return ((QuestionKind.NOT_CHOSEN, before),) if before and before.text and before.offered and not before.answer else ()
