"""Everything a decision may look at."""

from dataclasses import dataclass, field
from typing import Literal

from bot.domain.conversations import Conversation
from bot.domain.knowledge import Entry, EntryId, KnowledgeBase
from bot.domain.languages import Language
from bot.domain.understanding import Ranked, Thresholds, Understanding


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The chat, what its message was read as, and what is known."""

    conversation: Conversation
    reading: Understanding
    knowledge: KnowledgeBase
    thresholds: Thresholds
    has_emergency_word: bool = False
    offline: bool = False
    open_case: str | None = None
    answered_case: str | None = None
    said: Literal["yes", "no", ""] = ""
    """Whether the text is nothing but a typed "yes" or "no"."""
    in_context: Understanding | None = None
    """The reading of a short text after the name of the last answer's topic."""
    nearby: tuple[Ranked, ...] = ()
    """What a search through the phrasings finds, to fill up suggestions."""
    languages: frozenset[Language] = field(default_factory=frozenset)

    def is_sure(self) -> bool:
        """Whether the best reading is certain enough to answer from."""
        ranking = self.reading.ranking
        return bool(ranking) and ranking[0].confidence >= self.thresholds.answer and not self.offline

    def last_entry(self) -> Entry | None:
        """The entry that was shown last."""
        return self.knowledge.entries.get(self.conversation.last_entry or EntryId(""))
