"""A Bot API server and a client for it."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.bot_client import BotClient, make_bot
from bot.channels.telegram.intake import Intake
from tests.channels.telegram.memory import MemoryDatabase, make_intake
from tests.fake_bot_api.server import FakeBotApi


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[BotClient]:
    async with make_bot(api.token, api.url) as client:
        yield client


@pytest.fixture
def database() -> MemoryDatabase:
    return MemoryDatabase()


@pytest.fixture
def intake(database: MemoryDatabase, api: FakeBotApi) -> Intake:
    return make_intake(database, api)
