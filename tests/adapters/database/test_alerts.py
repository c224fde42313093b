"""Alerts and the chats of the staff are stored, given out once, and resealed with the other secrets."""

import asyncio
from datetime import timedelta

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.alerts import Alert, AlertKind
from bot.domain.knowledge import MunicipalityId
from bot.domain.messages import ConversationId
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.alerts.stored_alerts import StaffChat
from bot.services.desk.cases.stored_list import SavedFilter
from bot.services.desk.people.stored_people import Credentials
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import NOW, NUMBER, make_case, run_raw

INDEX_KEY = bytes(range(32, 64))
WORKER = StaffMember(
    id=StaffId("worker"),
    name="Zoe",
    email="zoe@stadt.example",
    roles=frozenset({Role.CASEWORKER}),
    municipalities=frozenset({MunicipalityId("halle")}),
    created_at=NOW,
)
CHAT = StaffChat(staff=WORKER.id, conversation=ConversationId("chat"), address="4711", linked_at=NOW)
DUE = NOW.date() + timedelta(days=1)


def about(kind: AlertKind = AlertKind.NEW_CASE, **changes: object) -> Alert:
    return Alert(**{"staff": WORKER.id, "kind": kind, "case": NUMBER, "at": NOW, **changes})


async def prepare(url: str) -> Database:
    """A database with a member of staff, their chat, and a case."""
    database = Database(url, Keyring([KEY], index_key=INDEX_KEY))
    async with database.unit_of_work() as work:
        await work.staff.add(WORKER, Credentials(password_hash=None))
        await work.staff_chats.link(CHAT)
        await work.cases.add(make_case(), "hash", None)
        await work.commit()
    return database


async def test_each_alert_is_given_out_once_to_many_at_once(url: str) -> None:
    database = await prepare(url)
    async with database.unit_of_work() as work:
        await work.alerts.add([about(), about(AlertKind.ANSWER), about(), about(AlertKind.DUE, due_on=DUE)])
        await work.commit()

    async def take() -> list[int]:
        async with database.unit_of_work() as work:
            taken = [alert.id for alert in await work.alerts.take_untold(NOW)]
            await work.commit()
        return taken

    given = [id_ for taken in await asyncio.gather(*(take() for _ in range(4))) for id_ in taken]
    assert len(given) == len(set(given)) == 3
    await database.close()


async def test_reminders_of_a_day_are_kept_once_by_many_at_once(url: str) -> None:
    database = await prepare(url)

    async def remind() -> None:
        async with database.unit_of_work() as work:
            await work.alerts.add([about(AlertKind.OVERDUE, due_on=DUE)])
            await work.commit()

    await asyncio.gather(*(remind() for _ in range(4)))
    async with database.unit_of_work() as work:
        [alert] = await work.alerts.of(WORKER, limit=9)
        assert (alert.kind, alert.due_on, alert.municipality) == (AlertKind.OVERDUE, DUE, "halle")
        assert await work.alerts.reminders(DUE) == {(WORKER.id, "overdue", NUMBER, DUE)}
        assert await work.alerts.reminders(DUE + timedelta(days=1)) == set()
        assert await work.alerts.newest() == alert.id
    await database.close()


async def test_due_cases_come_without_the_words_of_the_person(url: str) -> None:
    database = await prepare(url)
    async with database.unit_of_work() as work:
        assert await work.alerts.due_cases(NOW.date() - timedelta(days=1)) == []
        [case] = await work.alerts.due_cases(NOW.date() + timedelta(days=60))
    assert (case.number, case.municipality, case.statement, case.contact) == (NUMBER, "halle", None, None)
    await database.close()


async def test_the_address_of_a_chat_and_the_name_of_a_filter_move_to_a_new_key(url: str) -> None:
    database = await prepare(url)
    kept = SavedFilter(reference="a", staff=WORKER.id, name="Frau Beispiel", query="view=all")
    async with database.unit_of_work() as work:
        await work.saved_filters.add(kept)
        await work.commit()
    await database.close()
    newer = Database(url, Keyring([bytes(32), KEY], index_key=INDEX_KEY))
    await newer.rotate_keys()
    await newer.close()
    only_new = Database(url, Keyring([bytes(32)], index_key=INDEX_KEY))
    async with only_new.unit_of_work() as work:
        assert await work.staff_chats.find(WORKER.id) == CHAT
        assert await work.saved_filters.of(WORKER.id) == [kept]
    await only_new.close()
    [(address,)] = await run_raw(url, "SELECT address FROM staff_chats")
    assert b"4711" not in bytes(address)
