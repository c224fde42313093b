"""The real house for the journeys: real Rasa with the real model, real SQLite, real pages; started once."""

from collections.abc import AsyncIterator

import pytest

from bot.assemble import ROOT, House, open_house
from bot.serve import open_doors
from bot.settings import Settings, read_settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("house")
    models = ROOT / "data" / "models"  # named after all they are made of: one that is there is the one we would train
    models.mkdir(parents=True, exist_ok=True)
    (data / "models").symlink_to(models)
    return read_settings(_env_file=None, data=data, port=0, messages_per_minute=0, operator_name="Stadt Musterstadt")


@pytest.fixture(scope="session")
async def house(settings: Settings) -> AsyncIterator[House]:
    async with open_house(settings, print) as house:
        yield house


@pytest.fixture(scope="session")
async def web(house: House) -> AsyncIterator[str]:
    """The address of the running web chat, with a slash at its end."""
    async with open_doors(house) as address:
        yield address
