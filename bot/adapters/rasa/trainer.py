"""Trains models through the NLU server and keeps them as files."""

import asyncio
import secrets
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

    async def loaded_model(self) -> str | None:
        """The model that the server answers with."""
        return await self._client.loaded_model()

    async def load(self, name: str) -> None:
        """Let the server answer with a model that is kept."""
        await self._client.load(self.path(name).resolve())

    async def train(self, items: Sequence[KnowledgeItem]) -> str:
        """Train a model and store it whole or not at all; one that is there is not trained again. Answering goes on meanwhile."""
        name = await asyncio.to_thread(self.model_for, items)
        if not self.has_model(name):
            archive = await self._client.train(await asyncio.to_thread(self._training_data, items, name))
            await asyncio.to_thread(self._keep, name, archive)
        return name

    def _keep(self, name: str, archive: bytes) -> None:
        self._models.mkdir(parents=True, exist_ok=True)
        unfinished = self._models / f"{name}.{secrets.token_hex(4)}.unfinished"
        unfinished.write_bytes(archive)
        unfinished.replace(self.path(name))

    def _training_data(self, items: Sequence[KnowledgeItem], model: str = "") -> str:
        return to_training_data(self._build(items), self._nlu_folder, model)
