"""Opens the database that a URL names."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.adapters.database import sqlite_driver
from bot.adapters.database.sqlite_driver import WAIT_SECONDS
from bot.domain.errors import SettingError

CONNECTIONS = 10
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def open_engine(url: str) -> AsyncEngine:
    """An engine for SQLite (a file) or PostgreSQL. Opens no connection yet. Raises SettingError."""
    parsed = read_url(url)
    if parsed.get_backend_name() == "sqlite":
        return open_sqlite(parsed)
    timeouts: dict[str, Any] = {} if "timeout" in parsed.query else {"timeout": WAIT_SECONDS}
    return create_async_engine(
        parsed,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args=timeouts,
    )


def read_url(url: str) -> URL:
    """The URL with the driver that we use. Raises SettingError; never repeats the URL, which may hold a password."""
    try:
        parsed = make_url(url)
        driver = DRIVERS[parsed.drivername.partition("+")[0]]
    except (ArgumentError, KeyError, ValueError):
        message = "WEGWEISER_DATABASE must begin with sqlite:/// (then a file) or postgresql:// (then user:password@host/name)."
        raise SettingError(message) from None
    if driver.startswith("sqlite") and parsed.database in (None, "", ":memory:"):
        message = "WEGWEISER_DATABASE names no file. Write sqlite:/// and then the file, for example sqlite:///data/wegweiser.db."
        raise SettingError(message)
    return parsed.set(drivername=driver)


def open_sqlite(url: URL) -> AsyncEngine:
    """SQLite in a file for its owner only. In autocommit every read sees what is committed; transaction.py begins writing transactions."""
    with suppress(OSError):  # a missing folder is told when the first connection is opened
        Path(url.database or "").touch(mode=0o600)
    return create_async_engine(
        url,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_reset_on_return=None,
        connect_args={"timeout": WAIT_SECONDS, "async_creator_fn": sqlite_driver.connect},
    )
