"""One transaction: many writers, cancelled tasks, several processes, a database that is not there."""

import asyncio
import random
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.adapters.database.database import Database
from bot.adapters.database.engine import open_engine
from bot.adapters.encryption.keyring import Keyring
from bot.domain.errors import NotAvailableError, SettingError
from bot.services.desk.records.verify_log import verify_log
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import make_entry, make_message

WRITER = """
import asyncio, sys
from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from tests.adapters.database.samples import make_entry
from bot.services.desk.records.verify_log import verify_log

async def main():
    database = Database(sys.argv[1], Keyring([bytes(range(32))]))
    for number in range(15):
        async with database.unit_of_work() as work:
            await work.case_log.append(make_entry(number=str(number)))
            await work.commit()
    await database.close()

asyncio.run(main())
"""


async def test_cancelled_tasks_leave_nothing_behind(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.unit_of_work() as work:
            await work.inbox.record(make_message(number))
            await work.case_log.append(make_entry())
            await work.commit()

    chance = random.Random(7)  # not for secrets
    for number in range(40):
        task = asyncio.create_task(write(number))
        await asyncio.sleep(chance.random() * 0.008)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await asyncio.wait_for(write(99), timeout=5)
    async with database.unit_of_work() as work:
        entries = [entry async for entry in work.case_log.entries()]
        assert await work.inbox.waiting() == len(entries)
    assert (await verify_log(database.unit_of_work)).is_whole


async def test_error_inside_undoes_everything(database: Database) -> None:
    async def fail() -> None:
        async with database.unit_of_work() as work:
            await work.inbox.record(make_message(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.unit_of_work() as work:
        assert await work.inbox.waiting() == 0
        assert await work.inbox.record(make_message(1))


async def test_more_writers_than_connections(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.unit_of_work() as work:
            await work.inbox.record(make_message(number))
            await work.commit()

    async def read() -> None:
        async with database.unit_of_work() as work:
            await work.inbox.waiting()

    await asyncio.gather(*(write(number) for number in range(100)), *(read() for _ in range(100)))
    async with database.unit_of_work() as work:
        assert await work.inbox.waiting() == 100


async def test_two_processes_write_one_chain(database: Database, url: str) -> None:
    root = str(Path(__file__).parents[3])
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, url], cwd=root) for _ in range(2)]  # noqa: ASYNC220
    assert [await asyncio.to_thread(writer.wait) for writer in writers] == [0, 0]
    async with database.unit_of_work() as work:
        entries = [entry async for entry in work.case_log.entries()]
    assert len(entries) == 30
    assert (await verify_log(database.unit_of_work)).is_whole


async def test_absent_server_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for url in (f"postgresql://wegweiser:hush@127.0.0.1:{port}/x", f"sqlite:///{tmp_path}/no/folder/x.db"):
        database = Database(url, Keyring([KEY]))
        for step in (database.ping, database.check, database.migrate, database.get_index_key):
            with pytest.raises(NotAvailableError, match="does not answer") as caught:
                await step()
            assert "hush" not in str(caught.value)
        await database.close()


@pytest.mark.parametrize("url", ["", "mysql://x", "sqlite://", "sqlite:///:memory:", "just words", "postgresql://u:hush@h:port/x"])
def test_wrong_url_is_said_in_a_sentence(url: str) -> None:
    with pytest.raises(SettingError, match="WEGWEISER_DATABASE") as caught:
        open_engine(url)
    assert "hush" not in str(caught.value)
