"""An inbox in memory, so that these tests need no database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from bot.channels.telegram.intake import Intake
from bot.channels.telegram.read_update import Reader
from bot.domain.languages import Language
from bot.domain.messages import ConversationId, IncomingMessage
from tests.fake_bot_api.server import FakeBotApi

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SPOKEN = frozenset(map(Language, ("de", "en", "ar", "uk")))


@dataclass
class MemoryDatabase:
    """What is committed, and how often committing shall fail."""

    messages: list[IncomingMessage] = field(default_factory=list)
    failures: int = 0

    def unit_of_work(self) -> Any:
        """A transaction with just an inbox."""
        return MemoryWork(self)

    def contents(self) -> list[Any]:
        """What people sent, in the order of recording."""
        return [message.content for message in self.messages]


@dataclass
class MemoryWork:
    """One transaction; it is its own inbox."""

    database: MemoryDatabase
    pending: list[IncomingMessage] = field(default_factory=list)

    @property
    def inbox(self) -> Self:
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        self.pending.clear()

    async def record(self, message: IncomingMessage) -> bool:
        known = {(other.source, other.message_id) for other in self.database.messages}
        is_new = (message.source, message.message_id) not in known
        self.pending += [message] if is_new else []
        return is_new

    async def newest_message_id(self, source: str) -> str | None:
        ids = [int(message.message_id) for message in self.database.messages if message.source == source]
        return str(max(ids)) if ids else None

    async def commit(self) -> None:
        if self.database.failures > 0:
            self.database.failures -= 1
            raise ConnectionError("The database is away.")
        self.database.messages += self.pending
        self.pending = []


def make_reader(bot_id: int = 123456, bot_name: str = "wegweiser_test_bot") -> Reader:
    """A reader whose chat hash is easy to see through."""
    return Reader(bot_id=bot_id, bot_name=bot_name, hash_chat=lambda chat: ConversationId(f"hash of {chat}"), spoken=SPOKEN)


def make_intake(database: MemoryDatabase, api: FakeBotApi) -> Intake:
    """The real intake on the memory database."""
    reader = make_reader(api.bot_id, api.bot_name)
    return Intake(reader=reader, unit_of_work=database.unit_of_work, now=lambda: NOW)
