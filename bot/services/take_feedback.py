"""Take the word of a person whether an answer helped: thank them, or offer what else there is, and then a human."""

from bot.domain.decisions import TakeFeedback
from bot.domain.find_entries import find_others
from bot.domain.messages import Reply, Status
from bot.domain.understanding import Understanding
from bot.services.show_entry import entry_button
from bot.services.show_page import show_page
from bot.services.turn import Outcome, Turn, outcome


def take_feedback(decision: TakeFeedback, turn: Turn) -> Outcome:
    """Up to three other entries after the first answer that did not help; people after the second, or when nothing is left."""
    if decision.helped:
        return outcome(turn, Status.SMALLTALK, Reply(text=turn.say("feedback.thanks")))
    question = turn.conversation.question
    if question and question.answer == decision.entry:
        tried, others = set(question.unhelpful) - {decision.entry}, question.offered
    else:
        entry = turn.knowledge.entries[decision.entry]
        tried, others = set(), find_others(entry, Understanding(), turn.conversation, turn.knowledge)
    buttons = [entry_button(turn.knowledge, other, turn) for other in others if other in turn.knowledge.entries]
    if tried or not buttons:
        return show_page("human", turn)
    reply = Reply(text=turn.say("feedback.others"), choices=(*buttons, turn.button("human", "menu.human")))
    return outcome(turn, Status.SUGGESTED, reply)
