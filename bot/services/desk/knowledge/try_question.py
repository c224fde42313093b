"""Try a question: what the bot would do with it, why, and what people would read. Nothing is stored or counted."""

from dataclasses import dataclass

from bot.domain.decisions import GiveAnswer
from bot.domain.knowledge import Entry, EntryId, MunicipalityId, order_by_city
from bot.domain.languages import Language, LanguageGuess
from bot.domain.messages import Button
from bot.domain.previews import Line
from bot.services.desk.knowledge.foresee_answer import Foreseen, foresee_answer
from bot.services.desk.knowledge.foresee_replies import foresee_replies
from bot.services.desk.knowledge.preview_entry import preview_entry
from bot.services.desk.ports import DeskPorts

RUNNERS_UP = 5


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A message as the web chat shows it."""

    lines: tuple[Line, ...]
    choices: tuple[Button, ...]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One possible meaning: its entry (the best for the city), and how many entries answer it; none for what is no question."""

    intent: str
    confidence: float
    entry: Entry | None
    entries: int


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of it. `entry`: the entry that is answered with; `draft`: how its draft would read, if there is one."""

    foreseen: Foreseen
    guess: LanguageGuess | None
    meanings: tuple[Meaning, ...]
    entry: EntryId | None
    answer: tuple[Shown, ...]
    draft: Shown | None


async def try_question(text: str, language: Language | None, city: MunicipalityId | None, ports: DeskPorts) -> Tried:
    """What a new chat would get for a text; without a language it is recognised."""
    foreseen = await foresee_answer(text, language, city, ports.bot)
    entry = foreseen.decision.entry if isinstance(foreseen.decision, GiveAnswer) else None
    tools = ports.knowledge
    return Tried(
        foreseen=foreseen,
        guess=ports.bot.language_identifier.identify(text),
        meanings=_find_meanings(foreseen),
        entry=entry,
        answer=tuple(
            Shown(lines=tools.to_web_chat(reply, foreseen.language), choices=reply.choices) for reply in foresee_replies(foreseen)
        ),
        draft=await _show_draft(entry, foreseen.language, ports) if entry else None,
    )


def _find_meanings(foreseen: Foreseen) -> tuple[Meaning, ...]:
    named = foreseen.reading.municipalities
    city = named[0] if named else foreseen.turn.conversation.municipality
    meanings = []
    for ranked in foreseen.reading.ranking[:RUNNERS_UP]:
        entries = order_by_city(foreseen.turn.knowledge.entries_for(ranked.intent), city)
        first = entries[0] if entries else None
        meanings.append(Meaning(intent=ranked.intent, confidence=ranked.confidence, entry=first, entries=len(entries)))
    return tuple(meanings)


async def _show_draft(entry: EntryId, language: Language, ports: DeskPorts) -> Shown | None:
    async with ports.bot.unit_of_work() as work:
        draft = await work.drafts.find("entry", entry)
    if draft is None:
        return None
    (preview,) = await preview_entry(draft.content, [language], ports)
    return Shown(lines=preview.web_chat, choices=preview.choices)
