"""Two bots on one PostgreSQL database share the work: nothing is answered twice, nothing is lost, order is kept."""

import asyncio
import base64
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.serve import open_doors
from bot.settings import Settings, read_settings
from tests.fake_bot_api.server import FakeBotApi

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
async def shared(cluster: Callable[[str], str], house: House, tmp_path: Path) -> Settings:
    """Settings for bots on one new database, with the house's NLU server and model."""
    connection = await asyncpg.connect(cluster("postgres").replace("+asyncpg", ""))
    await connection.execute("CREATE DATABASE two_bots")
    await connection.close()
    (tmp_path / "models").symlink_to((house.settings.data / "models").resolve())
    return read_settings(_env_file=None, data=tmp_path, port=0, database=cluster("two_bots"), keys=KEY, nlu=house.client.url)


async def test_two_bots_share_one_chat_and_many(shared: Settings) -> None:
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(FakeBotApi("777:test-token"))
        houses = [await stack.enter_async_context(open_house(shared, print)) for _ in range(2)]
        with_telegram = shared.model_copy(update={"telegram_token": api.token, "telegram_api": api.url})
        for each in houses:
            await stack.enter_async_context(open_doors(replace(each, settings=with_telegram)))
        people = [api.person(number, language_code="en") for number in range(1, 7)]
        for _ in range(3):
            for person in people:
                person.says("/help")
                person.says("/privacy")
        for person in people:
            heard = [(await person.hears(30)).text for _ in range(6)]
            assert ["This is what I can do" in text for text in heard] == [True, False] * 3
        await asyncio.sleep(1)
        assert all(person.heard_nothing_more() for person in people)
