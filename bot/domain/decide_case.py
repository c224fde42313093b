"""What a typed text means for the case that is open in the chat: the answer to a question about it, a wish, or an addition."""

from typing import Literal

from bot.domain.conversations import WithCase
from bot.domain.decisions import WorkOnCase
from bot.domain.situation import Situation

CASE_WISHES: dict[str, Literal["status", "withdraw", "delete"]] = {
    "case-status": "status", "withdraw-case": "withdraw", "delete-data": "delete",
}  # fmt: skip
"""What the same wishes mean while a case is open in the chat. Nothing is deleted or withdrawn before another question."""
WISH_LETTERS = 60


def decide_case(text: str, situation: Situation) -> WorkOnCase | None:
    """What is to be done with the open case; None when the text is about something else."""
    if decided := answer_about_case(situation) or wish_about_case(text, situation):
        return decided
    match situation.conversation.activity:
        case WithCase(doing="add"):
            return WorkOnCase(action="add", text=text)
    return None


def answer_about_case(situation: Situation) -> WorkOnCase | None:
    """A typed "yes" or "no" where a case is about to be withdrawn or deleted."""
    match situation.conversation.activity, situation.said:
        case WithCase(doing="withdraw"), "yes":
            return WorkOnCase(action="withdraw-yes")
        case WithCase(doing="delete"), "yes":
            return WorkOnCase(action="delete-yes")
        case WithCase(doing="withdraw" | "delete"), "no":
            return WorkOnCase(action="status")
    return None


def wish_about_case(text: str, situation: Situation) -> WorkOnCase | None:
    """What the open case is wished to be done with; a long or unsure text is rather an addition than the wish to delete everything."""
    ranking = situation.reading.ranking
    action = CASE_WISHES.get(ranking[0].intent) if ranking else None
    is_sure = situation.is_sure() and len(text) <= WISH_LETTERS and not situation.conversation.handover  # then it is for the human
    return WorkOnCase(action=action) if action and is_sure else None
