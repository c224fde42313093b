"""A migrated database of its own for every test, on SQLite and on PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from tests.conftest import make_template

KEY = bytes(range(32))
NUMBERS = count()


@pytest.fixture(scope="session")
def postgres_template(cluster: Callable[[str], str]) -> str:
    """The name of a migrated, empty PostgreSQL database."""
    asyncio.run(administer(cluster, "ALTER SYSTEM SET fsync = off"))  # no test outlives a power cut
    asyncio.run(administer(cluster, "SELECT pg_reload_conf()"))
    asyncio.run(administer(cluster, "CREATE DATABASE template_wegweiser"))
    asyncio.run(make_template(cluster("template_wegweiser")))
    return "template_wegweiser"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
    else:
        cluster, template = request.getfixturevalue("cluster"), request.getfixturevalue("postgres_template")
        with new_postgres(cluster, f"TEMPLATE {template}") as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with new_postgres(request.getfixturevalue("cluster"), "") as url:
            yield url


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open, migrated database."""
    opened = Database(url, Keyring([KEY]))
    yield opened
    await opened.close()


@contextmanager
def new_postgres(cluster: Callable[[str], str], options: str) -> Iterator[str]:
    """A new PostgreSQL database for as long as it is needed."""
    name = f"test_{next(NUMBERS)}"
    asyncio.run(administer(cluster, f"CREATE DATABASE {name} {options}"))
    yield cluster(name)
    asyncio.run(administer(cluster, f"DROP DATABASE {name} WITH (FORCE)"))


async def administer(cluster: Callable[[str], str], statement: str) -> None:
    """Run a statement outside of any transaction."""
    engine = create_async_engine(cluster("postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
