"""Telegram at the door of the real house; and the training desk."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from itertools import count
from typing import Protocol

import pytest

from bot.assemble import House
from bot.demo.run_demo import Demo, open_demo
from bot.serve import open_doors
from tests.fake_bot_api.server import FakeBotApi

BOTS = count(1)


class OpenTelegram(Protocol):
    """Opens the house's Telegram door with some settings of its own."""

    def __call__(self, **settings: object) -> AbstractAsyncContextManager[FakeBotApi]: ...


@pytest.fixture
def telegram(house: House) -> OpenTelegram:
    @asynccontextmanager
    async def open_telegram(**changes: object) -> AsyncIterator[FakeBotApi]:
        token = f"{next(BOTS)}:test-token"  # a bot of its own: update ids are only unique within one bot
        async with FakeBotApi(token) as api:
            settings = house.settings.model_copy(update={"telegram_token": api.token, "telegram_api": api.url, **changes})
            ports = replace(house.ports, public_url=settings.public_url, reports_in_telegram=settings.reports_in_telegram)
            async with open_doors(replace(house, settings=settings, ports=ports)):
                yield api

    return open_telegram


@pytest.fixture(scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    """The training desk: 300 cases, and everybody who works there."""
    async with open_demo(print, data=tmp_path_factory.mktemp("demo") / "desk", port=0) as demo:
        yield demo
