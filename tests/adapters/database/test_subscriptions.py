"""Who wants news, and how far an announcement is: complete, sealed, gone when it is unwanted, and never twice."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.errors import ConflictError, NotReadableError
from bot.domain.knowledge import MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.news import NEWS_TOPICS, Announcement, Audience, Occasion, Subscription, advance
from bot.domain.staff import StaffId
from bot.services.carry_announcements import BATCH, carry_announcements
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import CHAT, GERMAN, NOW, run_raw
from tests.fakes.world import World

HALLE, DRESDEN = MunicipalityId("halle"), MunicipalityId("dresden")
OTHER = ConversationId("d" * 64)
WIR = Subscription(
    conversation=CHAT,
    channel=Channel.TELEGRAM,
    topic=Topic.WIR_FUNDING,
    language=GERMAN,
    municipality=HALLE,
    address="4711",
    subscribed_on=NOW.date(),
)
ANNOUNCED = Announcement(
    occasion=Occasion(kind="entry", subject="wir.amounts", day=NOW.date()),
    topic=Topic.WIR_FUNDING,
    announced_by=StaffId("zoe"),
    announced_at=NOW,
)
CANARY = "Kanarienvogel"


def unnamed(subscriptions: list[Subscription]) -> list[Subscription]:
    """Without the random names they are stored under."""
    assert all(each.reference for each in subscriptions)
    return [replace(each, reference="") for each in subscriptions]


async def test_a_subscription_comes_back_as_it_was_and_only_once(database: Database) -> None:
    contacts = replace(WIR, topic=Topic.CONTACTS, municipality=None)
    async with database.unit_of_work() as work:
        for each in (WIR, contacts, replace(WIR, language=Language("ar"))):
            await work.subscriptions.add(each)
        assert unnamed(await work.subscriptions.of_conversation(CHAT)) == [contacts, WIR]
        assert await work.subscriptions.of_conversation(OTHER) == []


async def test_language_and_city_follow_the_chat(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.subscriptions.add(WIR)
        await work.subscriptions.add(replace(WIR, conversation=OTHER))
        await work.subscriptions.set_language(CHAT, Language("ar"))
        await work.subscriptions.set_municipality(CHAT, DRESDEN)
        assert unnamed(await work.subscriptions.of_conversation(CHAT)) == [replace(WIR, language=Language("ar"), municipality=DRESDEN)]
        assert unnamed(await work.subscriptions.of_conversation(OTHER)) == [replace(WIR, conversation=OTHER)]


async def test_one_topic_some_or_all_are_ended(database: Database) -> None:
    async with database.unit_of_work() as work:
        for topic in NEWS_TOPICS:
            await work.subscriptions.add(replace(WIR, topic=topic))
        await work.subscriptions.add(replace(WIR, conversation=OTHER))
        await work.subscriptions.delete(CHAT, [Topic.WIR_FUNDING])
        assert {each.topic for each in await work.subscriptions.of_conversation(CHAT)} == {*NEWS_TOPICS} - {Topic.WIR_FUNDING}
        await work.subscriptions.delete(CHAT, NEWS_TOPICS[:2])
        assert len(await work.subscriptions.of_conversation(CHAT)) == 2
        await work.subscriptions.delete_conversation(CHAT)
        assert await work.subscriptions.of_conversation(CHAT) == []
        assert len(await work.subscriptions.of_conversation(OTHER)) == 1


async def test_news_of_a_city_reach_those_who_live_there_or_named_no_city(database: Database) -> None:
    async with database.unit_of_work() as work:
        for number, city in enumerate((HALLE, DRESDEN, None, HALLE)):
            await work.subscriptions.add(replace(WIR, conversation=ConversationId(f"{number}"), municipality=city))
        await work.subscriptions.add(replace(WIR, topic=Topic.CONTACTS))
        everybody, halle = Audience(topic=Topic.WIR_FUNDING), Audience(topic=Topic.WIR_FUNDING, municipality=HALLE)
        assert (await work.subscriptions.count(everybody), await work.subscriptions.count(halle)) == (4, 3)
        seen = await work.subscriptions.next(halle, after="", most=2)
        assert await work.subscriptions.count(halle, after=seen[-1].reference) == 1
        seen += await work.subscriptions.next(halle, after=seen[-1].reference, most=2)
        assert [each.reference for each in seen] == sorted(each.reference for each in seen)
        assert sorted(each.conversation for each in seen) == ["0", "2", "3"]
        assert await work.subscriptions.next(halle, after=seen[-1].reference, most=2) == []


async def test_the_address_is_not_readable_and_moves_to_a_new_key(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.subscriptions.add(replace(WIR, address=CANARY))
        await work.commit()
    assert CANARY not in str(await run_raw(url, "SELECT * FROM subscriptions"))
    new_key = bytes(range(32, 64))
    rotating = Database(url, Keyring([new_key, KEY]))
    await rotating.rotate_keys()
    await rotating.close()
    alone = Database(url, Keyring([new_key]))
    async with alone.unit_of_work() as work:
        assert [each.address for each in await work.subscriptions.of_conversation(CHAT)] == [CANARY]
    await alone.close()


async def test_an_address_cannot_be_moved_to_another_chat(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.subscriptions.add(WIR)
        await work.subscriptions.add(replace(WIR, conversation=OTHER))
        await work.commit()
    statement = "UPDATE subscriptions SET address = (SELECT address FROM subscriptions WHERE conversation = :one) WHERE conversation = :two"
    await run_raw(url, statement, one=CHAT, two=OTHER)
    async with database.unit_of_work() as work:
        with pytest.raises(NotReadableError):
            await work.subscriptions.of_conversation(OTHER)


async def test_processes_at_once_send_it_to_everybody_and_to_nobody_twice(database: Database) -> None:
    people = 2 * BATCH + 7
    async with database.unit_of_work() as work:
        for number in range(people):
            await work.subscriptions.add(replace(WIR, conversation=ConversationId(f"{number}"), municipality=None, address=f"{number}"))
        await work.announcements.add(replace(ANNOUNCED, occasion=replace(ANNOUNCED.occasion, subject="wiesbaden.wir-what")))
        await work.commit()
    ports = World(database=database).ports  # type: ignore[arg-type]

    async def carry() -> int:
        carried = 0
        for _ in range(6):
            with suppress(ConflictError):
                carried += await carry_announcements(ports)
        return carried

    assert sum(await asyncio.gather(carry(), carry(), carry())) == people
    async with database.unit_of_work() as work:
        reached = []
        while parcel := await work.outbox.claim(NOW + timedelta(days=3650), timedelta(days=1)):
            reached.append(parcel.message.address)
        assert await work.announcements.running() is None
    assert sorted(reached) == sorted(f"{number}" for number in range(people))


async def test_an_occasion_is_announced_once(database: Database) -> None:
    async with database.unit_of_work() as work:
        assert await work.announcements.find(ANNOUNCED.occasion) is None
        assert await work.announcements.add(ANNOUNCED)
        assert not await work.announcements.add(replace(ANNOUNCED, announced_by=None))
        assert await work.announcements.find(ANNOUNCED.occasion) == ANNOUNCED


async def test_the_oldest_goes_on_first_and_the_newest_are_listed(database: Database) -> None:
    deadline = Occasion(kind="deadline", subject="wir.centre", day=NOW.date(), days=30)
    later = replace(ANNOUNCED, occasion=deadline, announced_by=None, announced_at=NOW + timedelta(hours=1))
    async with database.unit_of_work() as work:
        assert await work.announcements.running() is None
        for each in (later, ANNOUNCED):
            await work.announcements.add(each)
        assert await work.announcements.running() == ANNOUNCED
        assert await work.announcements.newest(9) == [later, ANNOUNCED]
        assert await work.announcements.newest(1) == [later]
        await work.announcements.move(advance(ANNOUNCED, [], NOW, is_last=True), ANNOUNCED)
        assert await work.announcements.running() == later


async def test_only_who_saw_how_far_it_is_moves_it(database: Database) -> None:
    moved = advance(ANNOUNCED, [replace(WIR, reference="b")], NOW, is_last=False)
    async with database.unit_of_work() as work:
        await work.announcements.add(ANNOUNCED)
        await work.announcements.move(moved, ANNOUNCED)
        assert await work.announcements.find(ANNOUNCED.occasion) == replace(ANNOUNCED, sent_after="b", recipients=1)
        with pytest.raises(ConflictError):
            await work.announcements.move(moved, ANNOUNCED)
        ended = advance(moved, [], NOW, is_last=True)
        await work.announcements.move(ended, moved)
        with pytest.raises(ConflictError):
            await work.announcements.move(ended, moved)


async def test_two_processes_at_once_move_it_once(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.announcements.add(ANNOUNCED)
        await work.commit()
    moved = advance(ANNOUNCED, [replace(WIR, reference="b")], NOW, is_last=False)

    async def move() -> bool:
        try:
            async with database.unit_of_work() as work:
                await work.announcements.move(moved, ANNOUNCED)
                await work.commit()
        except ConflictError:
            return False
        return True

    assert sorted(await asyncio.gather(move(), move(), move())) == [False, False, True]
