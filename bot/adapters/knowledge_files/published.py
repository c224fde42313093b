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
    """Implements the Published and Switchable ports.

    While the NLU server changes its model, texts are still read with the former one: the knowledge of both is at hand, and each text is
    answered from the one that belongs to the model it was read with.
    """

    def __init__(self, thresholds_file: Path) -> None:
        """Take the file with the calibrated thresholds per language; nothing is published yet."""
        self._thresholds = read_thresholds(thresholds_file)
        self._publication: Publication | None = None
        self._prepared: Publication | None = None
        self._by_model: dict[str, KnowledgeBase] = {}

    def prepare(self, publication: Publication) -> None:
        """Have the knowledge of a publication ready for what is read with its model. May run beside answering, in a thread."""
        knowledge = build_knowledge(publication.items)
        self._by_model = {**self._by_model, publication.model: knowledge}
        self._prepared = publication

    def switch_to(self, publication: Publication) -> None:
        """Answer from this publication from now on; that of the former model stays at hand for what was read with it."""
        if self._prepared is not publication:
            self.prepare(publication)
        at_hand = {publication.model, self._publication.model if self._publication else ""}
        self._publication = publication
        self._by_model = {model: knowledge for model, knowledge in self._by_model.items() if model in at_hand}

    @property
    def publication(self) -> Publication:
        """The current publication. Raises NotAvailableError before the first."""
        if self._publication is None:
            raise NotAvailableError("No knowledge has been published yet.")
        return self._publication

    @property
    def knowledge(self) -> KnowledgeBase:
        """The current knowledge. Raises NotAvailableError before the first publication."""
        return self._by_model[self.publication.model]

    def knowledge_for(self, model: str) -> KnowledgeBase:
        """The knowledge that was published with a model; the current one where that is not at hand."""
        return self._by_model.get(model) or self.knowledge

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
