"""What the knowledge desk needs from outside, beside what the bot has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.knowledge import KnowledgeBase
from bot.services.stored_knowledge import KnowledgeItem


@dataclass(frozen=True, kw_only=True)
class KnowledgeTools:
    """What reads, checks and carries knowledge for the desk."""

    build: Callable[[Sequence[KnowledgeItem]], KnowledgeBase]
    """The published part of some items as the bot sees it."""
    hash_content: Callable[[Mapping[str, object]], str]
    """A hash of an item's content, whatever the order of its keys."""
