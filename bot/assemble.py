"""Put the house together: the only file that knows every concrete class."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import aiohttp
import structlog

from bot.adapters.attachments.cleaner import AttachmentCleaner
from bot.adapters.database.database import Database
from bot.adapters.dates.day_reader import DateparserDayReader
from bot.adapters.encryption.keyring import Keyring
from bot.adapters.encryption.keys import make_key, read_keys, write_key_file
from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.check_knowledge import Fault, check_knowledge
from bot.adapters.knowledge_files.item_checker import ItemChecker
from bot.adapters.knowledge_files.published import PublishedKnowledge
from bot.adapters.knowledge_files.read_items import FileItem, content_hash, read_items
from bot.adapters.knowledge_files.read_questions import read_questions
from bot.adapters.knowledge_files.shipped_files import ShippedFiles
from bot.adapters.knowledge_files.write_items import CITIES, Written, layout_of, write_items
from bot.adapters.language_id.identifier import Py3LangidIdentifier
from bot.adapters.links.http_links import HttpLinks
from bot.adapters.rasa.child import RasaChild
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.offline_reader import LexicalReader
from bot.adapters.rasa.trainer import RasaTrainer
from bot.adapters.rasa.training_data import Phrasing, all_phrasings
from bot.adapters.rasa.workshop import RasaWorkshop
from bot.adapters.reports import WRITERS
from bot.adapters.sign_in.oidc import OidcProvider
from bot.adapters.sign_in.one_time_codes import TotpCodes
from bot.adapters.sign_in.password_hasher import Argon2Passwords
from bot.adapters.translations import FORMATS
from bot.adapters.translations.unpack import unpack
from bot.adapters.wording.catalogues import Catalogues
from bot.channels.telegram.preview import preview_reply as preview_in_telegram
from bot.channels.web_chat.preview import preview_reply as preview_in_web_chat
from bot.domain.errors import KnowledgeError, NotAvailableError
from bot.domain.languages import Language
from bot.services.desk.knowledge.ports import KnowledgeTools
from bot.services.desk.knowledge.stored_links import LinkAsker
from bot.services.desk.ports import DeskPorts
from bot.services.follow_publication import follow_publication
from bot.services.import_knowledge import import_knowledge
from bot.services.keep_for_good import keep_for_good
from bot.services.ports import Ports, UnitOfWork
from bot.services.publish_knowledge import fingerprint_items, publish_knowledge
from bot.services.stored_knowledge import KnowledgeItem, Publication
from bot.settings import Settings

log = structlog.get_logger()
ROOT = Path(__file__).parent.parent
KNOWLEDGE, NLU_DATA, RESPONSES = ROOT / "knowledge", ROOT / "nlu_data", ROOT / "responses"
QUESTIONS = ROOT / "tests" / "questions"
Tell = Callable[[str], None]
new_key = make_key
read_knowledge = read_items


@dataclass(frozen=True, kw_only=True)
class Folders:
    """Where everything lies that is data: facts, phrasings with the Rasa project, and words."""

    knowledge: Path = KNOWLEDGE
    nlu_data: Path = NLU_DATA
    responses: Path = RESPONSES
    questions: Path = QUESTIONS
    """Questions with known answers, for the proof of a publication; may be missing."""


OURS = Folders()


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


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[tuple[Database, Keyring]]:
    """The migrated database and the keyring that can hash for it."""
    keyring = open_keyring(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, keyring)
    try:
        await database.migrate()
        yield database, keyring.with_index_key(await database.get_index_key())
    finally:
        await database.close()


def open_keyring(settings: Settings) -> Keyring:
    """The keys from the setting, or from DATA/keys, which is made on the first start."""
    if settings.keys:
        return Keyring(read_keys(settings.keys))
    file = settings.data / "keys"
    if not file.exists():
        write_key_file(file)
    return Keyring(read_keys(file.read_text(encoding="ascii")))


def read_checked_items(folder: Path, languages: Sequence[Language]) -> list[FileItem]:
    """The items of knowledge/. Raises KnowledgeError that lists every fault; what is only overdue is let through."""
    items = read_items(folder)
    faults = [fault for fault in check_knowledge(items, languages, _now().date()) if not fault.overdue]
    if faults:
        raise KnowledgeError("\n".join(map(str, faults)))
    return items


def read_folder(folder: Path) -> list[FileItem]:
    """The items of a folder that may hold faults, or nothing yet: what an export is going to replace. Raises KnowledgeError."""
    return read_items(folder) if (folder / CITIES).exists() else []


def write_knowledge(items: Iterable[KnowledgeItem], folder: Path) -> Written:
    """Make a folder equal to the database's items; what does not lie there yet goes where the shipped folder has it."""
    return write_items(items, folder, [layout_of(read_folder(KNOWLEDGE), KNOWLEDGE)])


def find_knowledge_faults(folder: Path) -> list[Fault]:
    """Every fault in a folder of knowledge, and every overdue review."""
    return check_knowledge(read_items(folder), spoken_languages(), _now().date())


def phrasings_of_files() -> Iterator[Phrasing]:
    """Every training example that stands in knowledge/ and nlu_data/."""
    return iter(all_phrasings(build_knowledge(read_items(KNOWLEDGE)), NLU_DATA))


def spoken_languages() -> list[Language]:
    """The languages of the catalogues in which every public entry has phrasings; varieties such as "de-simple" share theirs."""
    return _public_languages(Catalogues(RESPONSES))


@asynccontextmanager
async def open_house(settings: Settings, tell: Tell, folders: Folders = OURS) -> AsyncIterator[House]:
    """Database migrated, knowledge imported, model trained where needed, NLU server up: ready to answer."""
    async with AsyncExitStack() as stack:
        wording = Catalogues(folders.responses)
        tell("Checking the knowledge")
        files = read_checked_items(folders.knowledge, _public_languages(wording))
        tell("Preparing the database")
        database, cipher = await stack.enter_async_context(open_database(settings))
        imported = await import_knowledge(files, database.unit_of_work)
        for key in imported.kept:
            log.warning("this was edited in the database and differs from its file; the edit is kept", item=key)
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        published = PublishedKnowledge(folders.nlu_data / "thresholds.yml")
        nlu = None if settings.nlu else await _start_child(settings, folders.nlu_data, database, stack, tell)
        client = RasaClient(nlu.url if nlu else settings.nlu or "", session, published)
        trainer = RasaTrainer(client, folders.nlu_data, (settings.data / "models").resolve(), build_knowledge)
        reader = LexicalReader(build_knowledge(files), folders.nlu_data)
        ports = _make_ports(settings, wording, database, cipher, client, published, reader)
        tell("Training the model (only when its data changed)")
        publication = await publish_knowledge(ports, trainer, imported.changed)
        if nlu:
            nlu.model = trainer.path(publication.model)
        published.switch_to(publication)
        workshop = _make_workshop(settings, folders.nlu_data, session, published)
        if workshop:
            stack.push_async_callback(workshop.close)
        desk = _make_desk(settings, ports, folders)
        publishing = replace(desk.knowledge, workshop=workshop, proof_questions=cache(lambda: read_questions(folders.questions)))
        house = House(
            settings=settings,
            ports=ports,
            desk=replace(desk, knowledge=publishing),
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


@asynccontextmanager
async def open_desk(settings: Settings, now: Callable[[], datetime], folders: Folders = OURS) -> AsyncIterator[DeskPorts]:
    """The staff's side alone, on the knowledge of the files and by a clock of its own: no NLU server, nobody is answered."""
    wording = Catalogues(folders.responses)
    files = read_checked_items(folders.knowledge, _public_languages(wording))
    async with open_database(settings) as (database, cipher), aiohttp.ClientSession() as session:
        await import_knowledge(files, database.unit_of_work)
        published = PublishedKnowledge(folders.nlu_data / "thresholds.yml")
        async with database.unit_of_work() as work:
            published.switch_to(await work.publications.current() or await _publish_untrained(work, now()))
            await work.commit()
        client = RasaClient(settings.nlu or "", session, published)
        reader = LexicalReader(published.knowledge, folders.nlu_data)
        ports = _make_ports(settings, wording, database, cipher, client, published, reader)
        desk = _make_desk(settings, replace(ports, now=now), folders)
        yield replace(desk, knowledge=replace(desk.knowledge, proof_questions=cache(lambda: read_questions(folders.questions))))


async def _publish_untrained(work: UnitOfWork, now: datetime) -> Publication:
    """Everything that is accepted, as the first publication, for a desk without an NLU server."""
    items = tuple(await work.knowledge_items.all())
    return await work.publications.add(Publication(number=0, fingerprint=fingerprint_items(items), model="", items=items, published_at=now))


def _make_ports(  # noqa: PLR0917
    settings: Settings,
    wording: Catalogues,
    database: Database,
    cipher: Keyring,
    client: RasaClient,
    published: PublishedKnowledge,
    reader: LexicalReader,
) -> Ports:
    """What the bot reaches the outside through."""
    return Ports(
        unit_of_work=database.unit_of_work,
        understander=client,
        offline_reader=reader,
        language_identifier=Py3LangidIdentifier(wording.languages, reader.phrasings()),
        wording=wording,
        day_reader=DateparserDayReader(),
        cipher=cipher,
        published=published,
        now=_now,
        public_url=settings.public_url,
        reports_in_telegram=settings.reports_in_telegram,
        operator=settings.operator_name,
    )


def _make_desk(settings: Settings, ports: Ports, folders: Folders) -> DeskPorts:
    """What the staff door needs, beside what the bot has."""
    provider = None
    if settings.oidc_issuer:
        provider = OidcProvider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_name)
    return DeskPorts(
        bot=ports,
        wording=Catalogues(folders.responses, "console*"),
        passwords=Argon2Passwords(),
        codes=TotpCodes(),
        files=AttachmentCleaner(),
        knowledge=make_knowledge_tools(ports, HttpLinks() if settings.link_check == "weekly" else None, folders.knowledge),
        reports=WRITERS,
        provider=provider,
        trusted_proxies=settings.trusted_proxies,
        erases_automatically=settings.retention == "automatic",
    )


def make_knowledge_tools(ports: Ports, links: LinkAsker | None = None, knowledge: Path = KNOWLEDGE) -> KnowledgeTools:
    """What the knowledge desk needs; without `links` no address is asked. `knowledge` is the shipped folder."""
    return KnowledgeTools(
        build=build_knowledge,
        hash_content=content_hash,
        checker=ItemChecker(lambda: ports.wording.languages, lambda: ports.now().date()),
        to_telegram=preview_in_telegram,
        to_web_chat=preview_in_web_chat,
        links=links,
        files=ShippedFiles(knowledge, unpack),
        translations=FORMATS,
    )


def _make_workshop(
    settings: Settings, nlu_data: Path, session: aiohttp.ClientSession, published: PublishedKnowledge
) -> RasaWorkshop | None:
    """Where candidates are trained: a child of ours, or the server that is set up for it; None where there is neither."""
    child = None if settings.nlu else RasaChild(nlu_data, settings.data / "logs" / "workshop.log")
    url = child.url if child else settings.nlu_workshop
    if url is None:
        return None
    client = RasaClient(url, session, published)
    trainer = RasaTrainer(client, nlu_data, (settings.data / "models").resolve(), build_knowledge)
    return RasaWorkshop(client, trainer, lambda: published.publication.model, child)


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


def _public_languages(wording: Catalogues) -> list[Language]:
    return [language for language in wording.languages if "-" not in language]


def _now() -> datetime:
    return datetime.now(UTC)
