"""The web application over a real SQLite database; only the understanding is by script."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.database.database import Database
from bot.adapters.knowledge_files.build_knowledge import build_knowledge
from bot.adapters.knowledge_files.published import PublishedKnowledge
from bot.adapters.rasa.client import RasaClient
from bot.adapters.rasa.trainer import RasaTrainer
from bot.assemble.house import House
from bot.serve import make_app
from bot.services.stored_knowledge import Publication
from bot.settings import read_settings
from tests.console.conftest import make_ports
from tests.fakes.world import CIPHER, World, real_offline_reader


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running web application with its world and its database."""

    client: TestClient
    world: World
    file: Path

    async def post(self, **message: Any) -> dict[str, Any]:
        """Send a message that must be answered."""
        response = await self.client.post("/api/v1/messages", json=message)
        assert response.status == 200, await response.text()
        return await response.json()

    async def count(self, table: str) -> int:
        """How many rows a table holds."""
        engine = create_async_engine(f"sqlite+aiosqlite:///{self.file}")
        async with engine.connect() as connection:
            [(rows,)] = await connection.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
        await engine.dispose()
        return rows


OpenSite = Callable[..., AbstractAsyncContextManager[Site]]


@pytest.fixture(scope="session")
async def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("web-chat") / "empty.db"
    database = Database(f"sqlite+aiosqlite:///{file}", CIPHER)
    await database.migrate()
    await database.close()
    return file


@pytest.fixture
def open_site(empty_database: Path, tmp_path: Path) -> OpenSite:
    """Opens the web application with some settings of its own."""

    @asynccontextmanager
    async def open_one(**changes: object) -> AsyncIterator[Site]:
        file = Path(shutil.copy(empty_database, tmp_path / "site.db"))
        settings = read_settings(_env_file=None, data=tmp_path, **{"messages_per_minute": 0, **changes})
        database, world = Database(f"sqlite+aiosqlite:///{file}", CIPHER), World()
        ports = world.with_ports(unit_of_work=database.unit_of_work).ports
        async with ClientSession() as session:
            nlu = RasaClient("http://127.0.0.1:9", session, ports.published)
            published = PublishedKnowledge(tmp_path / "no-thresholds.yml")
            published.switch_to(Publication(number=1, fingerprint="", model="", items=(), published_at=ports.now()))
            house = House(
                settings=settings,
                ports=ports,
                desk=make_ports(world),
                database=database,
                client=nlu,
                published=published,
                trainer=RasaTrainer(nlu, tmp_path, tmp_path, build_knowledge),
                offline_reader=real_offline_reader(),
                workshop=None,
                nlu=None,
            )
            async with TestClient(TestServer(make_app(house))) as client:
                yield Site(client=client, world=world, file=file)
        await database.close()

    return open_one


@pytest.fixture
async def site(open_site: OpenSite) -> AsyncIterator[Site]:
    """The web application as it comes, without a limit."""
    async with open_site() as site:
        yield site
