"""Remember the last question of a chat, and keep it for the editors when the bot had no good answer to it."""

from dataclasses import replace

from bot.domain.conversations import ChoosingMunicipality
from bot.domain.decisions import Decision, GiveAnswer
from bot.domain.find_entries import find_others
from bot.domain.follow_question import follow_question, text_to_keep
from bot.domain.knowledge import EntryId
from bot.domain.messages import Text
from bot.domain.questions import Question, to_unanswered
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn


async def keep_question(decision: Decision, turn: Turn, result: Outcome, work: UnitOfWork) -> Outcome:
    """The outcome with the question moved on. In groups nothing is remembered or kept: others did not agree to it."""
    if turn.message.in_group or result.forgotten:
        return result
    typed = None if tells_the_city(decision, turn) else _typed_question(turn)
    question, kept = follow_question(turn.conversation.question, decision, typed, _others(decision, turn))
    for kind, lacking in kept:
        await work.unanswered_questions.add(to_unanswered(lacking, kind, turn.now.date()))
    return replace(result, conversation=replace(result.conversation, question=question))


def _typed_question(turn: Turn) -> Question | None:
    content, named = turn.message.content, turn.reading.municipalities
    if not isinstance(content, Text):
        return None
    city = named[0] if named else turn.conversation.municipality
    return Question(text=text_to_keep(content, turn.conversation), language=turn.language, municipality=city)


def tells_the_city(decision: Decision, turn: Turn) -> bool:
    """Whether a text only adds the city to the question that waits for it."""
    waiting = turn.conversation.activity
    if not (isinstance(waiting, ChoosingMunicipality) and isinstance(decision, GiveAnswer) and turn.conversation.question):
        return False
    return turn.knowledge.entries[decision.entry].intent == waiting.intent


def _others(decision: Decision, turn: Turn) -> tuple[EntryId, ...]:
    if not isinstance(decision, GiveAnswer):
        return ()
    return find_others(turn.knowledge.entries[decision.entry], turn.reading, turn.conversation, turn.knowledge)
