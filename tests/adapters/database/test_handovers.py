"""Chats with a human: complete, behind the wall between cities, sealed, and gone in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.errors import ConflictError, NotReadableError
from bot.domain.handovers import Handover, HandoverId, HandoverMessage, end_handover, take_handover
from bot.domain.knowledge import MunicipalityId
from bot.domain.messages import Channel, ConversationId
from bot.domain.office_hours import read_hours
from bot.domain.staff import Role, StaffId, StaffMember
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import CHAT, GERMAN, NOW, ODD_TEXT, run_raw

HALLE, DRESDEN = MunicipalityId("halle"), MunicipalityId("dresden")
ZOE, YAN = StaffId("zoe"), StaffId("yan")
OPENED = Handover(
    reference=HandoverId("first"),
    conversation=CHAT,
    channel=Channel.TELEGRAM,
    address="4711",
    language=GERMAN,
    municipality=HALLE,
    opened_at=NOW,
    touched_at=NOW,
)
CANARY = "Kanarienvogel"


def a_member(*roles: Role, cities: tuple[MunicipalityId, ...] = (HALLE,)) -> StaffMember:
    return StaffMember(id=ZOE, name="Zoe", email="z@x.example", roles=frozenset(roles), municipalities=frozenset(cities), created_at=NOW)


def said(text: str, author: str = "person", **about: object) -> HandoverMessage:
    return HandoverMessage(handover=OPENED.reference, author=author, written_at=NOW, text=text, **about)  # type: ignore[arg-type]


async def test_a_chat_comes_back_as_it_was(database: Database) -> None:
    web = replace(OPENED, reference=HandoverId("web"), channel=Channel.WEB, address="", municipality=None)
    async with database.unit_of_work() as work:
        for handover in (OPENED, web):
            await work.handovers.add(handover)
            assert await work.handovers.find(handover.reference) == handover
        assert await work.handovers.find(HandoverId("none")) is None


async def test_what_was_said_keeps_its_order_and_its_letters(database: Database) -> None:
    messages = [said(ODD_TEXT), said("Guten Tag", "office", staff=ZOE), said("")]
    async with database.unit_of_work() as work:
        await work.handovers.add(OPENED)
        for message in messages:
            await work.handovers.add_message(message)
        assert await work.handovers.messages(OPENED.reference) == messages


async def test_only_one_of_two_takes_it(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.handovers.add(OPENED)
        taken = take_handover(OPENED, ZOE, NOW)
        await work.handovers.save(taken, OPENED)
        with pytest.raises(ConflictError):
            await work.handovers.save(take_handover(OPENED, YAN, NOW), OPENED)
        await work.handovers.save(replace(taken, touched_at=NOW + timedelta(hours=1)), taken)
        with pytest.raises(ConflictError):
            await work.handovers.save(end_handover(OPENED, NOW), OPENED)
        assert (await work.handovers.find(OPENED.reference)).taken_by == ZOE  # type: ignore[union-attr]


async def test_the_wall_between_cities(database: Database) -> None:
    elsewhere = replace(OPENED, reference=HandoverId("dresden"), municipality=DRESDEN)
    unknown = replace(OPENED, reference=HandoverId("unknown"), municipality=None)
    async with database.unit_of_work() as work:
        for handover in (OPENED, elsewhere, unknown):
            await work.handovers.add(handover)
        seen = await work.handovers.visible(a_member(Role.CASEWORKER), ended=False, limit=9)
        assert {row.handover.reference for row in seen} == {"first"}
        lead = await work.handovers.visible(a_member(Role.LEAD, cities=(HALLE, DRESDEN)), ended=False, limit=9)
        assert {row.handover.reference for row in lead} == {"first", "dresden", "unknown"}
        assert await work.handovers.visible(a_member(Role.CASEWORKER), ended=True, limit=9) == []


async def test_waiting_ones_first_the_oldest_at_the_top(database: Database) -> None:
    late = replace(OPENED, reference=HandoverId("late"), opened_at=NOW + timedelta(minutes=5))
    running = take_handover(replace(OPENED, reference=HandoverId("running"), opened_at=NOW - timedelta(days=1)), ZOE, NOW)
    ended = [end_handover(replace(OPENED, reference=HandoverId(f"end {hour}")), NOW + timedelta(hours=hour)) for hour in (1, 2)]
    async with database.unit_of_work() as work:
        for handover in (late, running, OPENED, *ended):
            await work.handovers.add(handover)
        await work.handovers.add_message(said("a"))
        await work.handovers.add_message(said("b", "office", staff=ZOE))
        rows = await work.handovers.visible(a_member(Role.CASEWORKER), ended=False, limit=9)
        assert [row.handover.reference for row in rows] == ["first", "late", "running"]
        assert [(row.messages, row.last_author) for row in rows] == [(2, "office"), (0, ""), (0, "")]
        rows = await work.handovers.visible(a_member(Role.CASEWORKER), ended=True, limit=1)
        assert [row.handover.reference for row in rows] == ["end 2"]


async def test_quiet_ones_are_found(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.handovers.add(OPENED)
        await work.handovers.add(end_handover(replace(OPENED, reference=HandoverId("ended")), NOW))
        assert await work.handovers.open_untouched_since(NOW) == []
        assert await work.handovers.open_untouched_since(NOW + timedelta(seconds=1)) == [OPENED]


async def test_they_go_with_the_chat_and_when_their_time_is_over(database: Database) -> None:
    other = replace(OPENED, reference=HandoverId("other"), conversation=ConversationId("d" * 64))
    async with database.unit_of_work() as work:
        for handover in (OPENED, end_handover(other, NOW)):
            await work.handovers.add(handover)
        await work.handovers.add_message(said("a"))
        await work.handovers.add_message(replace(said("b"), handover=other.reference))
        assert await work.handovers.delete_ended_before(NOW) == 0
        assert await work.handovers.of_conversation(CHAT) == [OPENED]
        await work.handovers.delete_conversation(CHAT)
        assert await work.handovers.of_conversation(CHAT) == []
        assert await work.handovers.messages(OPENED.reference) == []
        assert await work.handovers.delete_ended_before(NOW + timedelta(seconds=1)) == 1
        assert await work.handovers.messages(other.reference) == []


async def test_office_hours_are_kept_per_city(database: Database) -> None:
    hours = (*read_hours("9-12, 13-16", 0), *read_hours("9-12", 4))
    async with database.unit_of_work() as work:
        assert await work.office_hours.of(HALLE) == ()
        await work.office_hours.put(HALLE, read_hours("8-9", 1))
        await work.office_hours.put(HALLE, hours)
        assert await work.office_hours.of(HALLE) == hours
        assert (await work.office_hours.of(DRESDEN), await work.office_hours.of(None)) == ((), ())


async def test_neither_address_nor_words_are_readable_and_both_move_to_a_new_key(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.handovers.add(replace(OPENED, address=CANARY))
        await work.handovers.add_message(said(CANARY))
        await work.commit()
    for table in ("handovers", "handover_messages"):
        assert CANARY not in str(await run_raw(url, f"SELECT * FROM {table}"))  # noqa: S608
    new_key = bytes(range(32, 64))
    rotating = Database(url, Keyring([new_key, KEY]))
    await rotating.rotate_keys()
    await rotating.close()
    alone = Database(url, Keyring([new_key]))
    async with alone.unit_of_work() as work:
        assert (await work.handovers.find(OPENED.reference)).address == CANARY  # type: ignore[union-attr]
        assert [message.text for message in await work.handovers.messages(OPENED.reference)] == [CANARY]
    await alone.close()


async def test_words_cannot_be_moved_to_another_message(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.handovers.add(OPENED)
        for text in ("a", "b"):
            await work.handovers.add_message(said(text))
        await work.commit()
    await run_raw(url, "UPDATE handover_messages SET text = (SELECT text FROM handover_messages ORDER BY id DESC LIMIT 1)")
    async with database.unit_of_work() as work:
        with pytest.raises(NotReadableError):
            await work.handovers.messages(OPENED.reference)
