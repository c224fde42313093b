"""The house: the bot, its desk and its NLU server, and how they keep up with what is published."""

import asyncio
from dataclasses import dataclass, field

from bot.adapters.database.database import Database
from bot.adapters.knowledge_files.published import PublishedKnowledge
from bot.adapters.rasa.child import RasaChild
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.offline_reader import LexicalReader
from bot.adapters.rasa.trainer import RasaTrainer
from bot.adapters.rasa.workshop import RasaWorkshop
from bot.assemble.folders import OURS, Folders
from bot.domain.errors import NotAvailableError
from bot.services.desk.ports import DeskPorts
from bot.services.follow_publication import follow_publication
from bot.services.keep_for_good import keep_for_good
from bot.services.ports import Ports
from bot.settings import Settings


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything assembled, ready to answer."""

    settings: Settings
    ports: Ports
    desk: DeskPorts
    database: Database
    client: RasaClient
    published: PublishedKnowledge
    trainer: RasaTrainer
    offline_reader: LexicalReader
    workshop: RasaWorkshop | None
    nlu: RasaChild | None
    """The NLU server when it is our child."""
    folders: Folders = OURS
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while the model may change."""

    async def keep_up(self) -> None:
        """Take up the newest publication, whichever process made it."""
        async with self.changing:
            await self._keep_up()

    async def keep_model_loaded(self) -> None:
        """Load the published model again where the NLU server has lost it: after a restart of its own, for example."""
        async with self.changing:
            await self._keep_up()
            if not await self.understands():
                await self.trainer.load(self.published.publication.model)

    async def _keep_up(self) -> None:
        if await follow_publication(self.ports, self.published, self.trainer):
            if self.nlu:
                self.nlu.model = self.trainer.path(self.published.publication.model)
            await asyncio.to_thread(self.offline_reader.follow, self.published.knowledge)
            keep_for_good()

    async def understands(self) -> bool:
        """Whether the NLU server answers with the published model."""
        try:
            return await self.client.loaded_model() == self.published.publication.model
        except NotAvailableError:
            return False
