"""Migrations, up and down, on both engines."""

import asyncio
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.adapters.database import migrate
from bot.adapters.database.columns import Row
from bot.adapters.database.database import Database
from bot.adapters.database.engine import open_engine
from bot.adapters.encryption.keyring import Keyring
from bot.domain.errors import SettingError
from tests.adapters.database.conftest import KEY, make_template
from tests.adapters.database.samples import CHAT, NOW, make_case, make_entry, make_message, make_outgoing, run_raw
from tests.adapters.database.test_unanswered_questions import QUESTION

MIGRATION = """
import asyncio, sys
from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
asyncio.run(Database(sys.argv[1], Keyring([bytes(range(32))])).migrate())
"""


async def test_migrations_make_the_tables_of_the_program(empty_url: str) -> None:
    engine = open_engine(empty_url)
    await migrate.upgrade(engine)
    async with engine.connect() as connection:
        compared = await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), Row.metadata))
    await engine.dispose()
    assert compared == []


async def test_up_and_down_with_data(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record(make_message(1))
        await work.outbox.add(make_outgoing("words"), NOW)
        await work.cases.add(make_case(), "receipt", CHAT)
        await work.case_log.append(make_entry())
        await work.unanswered_questions.add(QUESTION)
        await work.commit()
    await database.get_index_key()
    engine = open_engine(url)
    await migrate.upgrade(engine)
    async with database.unit_of_work() as work:
        assert await work.cases.find_by_receipt("receipt") == make_case()
    await database.close()
    await migrate.downgrade(engine, "base")
    with pytest.raises(SettingError):
        await migrate.check(engine)
    await migrate.upgrade(engine)
    await migrate.check(engine)
    await engine.dispose()
    async with database.unit_of_work() as work:
        assert await work.cases.find_by_receipt("receipt") is None


async def test_a_database_goes_back_to_the_first_version_and_up_again_with_its_cases(empty_url: str) -> None:
    engine, database = open_engine(empty_url), Database(empty_url, Keyring([KEY]))
    await database.migrate()
    async with database.unit_of_work() as work:
        await work.cases.add(make_case(), "receipt", CHAT)
        await work.unanswered_questions.add(QUESTION)
        await work.commit()
    await database.close()
    await migrate.downgrade(engine, "0001")
    with pytest.raises(SettingError):
        await migrate.check(engine)
    await engine.dispose()
    await database.migrate()
    async with database.unit_of_work() as work:
        assert await work.unanswered_questions.all() == []
        assert await work.cases.find_by_receipt("receipt") == make_case()
    await database.close()


async def test_program_refuses_an_unmigrated_database(empty_url: str) -> None:
    database = Database(empty_url, Keyring([KEY]))
    with pytest.raises(SettingError, match="python -m bot run"):
        await database.check()
    await database.migrate()
    await database.check()
    await database.close()


async def test_program_refuses_a_newer_database(database: Database, url: str) -> None:
    await run_raw(url, "UPDATE alembic_version SET version_num = '9999'")
    for step in (database.check, database.migrate):
        with pytest.raises(SettingError, match="newer version"):
            await step()


def test_file_is_for_its_owner_only(tmp_path: Path) -> None:
    asyncio.run(make_template(f"sqlite:///{tmp_path / 'new.db'}"))
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600


async def test_two_programs_migrate_at_once(empty_url: str) -> None:
    root = str(Path(__file__).parents[3])
    programs = [subprocess.Popen([sys.executable, "-c", MIGRATION, empty_url], cwd=root) for _ in range(2)]  # noqa: ASYNC220
    assert [await asyncio.to_thread(program.wait) for program in programs] == [0, 0]
    database = Database(empty_url, Keyring([KEY]))
    await database.check()
    await database.close()


async def test_failed_migration_changes_nothing(empty_url: str) -> None:
    await run_raw(empty_url, "CREATE TABLE publications (number INTEGER)")
    database = Database(empty_url, Keyring([KEY]))
    with pytest.raises(Exception, match="publications"):
        await database.migrate()
    await run_raw(empty_url, "DROP TABLE publications")
    await database.migrate()
    await database.check()
    await database.close()
