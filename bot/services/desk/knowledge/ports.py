"""What the knowledge desk needs from outside, beside what the bot has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from bot.domain.item_faults import ItemFault
from bot.domain.knowledge import KnowledgeBase
from bot.domain.languages import Language
from bot.domain.messages import Reply
from bot.domain.near_phrasings import NearPhrasings
from bot.domain.previews import Line
from bot.services.desk.knowledge.exchanged_files import KnowledgeFiles, TranslationFormat
from bot.services.desk.knowledge.publishing_ports import ProofQuestions, Workshop
from bot.services.desk.knowledge.stored_links import LinkAsker
from bot.services.keep_for_good import keep_for_good
from bot.services.stored_knowledge import KnowledgeItem, Publication


class KnowledgeChecker(Protocol):
    """The rules for items of the knowledge."""

    def find_faults(self, content: Mapping[str, Any], kind: str, others: Sequence[KnowledgeItem]) -> tuple[ItemFault, ...]:
        """Every fault of an item among the accepted ones (its own accepted version may be among them); overdue ones stop nothing."""
        ...

    def check_answer(self, answer: str, facts: Sequence[float | date | str], language: str) -> tuple[ItemFault, ...]:
        """What is wrong with an answer by itself: missing facts, length, Markdown."""
        ...

    def has_fact(self, answer: str, fact: float | date | str, language: str) -> bool:
        """Whether an answer contains a fact, as its language writes it."""
        ...


@dataclass(frozen=True, kw_only=True)
class KnowledgeTools:
    """What reads, checks and carries knowledge for the desk."""

    build: Callable[[Sequence[KnowledgeItem]], KnowledgeBase]
    """The published part of some items as the bot sees it."""
    hash_content: Callable[[Mapping[str, object]], str]
    """A hash of an item's content, whatever the order of its keys."""
    checker: KnowledgeChecker
    """The rules that every item is held to."""
    to_telegram: Callable[[Reply, Language], tuple[Line, ...]]
    """A reply as Telegram shows it. Raises ValueError when it says nothing."""
    to_web_chat: Callable[[Reply, Language], tuple[Line, ...]]
    """A reply as the web chat shows it."""
    files: KnowledgeFiles
    """The shipped folder, and archives that look like it."""
    translations: Mapping[str, TranslationFormat]
    """What translators work with, by the ending of a file's name."""
    workshop: Workshop | None = None
    """Where candidates are trained and tried; None where there is no NLU server, as at the training desk."""
    proof_questions: ProofQuestions | None = None
    """The questions that come with the program."""
    links: LinkAsker | None = None
    """Who asks whether links still lead somewhere; None where the link check is off."""
    publications: dict[int, Publication] = field(default_factory=dict)
    """The current publication, once this process has read it; kept by read_publishing."""
    contents: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """Contents of accepted items that this process has read, by their hash; kept by read_accepted."""
    near_phrasings: NearPhrasings = field(default_factory=lambda: NearPhrasings(keep_for_good))
    """Phrasings of other meanings that read almost the same."""
