"""Open the house: everything ready to answer, and closed again in good order."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import structlog

from bot.adapters.database.database import Database
from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.published import PublishedKnowledge
from bot.adapters.rasa.child import RasaChild
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.offline_reader import LexicalReader
from bot.adapters.rasa.trainer import RasaTrainer
from bot.adapters.rasa.workshop import RasaWorkshop
from bot.adapters.wording.catalogues import Catalogues
from bot.assemble.folders import OURS, Folders
from bot.assemble.house import House
from bot.assemble.knowledge_files import public_languages, read_checked_items
from bot.assemble.make_desk import make_desk
from bot.assemble.make_ports import make_ports
from bot.assemble.open_database import open_database
from bot.services.import_knowledge import import_knowledge
from bot.services.keep_for_good import keep_for_good
from bot.services.publish_knowledge import publish_knowledge
from bot.settings import Settings

log = structlog.get_logger()
Tell = Callable[[str], None]


@asynccontextmanager
async def open_house(settings: Settings, tell: Tell, folders: Folders = OURS) -> AsyncIterator[House]:
    """Database migrated, knowledge imported, model trained where needed, NLU server up: ready to answer."""
    async with AsyncExitStack() as stack:
        wording = Catalogues(folders.responses)
        tell("Checking the knowledge")
        files = read_checked_items(folders.knowledge, public_languages(wording))
        tell("Preparing the database")
        database, cipher = await stack.enter_async_context(open_database(settings))
        imported = await import_knowledge(files, database.unit_of_work)
        for key in imported.kept:
            log.warning("this was edited in the database and differs from its file; the edit is kept", item=key)
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        published = PublishedKnowledge(folders.nlu_data / "thresholds.yml")
        nlu = None if settings.nlu else await _start_child(settings, folders.nlu_data, database, stack, tell)
        client = RasaClient(nlu.url if nlu else settings.nlu or "", session, published)
        trainer = _make_trainer(settings, folders.nlu_data, client)
        reader = LexicalReader(build_knowledge(files), folders.nlu_data)
        ports = make_ports(settings, wording=wording, database=database, cipher=cipher, client=client, published=published, reader=reader)
        tell("Training the model (only when its data changed)")
        publication = await publish_knowledge(ports, trainer, imported.changed)
        if nlu:
            nlu.model = trainer.path(publication.model)
        published.switch_to(publication)
        workshop = _make_workshop(settings, folders.nlu_data, session, published)
        if workshop:
            stack.push_async_callback(workshop.close)
        house = House(
            settings=settings,
            ports=ports,
            desk=make_desk(settings, ports, folders, workshop),
            database=database,
            client=client,
            published=published,
            trainer=trainer,
            offline_reader=reader,
            workshop=workshop,
            nlu=nlu,
            folders=folders,
        )
        await house.keep_model_loaded()
        keep_for_good()
        yield house


async def _start_child(settings: Settings, nlu_data: Path, database: Database, stack: AsyncExitStack, tell: Tell) -> RasaChild:
    """Start Rasa with the model of the last publication, if there is one."""
    tell("Starting the NLU server")
    async with database.unit_of_work() as work:
        current = await work.publications.current()
    model = (settings.data / "models" / current.model).resolve() if current else None
    child = RasaChild(nlu_data, settings.data / "logs" / "nlu.log")
    stack.push_async_callback(child.stop)
    await child.start(model if model and model.is_file() else None)
    return child


def _make_workshop(
    settings: Settings, nlu_data: Path, session: aiohttp.ClientSession, published: PublishedKnowledge
) -> RasaWorkshop | None:
    """Where candidates are trained: a child of ours, or the server that is set up for it; None where there is neither."""
    child = None if settings.nlu else RasaChild(nlu_data, settings.data / "logs" / "workshop.log")
    url = child.url if child else settings.nlu_workshop
    if url is None:
        return None
    client = RasaClient(url, session, published)
    return RasaWorkshop(client, _make_trainer(settings, nlu_data, client), lambda: published.publication.model, child)


def _make_trainer(settings: Settings, nlu_data: Path, client: RasaClient) -> RasaTrainer:
    return RasaTrainer(client, nlu_data, (settings.data / "models").resolve(), build_knowledge)
