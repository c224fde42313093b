"""Foresee what the bot would decide about a question, the way it would really come about; nothing is stored or counted."""

from dataclasses import dataclass

from bot.domain.conversations import Conversation
from bot.domain.decide import decide
from bot.domain.decisions import Decision
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId, IncomingMessage, Text
from bot.domain.understanding import Thresholds, Understanding
from bot.services.answer_message import read_message, speak_in_their_language
from bot.services.ports import Ports
from bot.services.read_situation import read_situation
from bot.services.turn import Turn

NOBODY = ConversationId("nobody")
"""A chat in which nothing was said before."""


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What the bot would do, and why. `offline`: the NLU server did not answer, and only the understudy could read the text."""

    decision: Decision
    reading: Understanding
    language: Language
    offline: bool
    thresholds: Thresholds
    turn: Turn
    """The turn as it would be, to see what would be said."""


async def foresee_answer(text: str, language: Language | None, city: MunicipalityId | None, ports: Ports) -> Foreseen:
    """What a new chat would get for a text; without a language it is recognised as the bot does."""
    message = IncomingMessage(
        channel=Channel.WEB,
        source="desk",
        message_id="foreseen",
        conversation=NOBODY,
        content=Text(text=text),
        received_at=ports.now(),
        language_choice=language,
    )
    reading, offline = await read_message(message, ports)
    blank = Conversation(id=NOBODY, channel=Channel.WEB, municipality=city)
    turn = speak_in_their_language(message, blank, reading, ports, ports.now())
    situation = await read_situation(turn, offline=offline)
    return Foreseen(
        decision=decide(message.content, situation),
        reading=reading,
        language=turn.language,
        offline=offline,
        thresholds=situation.thresholds,
        turn=turn,
    )
