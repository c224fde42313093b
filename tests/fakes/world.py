"""A small world for stories: the real words and the real knowledge, a database in memory, and readings by script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from bot.adapters.dates.day_reader import DateparserDayReader
from bot.adapters.encryption.keyring import Keyring
from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.read_items import FileItem, read_items
from bot.adapters.language_id.identifier import Py3LangidIdentifier
from bot.adapters.rasa.offline_reader import LexicalReader
from bot.adapters.wording.catalogues import Catalogues
from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import Intent, KnowledgeBase, MunicipalityId
from bot.domain.languages import Language
from bot.domain.understanding import Ranked, Thresholds, Understanding
from bot.services.ports import Ports
from tests.fakes.memory_database import MemoryDatabase

ROOT = Path(__file__).parents[2]
MORNING = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CIPHER = Keyring([bytes(range(32))], index_key=bytes(range(32, 64)))
TWELVE = tuple(map(Language, ("de", "en", "ar", "tr", "uk", "ru", "fa", "fr", "pl", "ro", "vi", "es")))
NOBODY_KNOWS = Understanding(ranking=(Ranked(intent=Intent("out-of-scope.far"), confidence=0.95),))
THRESHOLDS = Thresholds(answer=0.7, suggest=0.4)


@cache
def real_items() -> tuple[FileItem, ...]:
    """Every item of knowledge/."""
    return tuple(read_items(ROOT / "knowledge"))


@cache
def real_knowledge() -> KnowledgeBase:
    """What is published from knowledge/."""
    return build_knowledge(real_items())


@cache
def real_words() -> Catalogues:
    """The catalogues of responses/."""
    return Catalogues(ROOT / "responses")


@cache
def real_offline_reader() -> LexicalReader:
    """Emergency words and search."""
    return LexicalReader(real_knowledge(), ROOT / "nlu_data")


@cache
def real_identifier() -> Py3LangidIdentifier:
    """The language identifier, for all twelve languages."""
    return Py3LangidIdentifier(TWELVE)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **duration: float) -> None:
        """Go on by so many days, hours, minutes, …"""
        self.now += timedelta(**duration)


@dataclass
class FakeUnderstander:
    """Reads what it was told to read; anything else is far out of scope. Down, it raises as the real one does."""

    readings: dict[str, Understanding] = field(default_factory=dict)
    is_down: bool = False

    def learn(self, text: str, *meanings: tuple[str, float], cities: tuple[str, ...] = (), others: tuple[str, ...] = ()) -> None:
        """From now on, a text means this; what remains of it without its cities is worked out."""
        remainder = "" if not meanings else text
        ranking = tuple(Ranked(intent=Intent(intent), confidence=confidence) for intent, confidence in meanings)
        self.readings[text] = Understanding(
            ranking=ranking, municipalities=tuple(map(MunicipalityId, cities)), other_cities=others, remainder=remainder
        )

    async def understand(self, text: str) -> Understanding:
        if self.is_down:
            raise NotAvailableError("The NLU server does not answer.")
        return self.readings.get(text, NOBODY_KNOWS)


@dataclass
class FakePublished:
    """What is published right now."""

    knowledge: KnowledgeBase
    thresholds: Mapping[Language, Thresholds]

    def knowledge_for(self, model: str) -> KnowledgeBase:
        return self.knowledge


@dataclass
class World:
    """Everything around the services, with handles to turn."""

    clock: FakeClock = field(default_factory=FakeClock)
    understander: FakeUnderstander = field(default_factory=FakeUnderstander)
    database: MemoryDatabase = field(default_factory=MemoryDatabase)
    people: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    ports: Ports = field(init=False)

    def __post_init__(self) -> None:
        self.ports = Ports(
            unit_of_work=self.database.unit_of_work,
            understander=self.understander,
            offline_reader=real_offline_reader(),
            language_identifier=real_identifier(),
            wording=real_words(),
            day_reader=DateparserDayReader(),
            cipher=CIPHER,
            published=FakePublished(real_knowledge(), dict.fromkeys(TWELVE, THRESHOLDS)),
            now=self.clock,
            public_url="https://wegweiser.example",
        )

    def with_ports(self, **changes: object) -> "World":
        """The same world with other ports or settings."""
        self.ports = replace(self.ports, **changes)
        return self

    def words(self, key: str, language: str = "en", /, **values: object) -> str:
        """What the bot says for a key."""
        return self.ports.wording.say(key, Language(language), **values)

    @property
    def tables(self):
        """What is committed."""
        return self.database.tables
