"""Say where the facts of an entry or programme come from, and as of when."""

from bot.domain.knowledge import Entry, KnowledgeBase, Programme
from bot.domain.languages import Language
from bot.services.ports import Wording


def cite_source(cited: Entry | Programme, knowledge: KnowledgeBase, language: Language, wording: Wording) -> str:
    """Each paper or law once with its sections, and the date."""
    sections: dict[str, list[str]] = {}
    for place in cited.source:
        sections.setdefault(knowledge.sources[place.id].title, []).append(place.section)
    named = [", ".join([title, *filter(None, dict.fromkeys(places))]) for title, places in sections.items()]
    return wording.say_plain("answer.source", language, source="; ".join(named), as_of=cited.as_of)
