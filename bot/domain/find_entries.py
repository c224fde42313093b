"""Which entries may answer a question, and for which city."""

from bot.domain.conversations import Conversation
from bot.domain.knowledge import Entry, EntryId, KnowledgeBase, MunicipalityId, order_by_city
from bot.domain.understanding import Understanding

SUGGESTIONS = 3
WORTH_OFFERING = 0.15
"""What is less likely than that is noise, and what is related to the answer is the better guess."""


def city_in_mind(
    entries: tuple[Entry, ...], reading: Understanding, conversation: Conversation, knowledge: KnowledgeBase
) -> MunicipalityId | None:
    """The city a question is about: the one it names, else that of the last answer where there is an entry for it, else the remembered one.

    "Who decides that?" after an answer on Dresden means Dresden, even when Halle was chosen some time before.
    """
    if reading.municipalities or reading.other_cities:
        return reading.municipalities[0] if reading.municipalities else None
    last = knowledge.entries.get(conversation.last_entry or EntryId(""))
    if last and last.municipality in {entry.municipality for entry in entries if entry.municipality}:
        return last.municipality
    return conversation.municipality or (last.municipality if last else None)


def rank_entries(reading: Understanding, conversation: Conversation, knowledge: KnowledgeBase, least: float = 0) -> tuple[EntryId, ...]:
    """One entry for each meaning that has at least this confidence: the likeliest first, each for the city in mind."""
    groups = [knowledge.entries_for(ranked.intent) for ranked in reading.ranking if ranked.confidence >= least]
    found = [order_by_city(group, city_in_mind(group, reading, conversation, knowledge))[:1] for group in groups]
    return tuple(entry.id for group in found for entry in group)


def find_others(entry: Entry, reading: Understanding, conversation: Conversation, knowledge: KnowledgeBase) -> tuple[EntryId, ...]:
    """What may be meant if it is not this entry: the next meanings of the reading, then related entries."""
    near = (*rank_entries(reading, conversation, knowledge, WORTH_OFFERING), *map(EntryId, entry.related))
    known = [id_ for id_ in dict.fromkeys(near) if id_ in knowledge.entries]
    return tuple(id_ for id_ in known if knowledge.entries[id_].intent != entry.intent)[:SUGGESTIONS]
