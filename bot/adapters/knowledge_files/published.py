"""What the bot answers from right now: one publication's knowledge with its thresholds, switched as a whole."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import KnowledgeBase
from bot.domain.languages import Language
from bot.domain.understanding import Thresholds
from bot.services.stored_knowledge import Publication


class PublishedKnowledge:
    """Implements the Published port."""

    def __init__(self, thresholds_file: Path) -> None:
        """Take the file with the calibrated thresholds per language; nothing is published yet."""
        self._thresholds = read_thresholds(thresholds_file)
        self._knowledge: KnowledgeBase | None = None

    def switch_to(self, publication: Publication) -> None:
        """Answer from this publication from now on."""
        self._knowledge = build_knowledge(publication.items)

    @property
    def knowledge(self) -> KnowledgeBase:
        """The published knowledge. Raises NotAvailableError before the first publication."""
        if self._knowledge is None:
            message = "No knowledge has been published yet."
            raise NotAvailableError(message)
        return self._knowledge

    @property
    def thresholds(self) -> Mapping[Language, Thresholds]:
        """How sure the reading must be, per language."""
        return self._thresholds


def read_thresholds(file: Path) -> dict[Language, Thresholds]:
    """The thresholds that calibration wrote; none when it never ran."""
    if not file.exists():
        return {}
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {Language(code): Thresholds(answer=each["answer"], suggest=each["suggest"]) for code, each in content.items()}
