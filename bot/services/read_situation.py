"""Everything a decision may look at: the reading, and for what is unsure a second look at the text."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from bot.domain.errors import NotAvailableError
from bot.domain.follow_up import leans_on_last_answer
from bot.domain.knowledge import Entry
from bot.domain.languages import Language, without_variety
from bot.domain.messages import Text
from bot.domain.situation import Situation
from bot.domain.suggest import lacks_suggestions
from bot.domain.understanding import Thresholds, Understanding
from bot.services.ports import Ports
from bot.services.show_page import MENU
from bot.services.turn import Turn
from bot.services.yes_or_no import yes_or_no

ANY_LANGUAGE = Language("default")
CAUTIOUS = Thresholds(answer=0.9, suggest=0.75)
"""For a language nobody has calibrated yet."""
TOPIC_NAMES = dict(MENU)
CERTAIN = 0.97
"""From here on a text speaks for itself, whatever was said before; it is not read a second time."""


async def read_situation(turn: Turn, *, offline: bool) -> Situation:
    """The situation of a message; a text that leans on the last answer is read with its topic, an unsure one is searched for."""
    ports, content = turn.ports, turn.message.content
    text = content.text if isinstance(content, Text) else ""
    situation = Situation(
        conversation=turn.conversation,
        reading=turn.reading,
        knowledge=turn.knowledge,
        thresholds=_thresholds(ports, turn.language),
        has_emergency_word=bool(text) and ports.offline_reader.has_emergency_word(text),
        offline=offline,
        open_case=turn.conversation.open_case(turn.now),
        said=yes_or_no(text, turn),
        answered_case=turn.conversation.answered_case(turn.now),
        languages=frozenset(ports.wording.languages),
    )
    if not text or offline or turn.conversation.is_in_form():
        return situation
    situation = replace(situation, in_context=await _read_in_context(text, situation.last_entry(), turn))
    if not lacks_suggestions(situation):
        return situation
    return replace(situation, nearby=(await asyncio.to_thread(ports.offline_reader.read, text)).ranking)


async def _read_in_context(text: str, last: Entry | None, turn: Turn) -> Understanding | None:
    """The reading of a short text after the name of the last answer's topic."""
    name = TOPIC_NAMES.get(f"topic:{last.topic}") if last else None
    is_certain = bool(turn.reading.ranking) and turn.reading.ranking[0].confidence >= CERTAIN
    if name is None or is_certain or not leans_on_last_answer(text):
        return None
    with suppress(NotAvailableError):
        return await turn.ports.understander.understand(f"{turn.ports.wording.say_plain(name, turn.language)}: {text}")
    return None


def _thresholds(ports: Ports, language: Language) -> Thresholds:
    known = ports.published.thresholds
    return known.get(language) or known.get(without_variety(language)) or known.get(ANY_LANGUAGE) or CAUTIOUS
