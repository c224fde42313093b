"""Trains models through the NLU server and keeps them as files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.training_data import fingerprint, to_training_data
from bot.domain.knowledge import KnowledgeBase
from bot.services.stored_knowledge import KnowledgeItem

Builder = Callable[[Sequence[KnowledgeItem]], KnowledgeBase]


class RasaTrainer:
    """Implements the ModelTrainer port."""

    def __init__(self, client: RasaClient, nlu_folder: Path, models: Path, build: Builder) -> None:
        """Take nlu_data/, the folder for models (as the NLU server sees it, too), and how items become knowledge."""
        self._client, self._nlu_folder, self._models, self._build = client, nlu_folder, models, build

    def model_for(self, items: Sequence[KnowledgeItem]) -> str:
        """Named after everything the model depends on."""
        return f"{fingerprint(self._training_data(items), self._nlu_folder)}.tar.gz"

    def has_model(self, name: str) -> bool:
        """Whether the model file is there."""
        return self.path(name).is_file()

    def path(self, name: str) -> Path:
        """Where a model lies."""
        return self._models / name

    async def train(self, items: Sequence[KnowledgeItem]) -> str:
        """Train a model and store it whole or not at all; one that is there is not trained again."""
        name = self.model_for(items)
        if not self.has_model(name):
            archive = await self._client.train(self._training_data(items))
            self._models.mkdir(parents=True, exist_ok=True)
            unfinished = self._models / f"{name}.unfinished"
            unfinished.write_bytes(archive)
            unfinished.replace(self.path(name))
        return name

    def _training_data(self, items: Sequence[KnowledgeItem]) -> str:
        return to_training_data(self._build(items), self._nlu_folder)
