"""Count what happened in a turn: in memory alone, so that a turn waits for nothing."""

from bot.domain.decisions import Decision
from bot.domain.messages import Text
from bot.domain.report_periods import GERMANY
from bot.domain.usage import Happening, what_happened
from bot.services.keep_question import tells_the_city
from bot.services.turn import Outcome, Turn


def count_usage(decision: Decision, turn: Turn, outcome: Outcome) -> None:
    """One more of what happened, on this German day, in this language, about this city; nothing of the message or the person."""
    is_question = isinstance(turn.message.content, Text) and not tells_the_city(decision, turn)
    happened = what_happened(decision, outcome.status, is_question=is_question)
    if happened is None:
        return
    kind, entry = happened
    named, spoken = turn.reading.municipalities, outcome.conversation.language or turn.language
    city = named[0] if named else outcome.conversation.municipality or ""
    turn.ports.usage[Happening(turn.now.astimezone(GERMANY).date(), kind, entry, spoken, city)] += 1
