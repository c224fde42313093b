"""A second NLU server, in which models are trained and tried while the first one answers people."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

from bot.adapters.rasa.child import RasaChild
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.trainer import RasaTrainer
from bot.services.ports import Published, Understander
from bot.services.stored_knowledge import KnowledgeItem

IDLE_SECONDS = 900.0
"""A child of ours that has had nothing to do for so long is stopped: it takes more than a gigabyte of memory."""


class RasaWorkshop:
    """Implements the Workshop port, on a child of ours or on a server that is there."""

    def __init__(self, client: RasaClient, trainer: RasaTrainer, current: Callable[[], str], child: RasaChild | None = None) -> None:
        """Take the client and trainer of that server, the name of the model that answers now, and the child where the server is one.

        The child is started when it is first needed, with that model: it then knows most phrasings already, and trains in half the time.
        """
        self._client, self._trainer, self._current, self._child = client, trainer, current, child
        self._used_at = 0.0
        self._starting = asyncio.Lock()

    def model_for(self, items: Sequence[KnowledgeItem]) -> str:
        """The name of the model that these items need."""
        return self._trainer.model_for(items)

    def has_model(self, name: str) -> bool:
        """Whether the model file is there."""
        return self._trainer.has_model(name)

    async def train(self, items: Sequence[KnowledgeItem]) -> None:
        """Train a model and store it whole or not at all; one that is there is not trained again."""
        if not self.has_model(self.model_for(items)):
            await self.open()
            await self._trainer.train(items)
            self._used_at = monotonic()

    async def load(self, model: str, published: Published) -> Understander:
        """What reads texts with a model."""
        await self.open()
        if await self._client.loaded_model() != model:
            await self._client.load(self._trainer.path(model))
        self._used_at = monotonic()
        return self._client.reading_for(published)

    async def open(self) -> None:
        """Start the child, if there is one and it does not run."""
        self._used_at = monotonic()
        if self._child is None:
            return
        async with self._starting:
            if not self._child.is_running:
                model = self._trainer.path(self._current())
                await self._child.start(model if model.is_file() else None)
            await self._child.wait_until_up()

    async def close_when_idle(self) -> None:
        """Stop a child that nobody needs any more."""
        if self._child and self._child.is_running and monotonic() - self._used_at > IDLE_SECONDS:
            await self.close()

    async def close(self) -> None:
        """Stop the child."""
        if self._child:
            await self._child.stop()

    def kill(self) -> None:
        """End the child without warning, as an accident would; it is started again."""
        if self._child:
            self._child.kill()

    def forget(self, models: Sequence[str]) -> None:
        """Delete models that nothing goes back to any more."""
        for model in models:
            with suppress(OSError):
                self._trainer.path(model).unlink()
