"""What goes out."""

from datetime import timedelta

import pytest

from bot.adapters.database.database import Database
from bot.domain.errors import ConflictError
from bot.domain.messages import Channel, ConversationId
from tests.adapters.database.samples import CHAT, NOW, ODD_TEXT, make_outgoing, run_raw

LEASE = timedelta(seconds=30)
LATER = NOW + timedelta(minutes=5)


async def test_replies_leave_in_order(database: Database) -> None:
    async with database.unit_of_work() as work:
        for message in (make_outgoing(ODD_TEXT), make_outgoing("second"), make_outgoing("other", chat="other")):
            await work.outbox.add(message, NOW)
        first, other = await work.outbox.claim(NOW, LEASE), await work.outbox.claim(NOW, LEASE)
        assert first
        assert other
        assert (first.message, other.message.reply.text) == (make_outgoing(ODD_TEXT), "other")
        assert await work.outbox.claim(NOW, LEASE) is None
        await work.outbox.mark_sent(first, NOW)
        second = await work.outbox.claim(NOW, LEASE)
        assert second
        assert second.message.reply.text == "second"
        assert await work.outbox.waiting() == 2


async def test_postponed_reply_holds_up_its_chat_only(database: Database) -> None:
    async with database.unit_of_work() as work:
        for message in (make_outgoing("first"), make_outgoing("second"), make_outgoing("other", chat="other")):
            await work.outbox.add(message, NOW)
        first = await work.outbox.claim(NOW, LEASE)
        assert first
        await work.outbox.postpone(first, LATER)
        other = await work.outbox.claim(NOW, LEASE)
        assert other
        assert other.message.reply.text == "other"
        assert await work.outbox.claim(NOW, LEASE) is None
        again = await work.outbox.claim(LATER, LEASE)
        assert again
        assert (again.message.reply.text, again.attempts) == ("first", 2)


async def test_crashed_senders_reply_is_given_to_the_next_one(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.add(make_outgoing("first"), NOW)
        lost, again = await work.outbox.claim(NOW, LEASE), await work.outbox.claim(NOW + LEASE, LEASE)
        assert lost
        assert again
        with pytest.raises(ConflictError):
            await work.outbox.mark_sent(lost, NOW)
        await work.outbox.mark_sent(again, NOW)


async def test_buried_reply_keeps_only_the_reason(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.add(make_outgoing("first"), NOW)
        parcel = await work.outbox.claim(NOW, LEASE)
        assert parcel
        await work.outbox.bury(parcel, "blocked", NOW)
        assert (await work.outbox.dead(), await work.outbox.waiting()) == (1, 0)
        await work.commit()
    assert await run_raw(url, "SELECT reason, conversation, content FROM outbox") == [("blocked", None, None)]
    async with database.unit_of_work() as work:
        assert await work.outbox.delete_done_before(NOW) == 0
        assert await work.outbox.delete_done_before(LATER) == 1


async def test_forgotten_chat_gets_nothing_more(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.add(make_outgoing("first"), NOW)
        await work.outbox.add(make_outgoing("other", chat="other"), NOW)
        await work.outbox.delete_conversation(CHAT)
        assert await work.outbox.waiting() == 1


async def test_what_goes_to_a_page_waits_until_it_is_fetched(database: Database) -> None:
    first, second, other = (
        make_outgoing(words, chat=chat, channel=Channel.WEB) for words, chat in ((ODD_TEXT, CHAT), ("second", CHAT), ("third", "other"))
    )
    async with database.unit_of_work() as work:
        for message in (first, second, other):
            await work.outbox.add(message, NOW)
        assert (await work.outbox.claim(LATER, LEASE), await work.outbox.waiting()) == (None, 0)
        waiting = await work.outbox.waiting_for_page(CHAT)
        assert [each.message for each in waiting] == [first, second]
        await work.outbox.mark_fetched(ConversationId("other"), waiting[0].name, NOW)
        await work.outbox.mark_fetched(CHAT, "0", NOW)
        assert await work.outbox.waiting_for_page(CHAT) == waiting
        for _ in range(2):
            await work.outbox.mark_fetched(CHAT, waiting[0].name, NOW)
            assert await work.outbox.waiting_for_page(CHAT) == waiting[1:]
        assert len(await work.outbox.waiting_for_page(ConversationId("other"))) == 1


async def test_what_no_page_fetches_is_deleted_in_the_end(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.add(make_outgoing("old", channel=Channel.WEB), NOW)
        await work.outbox.add(make_outgoing("new", channel=Channel.WEB), LATER)
        await work.outbox.add(make_outgoing("telegram"), NOW)
        assert await work.outbox.delete_unfetched_before(LATER) == 1
        assert [each.message.reply.text for each in await work.outbox.waiting_for_page(CHAT)] == ["new"]
        assert await work.outbox.waiting() == 1


async def test_an_answer_overtakes_news_even_to_the_same_person(database: Database) -> None:
    async with database.unit_of_work() as work:
        for words, chat in (("news", CHAT), ("news to another", "other")):
            await work.outbox.add(make_outgoing(words, chat=chat), NOW, is_news=True)
        for words in ("answer", "second answer"):
            await work.outbox.add(make_outgoing(words), NOW)
        answer, other = await work.outbox.claim(NOW, LEASE), await work.outbox.claim(NOW, LEASE)
        assert answer
        assert other
        assert (answer.message.reply.text, other.message.reply.text) == ("answer", "news to another")
        assert await work.outbox.claim(NOW, LEASE) is None
        await work.outbox.mark_sent(answer, NOW)
        second = await work.outbox.claim(NOW, LEASE)
        assert second
        assert second.message.reply.text == "second answer"
        await work.outbox.postpone(second, LATER)
        assert await work.outbox.claim(NOW, LEASE) is None
        again = await work.outbox.claim(LATER, LEASE)
        assert again
        await work.outbox.mark_sent(again, LATER)
        news = await work.outbox.claim(LATER, LEASE)
        assert news
        assert {news.message.reply.text} <= {"news", "news to another"}


async def test_an_answer_waits_while_news_to_the_same_person_are_being_sent(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.outbox.add(make_outgoing("news"), NOW, is_news=True)
        news = await work.outbox.claim(NOW, LEASE)
        assert news
        await work.outbox.add(make_outgoing("answer"), NOW)
        assert await work.outbox.claim(NOW, LEASE) is None
        await work.outbox.mark_sent(news, NOW)
        answer = await work.outbox.claim(NOW, LEASE)
        assert answer
        assert answer.message.reply.text == "answer"
