"""The knowledge desk with all real items imported."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copyfile

import pytest

from bot.adapters.database.database import Database
from bot.services.import_knowledge import import_knowledge
from tests.console.conftest import Desk
from tests.fakes.world import CIPHER, real_items


@pytest.fixture(scope="session")
def knowledge_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds every item of knowledge/, imported once."""
    file = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    copyfile(sqlite_template, file)
    asyncio.run(fill_template(f"sqlite:///{file}"))
    return file


async def fill_template(url: str) -> None:
    """Import the real items. Closing the database brings everything into its one file."""
    opened = Database(url, CIPHER)
    await import_knowledge(real_items(), opened.unit_of_work)
    await opened.close()


@pytest.fixture
async def database(knowledge_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of its own for each test: all that `desk` brings stands on it."""
    copyfile(knowledge_template, tmp_path / "desk.db")
    opened = Database(f"sqlite:///{tmp_path / 'desk.db'}", CIPHER)
    yield opened
    await opened.close()


@pytest.fixture
def knowledge_desk(desk: Desk) -> Desk:
    """The desk on all real items: accepted in the database, and published in `desk.world.ports.published`."""
    return desk
