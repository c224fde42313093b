"""Open the desk alone, for training: no NLU server, and nobody is answered."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import aiohttp

from bot.adapters.knowledge_files.published import PublishedKnowledge
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.offline_reader import LexicalReader
from bot.adapters.wording.catalogues import Catalogues
from bot.assemble.folders import OURS, Folders
from bot.assemble.knowledge_files import public_languages, read_checked_items
from bot.assemble.make_desk import make_desk
from bot.assemble.make_ports import make_ports
from bot.assemble.open_database import open_database
from bot.services.desk.ports import DeskPorts
from bot.services.import_knowledge import import_knowledge
from bot.services.ports import UnitOfWork
from bot.services.publish_knowledge import fingerprint_items
from bot.services.stored_knowledge import Publication
from bot.settings import Settings


@asynccontextmanager
async def open_desk(settings: Settings, now: Callable[[], datetime], folders: Folders = OURS) -> AsyncIterator[DeskPorts]:
    """The staff's side alone, on the knowledge of the files and by a clock of its own."""
    wording = Catalogues(folders.responses)
    files = read_checked_items(folders.knowledge, public_languages(wording))
    async with open_database(settings) as (database, cipher), aiohttp.ClientSession() as session:
        await import_knowledge(files, database.unit_of_work)
        published = PublishedKnowledge(folders.nlu_data / "thresholds.yml")
        async with database.unit_of_work() as work:
            published.switch_to(await work.publications.current() or await _publish_untrained(work, now()))
            await work.commit()
        client = RasaClient(settings.nlu or "", session, published)
        reader = LexicalReader(published.knowledge, folders.nlu_data)
        ports = make_ports(settings, wording=wording, database=database, cipher=cipher, client=client, published=published, reader=reader)
        yield make_desk(settings, replace(ports, now=now), folders)


async def _publish_untrained(work: UnitOfWork, now: datetime) -> Publication:
    """Everything that is accepted, as the first publication, for a desk without an NLU server."""
    items = tuple(await work.knowledge_items.all())
    return await work.publications.add(Publication(number=0, fingerprint=fingerprint_items(items), model="", items=items, published_at=now))
