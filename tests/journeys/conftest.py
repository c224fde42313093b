"""Telegram at the door of the real house; the training desk; and a small house to publish in."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.demo.run_demo import Demo, open_demo
from bot.serve import open_doors
from bot.settings import read_settings
from tests.fake_bot_api.server import FakeBotApi
from tests.journeys.small_house import make_folders

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


@pytest.fixture(scope="session")
def small_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The models of all small houses: what one has trained the next finds."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
async def small(tmp_path_factory: pytest.TempPathFactory, small_models: Path) -> AsyncIterator[House]:
    """A small house of one's own: what is published in it is seen nowhere else."""
    data = tmp_path_factory.mktemp("data")
    (data / "models").symlink_to(small_models)
    settings = read_settings(_env_file=None, data=data, port=0, messages_per_minute=0)
    async with open_house(settings, print, make_folders(tmp_path_factory.mktemp("small"))) as house:
        yield house
