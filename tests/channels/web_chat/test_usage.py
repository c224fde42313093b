"""What people ask in the running house is counted and reaches the database when the doors close."""

from pathlib import Path
from types import SimpleNamespace

from aiohttp import ClientSession

from bot.adapters.database.database import Database
from bot.domain.usage import UsageFigures
from bot.serve import open_doors
from bot.settings import read_settings
from tests.console.conftest import make_ports
from tests.fakes.world import CIPHER, MORNING, World

EVERY_DAY = (MORNING.date().replace(year=2000), MORNING.date().replace(year=2100))


async def test_counts_are_stored_when_the_doors_close(sqlite_template: Path, tmp_path: Path) -> None:
    (tmp_path / "house.db").write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{tmp_path / 'house.db'}", CIPHER)
    world = World(database=database)
    world.understander.learn("amounts", ("wiesbaden.wir-amounts", 0.95), cities=("wiesbaden",))
    settings = read_settings(_env_file=None, data=tmp_path, port=0)

    async def rest() -> None:
        """There is no model to look after."""

    house = SimpleNamespace(
        settings=settings, ports=world.ports, desk=make_ports(world), keep_model_loaded=rest, keep_up=rest, understands=rest, workshop=None
    )
    async with open_doors(house) as address, ClientSession() as session:
        for text in ("amounts", "what will the weather be"):
            answer = await session.post(f"{address}api/v1/messages", json={"text": text, "language": "en"})
            assert answer.status == 200
    async with database.unit_of_work() as work:
        figures = await work.usage.count(*EVERY_DAY)
    await database.close()
    assert figures == UsageFigures(
        kinds={"answered": 1, "declined": 1},
        days={str(MORNING.date()): 2},
        languages={"en": 2},
        cities={"wiesbaden": 1, "": 1},
        entries={"wiesbaden.wir-amounts": 1},
    )
