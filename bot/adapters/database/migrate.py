"""Brings the tables to the shape that this program needs, and back; writes new migrations."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.adapters.database.engine import open_engine
from bot.adapters.database.transaction import translated_errors
from bot.domain.errors import SettingError

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x57656757
"""Any number, the same for all: the PostgreSQL advisory lock under which one program migrates while others wait."""


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Run the missing migrations, all or none. Raises SettingError when the database is newer than this program."""
    await run_alone(engine, lambda connection: _upgrade(connection, revision))


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Take migrations back, down to a revision or "base"."""
    await run_alone(engine, lambda connection: command.downgrade(to_config(connection), revision))


async def check(engine: AsyncEngine) -> None:
    """Raises SettingError when the tables are older or newer than this program, NotAvailableError without an answer."""
    with translated_errors():
        async with engine.connect() as connection:
            await connection.run_sync(_check)


async def run_alone(engine: AsyncEngine, step: Callable[[Connection], None]) -> None:
    """Run a step in one transaction while every other migrating program waits. Raises NotAvailableError."""
    is_sqlite = engine.dialect.name == "sqlite"
    with translated_errors():
        async with engine.connect() as connection:
            if is_sqlite:
                await connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # as SQLite advises for changes to tables
            await connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite else f"SELECT pg_advisory_xact_lock({LOCK})")
            try:
                await connection.run_sync(step)
                await (connection.exec_driver_sql("COMMIT") if is_sqlite else connection.commit())
            finally:
                if is_sqlite:
                    await connection.invalidate()  # rolls back what is not committed, and no other user gets it without foreign keys


def to_config(connection: Connection | None = None) -> Config:
    """Alembic's settings; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    _refuse_newer(connection)
    command.upgrade(to_config(connection), revision)


def _refuse_newer(connection: Connection) -> str | None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(to_config()).walk_revisions()}
    if current is not None and current not in known:
        message = f"The database was made by a newer version of this program (revision {current}). Install that version or an older backup."
        raise SettingError(message)
    return current


def _check(connection: Connection) -> None:
    if _refuse_newer(connection) != ScriptDirectory.from_config(to_config()).get_current_head():
        message = "The tables of the database are missing or older than this program. Start the bot once with: python -m bot run"
        raise SettingError(message)


async def write_migration(url: str, title: str) -> None:
    """Write a new migration from the difference between the tables of an up-to-date database and tables.py."""
    engine = open_engine(url)
    try:
        await upgrade(engine)
        async with engine.connect() as connection:
            await connection.run_sync(lambda sync: command.revision(to_config(sync), title, autogenerate=True))
    finally:
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(write_migration(*sys.argv[1:3]))
