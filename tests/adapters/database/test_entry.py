"""Invitations and failed attempts, on both engines."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.change_member import change_own, disable_member
from bot.services.desk.people.stored_entry import Invitation
from bot.services.desk.people.stored_people import Credentials
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import GERMAN, NOW, run_raw
from tests.console.conftest import make_ports
from tests.fakes.world import World

INVITATION = Invitation(
    token_hash="a" * 64,
    purpose="join",
    name="Nele Neumann",
    email="nele@stadt.example",
    roles=frozenset({Role.LEAD}),
    municipalities=frozenset({MunicipalityId("halle")}),
    invited_by=StaffId("admin"),
    expires_at=NOW + timedelta(days=7),
)


async def keep(database: Database, *invitations: Invitation) -> None:
    async with database.unit_of_work() as work:
        for each in invitations:
            await work.staff_invitations.add(each)
        await work.commit()


async def test_an_invitation_is_taken_once_and_sealed(database: Database, url: str) -> None:
    await keep(database, INVITATION)
    stored = str(await run_raw(url, "SELECT * FROM staff_invitations"))
    assert "Nele" not in stored
    async with database.unit_of_work() as work:
        assert await work.staff_invitations.find(INVITATION.token_hash, NOW) == INVITATION
        assert await work.staff_invitations.take(INVITATION.token_hash, NOW + timedelta(days=7)) is None
        assert await work.staff_invitations.take(INVITATION.token_hash, NOW) == INVITATION
        assert await work.staff_invitations.take(INVITATION.token_hash, NOW) is None
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.staff_invitations.all(NOW) == []


async def test_links_for_one_purpose_replace_each_other(database: Database) -> None:
    first = replace(INVITATION, token_hash="b", purpose="first", invited_by=None)
    recover = replace(INVITATION, token_hash="c", purpose="recover", staff=StaffId("one"))
    other = replace(recover, token_hash="d", staff=StaffId("two"), expires_at=NOW + timedelta(days=1))
    await keep(database, INVITATION, first, recover, other)
    async with database.unit_of_work() as work:
        await work.staff_invitations.revoke_for("first")
        await work.staff_invitations.revoke_for("recover", StaffId("one"))
        assert await work.staff_invitations.all(NOW) == [other, INVITATION]
        assert await work.staff_invitations.delete_expired(NOW + timedelta(days=1)) == 1
        assert await work.staff_invitations.revoke(INVITATION.token_hash)
        assert not await work.staff_invitations.revoke(INVITATION.token_hash)


async def test_invitations_move_to_the_newest_key(database: Database, url: str) -> None:
    await keep(database, INVITATION)
    newer = Database(url, Keyring([bytes(32), KEY]))
    await newer.rotate_keys()
    await newer.close()
    only = Database(url, Keyring([bytes(32)]))
    async with only.unit_of_work() as work:
        assert await work.staff_invitations.all(NOW) == [INVITATION]
    await only.close()


async def test_failures_are_counted_by_subject(database: Database) -> None:
    later = NOW + timedelta(minutes=1)
    async with database.unit_of_work() as work:
        failures = work.sign_in_failures
        assert list(await failures.add("one", NOW)) == []
        assert list(await failures.add("other", NOW)) == []
        assert list(await failures.add("one", NOW)) == [NOW]
        assert sorted(await failures.add("one", later)) == [NOW, NOW]
        await failures.forget("one", NOW)
        assert sorted(await failures.add("one", later)) == [NOW, later]
        await failures.clear("one")
        assert list(await failures.add("one", later)) == []
        assert await failures.delete_before(later) == 1
        await work.commit()


async def test_attempts_at_once_are_counted_one_after_the_other(database: Database) -> None:
    async def attempt() -> int:
        async with database.unit_of_work() as work:
            earlier = await work.sign_in_failures.add("one", NOW)
            await asyncio.sleep(0.02)
            await work.commit()
        return len(earlier)

    assert sorted(await asyncio.gather(*(attempt() for _ in range(5)))) == [0, 1, 2, 3, 4]


async def test_the_links_that_somebody_made_are_revoked(database: Database) -> None:
    others = replace(INVITATION, token_hash="b", invited_by=StaffId("other"))
    await keep(database, INVITATION, others, replace(INVITATION, token_hash="c", invited_by=None))
    async with database.unit_of_work() as work:
        await work.staff_invitations.revoke_from(StaffId("admin"))
        assert {each.token_hash for each in await work.staff_invitations.all(NOW)} == {"b", "c"}


async def test_two_last_admins_do_not_both_leave(url: str) -> None:
    opened = Database(url, Keyring([KEY], index_key=bytes(range(32, 64))))
    ports = make_ports(World(database=opened))
    admins = [
        StaffMember(id=StaffId(name), name=name, email=f"{name}@stadt.example", roles=frozenset({Role.ADMIN}), created_at=NOW)
        for name in ("one", "two")
    ]
    async with opened.unit_of_work() as work:
        for admin in admins:
            await work.staff.add(admin, Credentials(password_hash=None))
        await work.commit()
    done = await asyncio.gather(*(disable_member(admin.id, ports, by=admin.id) for admin in admins), return_exceptions=True)
    async with opened.unit_of_work() as work:
        left = [member.id for member in await work.staff.all() if member.disabled_at is None]
    await opened.close()
    assert len(left) == 1, done


async def test_who_changes_a_name_does_not_bring_back_a_disabled_account(url: str) -> None:
    opened = Database(url, Keyring([KEY], index_key=bytes(range(32, 64))))
    ports = make_ports(World(database=opened))
    member = StaffMember(id=StaffId("one"), name="One", email="one@stadt.example", roles=frozenset({Role.EDITOR}), created_at=NOW)
    async with opened.unit_of_work() as work:
        await work.staff.add(member, Credentials(password_hash=None))
        await work.commit()
    async with opened.unit_of_work() as work:
        await work.staff.lock()
        renamed = asyncio.create_task(change_own(member.id, ports, name="Uno", language=GERMAN))
        await asyncio.sleep(0.2)
        await work.staff.save(replace(member, disabled_at=NOW))
        await work.commit()
    await renamed
    async with opened.unit_of_work() as work:
        stored = await work.staff.find(member.id)
    await opened.close()
    assert stored
    assert (stored.name, stored.disabled_at) == ("Uno", NOW)
