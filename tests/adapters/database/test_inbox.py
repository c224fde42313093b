"""What comes in."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database.database import Database
from bot.domain.errors import ConflictError
from bot.domain.messages import Answer, Button, Choice, Command, ConversationId, Reply, Status, Unsupported
from tests.adapters.database.samples import CHAT, GERMAN, NOW, ODD_TEXT, make_message, run_raw

LEASE = timedelta(seconds=30)
ANSWER = Answer(
    language=GERMAN,
    status=Status.ANSWERED,
    replies=(Reply(text=ODD_TEXT, choices=(Button(label="1", value="menu"), Button(label="2", url="https://example.org")), source="AGG"),),
    entry="halle.contact",
    confidence=0.93,
)


@pytest.mark.parametrize("content", [Choice(value="menu"), Command(name="start", argument="halle"), Unsupported(what="media")])
async def test_comes_back_as_it_was(database: Database, content: Choice | Command | Unsupported) -> None:
    message = replace(make_message(7), content=content, callback="1:2", in_group=True)
    async with database.unit_of_work() as work:
        assert await work.inbox.record(message)
        assert await work.inbox.waiting() == 1
        claimed = await work.inbox.claim(NOW, LEASE)
        assert claimed
        ticket, found = claimed
        assert (found, ticket.attempts) == (message, 1)
        await work.inbox.finish(ticket, NOW)
        assert await work.inbox.waiting() == 0


async def test_same_message_is_recorded_once(database: Database) -> None:
    async with database.unit_of_work() as work:
        assert await work.inbox.record(make_message(7, words="first"))
        assert not await work.inbox.record(make_message(7, words="second"))
        assert await work.inbox.record(make_message(7, source="telegram:2"))
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.inbox.waiting() == 2


async def test_chat_is_worked_on_in_order_and_others_do_not_wait(database: Database) -> None:
    async with database.unit_of_work() as work:
        for number, chat in ((1, "a"), (2, "a"), (3, "b")):
            await work.inbox.record(make_message(number, chat=chat))
        first, other = await work.inbox.claim(NOW, LEASE), await work.inbox.claim(NOW, LEASE)
        assert first
        assert other
        assert (first[1].message_id, other[1].message_id) == ("1", "3")
        assert await work.inbox.claim(NOW, LEASE) is None
        await work.inbox.finish(first[0], NOW)
        second = await work.inbox.claim(NOW, LEASE)
        assert second
        assert second[1].message_id == "2"


async def test_crashed_workers_message_is_given_to_the_next_one(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record(make_message(1))
        lost = await work.inbox.claim(NOW, LEASE)
        assert lost
        assert await work.inbox.claim(NOW + LEASE - timedelta(seconds=1), LEASE) is None
        again = await work.inbox.claim(NOW + LEASE, LEASE)
        assert again
        assert again[0].attempts == 2
        for close in (work.inbox.finish, work.inbox.give_up):
            with pytest.raises(ConflictError):
                await close(lost[0], NOW)
        await work.inbox.finish(again[0], NOW)


async def test_given_up_message_lets_the_next_one_pass(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record(make_message(1))
        await work.inbox.record(make_message(2))
        claimed = await work.inbox.claim(NOW, LEASE)
        assert claimed
        await work.inbox.give_up(claimed[0], NOW)
        following = await work.inbox.claim(NOW, LEASE)
        assert following
        assert following[1].message_id == "2"


async def test_web_answer_is_found_again_and_never_claimed(database: Database) -> None:
    message = make_message(1, source="web:x")
    async with database.unit_of_work() as work:
        assert await work.inbox.find_answer(message) is None
        await work.inbox.record_answered(message, ANSWER, NOW)
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.inbox.find_answer(message) == ANSWER
        assert await work.inbox.claim(NOW, LEASE) is None
        with pytest.raises(ConflictError):
            await work.inbox.record_answered(message, ANSWER, NOW)


async def test_newest_message_id_counts_as_a_number(database: Database) -> None:
    async with database.unit_of_work() as work:
        assert await work.inbox.newest_message_id("telegram:1") is None
        for message_id in ("9", "10", "abc", "٣٣٣", str(2**70)):
            await work.inbox.record(replace(make_message(0), message_id=message_id))
        assert await work.inbox.newest_message_id("telegram:1") == "10"


async def test_finished_message_leaves_no_trace_of_the_person(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record(make_message(1))
        claimed = await work.inbox.claim(NOW, LEASE)
        assert claimed
        await work.inbox.finish(claimed[0], NOW)
        await work.commit()
    assert await run_raw(url, "SELECT conversation, payload, answer FROM inbox") == [(None, None, None)]
    async with database.unit_of_work() as work:
        assert not await work.inbox.record(make_message(1))


async def test_forgotten_chat_keeps_only_what_waits(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record_answered(make_message(1), ANSWER, NOW)
        await work.inbox.record_answered(make_message(2, chat="other"), ANSWER, NOW)
        await work.inbox.record(make_message(3))
        await work.inbox.delete_conversation(CHAT)
        assert await work.inbox.find_answer(make_message(1)) is None
        assert await work.inbox.find_answer(make_message(2)) == ANSWER
        assert await work.inbox.waiting() == 1


async def test_done_messages_are_deleted_in_time(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record_answered(make_message(1), ANSWER, NOW)
        await work.inbox.record_answered(make_message(2), ANSWER, NOW + timedelta(days=1))
        await work.inbox.record(make_message(3))
        assert await work.inbox.delete_done_before(NOW + timedelta(hours=1)) == 1


async def test_failed_messages_are_kept_longer(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.inbox.record(make_message(1))
        claimed = await work.inbox.claim(NOW, timedelta(minutes=1))
        assert claimed
        await work.inbox.give_up(claimed[0], NOW)
        assert await work.inbox.delete_done_before(NOW + timedelta(days=2)) == 0
        assert await work.inbox.delete_failed_before(NOW) == 0
        assert await work.inbox.delete_failed_before(NOW + timedelta(seconds=1)) == 1


async def test_eight_workers_keep_the_order_of_every_chat(database: Database) -> None:
    done: dict[str, list[int]] = defaultdict(list)
    in_work: set[str] = set()
    async with database.unit_of_work() as work:
        for number in range(60):
            await work.inbox.record(make_message(number, chat=f"chat {number % 7}"))
        await work.commit()

    async def drain() -> None:
        while True:
            async with database.unit_of_work() as work:
                claimed = await work.inbox.claim(NOW, LEASE)
                await work.commit()
                waiting = await work.inbox.waiting()
            if claimed:
                ticket, message = claimed
                assert message.conversation not in in_work
                in_work.add(message.conversation)
                await asyncio.sleep(0.002)
                done[message.conversation].append(int(message.message_id))
                in_work.remove(message.conversation)
                async with database.unit_of_work() as work:
                    await work.inbox.finish(ticket, NOW)
                    await work.commit()
            elif not waiting:
                return
            else:
                await asyncio.sleep(0.005)

    await asyncio.gather(*(drain() for _ in range(8)))
    assert dict(done) == {ConversationId(f"chat {chat}"): list(range(chat, 60, 7)) for chat in range(7)}
