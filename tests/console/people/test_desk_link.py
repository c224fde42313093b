"""The way in for whoever runs the machine: links on the terminal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.database.database import Database
from bot.assemble.open_database import open_database
from bot.commands import make_desk_link
from bot.domain.errors import NotAllowedError
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.make_invitation import hash_token
from bot.services.desk.people.stored_people import Credentials
from bot.settings import Settings, read_settings
from tests.fakes.world import MORNING


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(_env_file=None, data=tmp_path, public_url="https://wegweiser.example")


async def hire_admin(database: Database) -> None:
    member = StaffMember(id=StaffId("1"), name="Ada Beispiel", email="ada@stadt.example", roles=frozenset({Role.ADMIN}), created_at=MORNING)
    async with database.unit_of_work() as work:
        await work.staff.add(member, Credentials(password_hash=None))
        await work.commit()


async def test_the_first_link_is_made_until_there_is_an_admin(settings: Settings) -> None:
    links = [await make_desk_link(settings, "") for _ in range(2)]
    assert len(set(links)) == 2
    assert all(link.startswith("https://wegweiser.example/console/invitation/") for link in links)
    async with open_database(settings) as (database, cipher):
        async with database.unit_of_work() as work:
            (open_link,) = await work.staff_invitations.all(datetime.now(UTC))
        assert open_link.token_hash == hash_token(links[1].rpartition("/")[2], cipher)
        await hire_admin(database)
    with pytest.raises(NotAllowedError):
        await make_desk_link(settings, "")


async def test_an_account_that_lost_its_way_gets_a_link(settings: Settings) -> None:
    async with open_database(settings) as (database, _):
        await hire_admin(database)
    assert "/console/invitation/" in await make_desk_link(settings, "ADA@stadt.example")
    with pytest.raises(NotAllowedError):
        await make_desk_link(settings, "niemand@stadt.example")
