"""Replies on their way to people, against a Bot API server over loopback."""

from typing import Any

import pytest

from bot.channels.telegram.bot_client import BotClient, make_bot
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.sender import TelegramSender
from bot.domain.errors import NotAvailableError, RetryLaterError, UnreachableError, WegweiserError
from bot.domain.languages import Language
from bot.domain.messages import Button, Channel, ConversationId, Reply
from bot.services.ports import OutgoingMessage
from tests.fake_bot_api.people import Person
from tests.fake_bot_api.server import FakeBotApi

YES, NO = Button(label="Ja", value="yes"), Button(label="Nein", value="no")


@pytest.fixture
async def sender(bot: BotClient) -> TelegramSender:
    return TelegramSender(bot, Pace(0, 0))


@pytest.fixture
def amira(api: FakeBotApi) -> Person:
    return api.person(7)


def outgoing(
    text: str = "Guten Tag", *, address: str = "7", language: str = "de", callback: str | None = None, **reply: Any
) -> OutgoingMessage:
    return OutgoingMessage(
        channel=Channel.TELEGRAM,
        conversation=ConversationId("c"),
        address=address,
        language=Language(language),
        reply=Reply(text=text, **reply),
        callback=callback,
    )


async def test_a_reply_arrives_as_text_with_entities_source_and_buttons(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    await sender.send(outgoing("😀 **Amt** in [Halle](https://halle.de/)", source="Stadt Halle_Saale_, 2026", choices=(YES, NO)))
    line = await amira.hears()
    assert line.text == "😀 Amt in Halle\n\nStadt Halle_Saale_, 2026"
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in line.entities] == [
        ("bold", 3, 3),
        ("text_link", 10, 5),
        ("italic", 17, 24),
    ]
    assert line.labels == ["Ja", "Nein"]
    assert api.calls[-1][1]["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in api.calls[-1][1]


async def test_a_long_reply_comes_in_parts_with_the_buttons_below_the_last(sender: TelegramSender, amira: Person) -> None:
    text = "\n\n".join(f"{number}. " + "ä" * 500 for number in range(20))
    await sender.send(outgoing(text, choices=(YES,)))
    lines = [line for line in amira.transcript if line.speaker == "bot"]
    assert len(lines) == 3
    assert [line.labels for line in lines] == [[], [], ["Ja"]]
    assert "".join(line.text for line in lines).split() == text.split()


async def test_arabic_lines_and_rows_run_from_the_right(sender: TelegramSender, amira: Person) -> None:
    await sender.send(outgoing("WIR مرحبا", language="ar", choices=(YES, NO)))
    line = await amira.hears()
    assert (line.text, line.labels) == ("\u200fWIR مرحبا", ["Nein", "Ja"])


async def test_a_topic_gets_its_answer(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    amira.in_group(-1001, topic=12).says("/help")
    await sender.send(outgoing(address="-1001:12"))
    assert api.messages[-1001, 2]["message_thread_id"] == 12


async def test_a_press_is_confirmed_and_its_message_replaced(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    await sender.send(outgoing("Erste Frage", choices=(YES, NO)))
    asked = await amira.hears()
    query = amira.presses("Ja")
    await sender.send(outgoing("Zweite Frage", choices=(NO,), replaces=True, callback=f"{query}:{asked.message_id}"))
    replaced = await amira.hears()
    assert (replaced.text, replaced.labels, replaced.edited) == ("Zweite Frage", ["Nein"], True)
    assert replaced.message_id == asked.message_id
    assert api.open_queries == set()


async def test_a_long_replacement_goes_on_below(sender: TelegramSender, amira: Person) -> None:
    await sender.send(outgoing("Frage", choices=(YES,)))
    asked = await amira.hears()
    query = amira.presses("Ja")
    await sender.send(outgoing("a" * 4096 + "b", choices=(NO,), replaces=True, callback=f"{query}:{asked.message_id}"))
    first, second = await amira.hears(), await amira.hears()
    assert (first.edited, first.labels, second.edited, second.labels) == (True, [], False, ["Nein"])


@pytest.mark.parametrize("description", ["Bad Request: message can't be edited", "Bad Request: message to edit not found"])
async def test_what_cannot_be_replaced_is_sent_below(description: str, sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    api.fail("editMessageText", 400, description)
    await sender.send(outgoing("Neu", replaces=True, callback=f"{amira.forges('x')}:1"))
    assert (await amira.hears()).edited is False


async def test_the_same_words_again_are_not_an_error_and_not_sent_twice(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    await sender.send(outgoing("Menü", choices=(YES,)))
    asked = await amira.hears()
    query = amira.presses("Ja")
    await sender.send(outgoing("Menü", choices=(YES,), replaces=True, callback=f"{query}:{asked.message_id}"))
    assert amira.heard_nothing_more()
    assert api.open_queries == set()


async def test_a_press_that_telegram_has_forgotten_is_answered_all_the_same(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    api.open_queries.clear()
    await sender.send(outgoing(callback="query-99:1"))
    assert (await amira.hears()).text == "Guten Tag"


async def test_waiting_is_asked_for_in_seconds(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    api.fail("sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)
    with pytest.raises(RetryLaterError) as waiting:
        await sender.send(outgoing())
    assert waiting.value.seconds == 17
    await sender.send(outgoing())
    assert (await amira.hears()).text == "Guten Tag"


async def test_a_long_reply_goes_on_after_a_wait_where_it_stopped(sender: TelegramSender, amira: Person, api: FakeBotApi) -> None:
    long = outgoing("a" * 4096 + "b" * 4096 + "c")
    api.delay("sendMessage", 0)
    api.fail("sendMessage", 429, retry_after=1)
    with pytest.raises(RetryLaterError):
        await sender.send(long)
    await sender.send(long)
    await sender.send(long)
    assert "".join(line.text[0] for line in amira.transcript) == "abcabc"


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_who_cannot_be_reached_any_more(status: int, description: str, sender: TelegramSender, api: FakeBotApi) -> None:
    api.person(7)
    api.fail("sendMessage", status, description)
    with pytest.raises(UnreachableError):
        await sender.send(outgoing())


async def test_blocking_and_unknown_chats(sender: TelegramSender, amira: Person) -> None:
    amira.blocks()
    with pytest.raises(UnreachableError, match="blocked"):
        await sender.send(outgoing())
    with pytest.raises(UnreachableError):
        await sender.send(outgoing(address="404"))


@pytest.mark.parametrize("status", [500, 502, 401])
async def test_telegram_being_down_is_temporary(status: int, sender: TelegramSender, api: FakeBotApi) -> None:
    api.person(7)
    api.fail("sendMessage", status)
    with pytest.raises(NotAvailableError):
        await sender.send(outgoing())


async def test_a_server_that_is_away_is_temporary(api: FakeBotApi) -> None:
    async with make_bot(api.token, "http://127.0.0.1:1") as away:
        with pytest.raises(NotAvailableError) as failure:
            await TelegramSender(away).send(outgoing())
    assert api.token not in str(failure.value)


async def test_what_telegram_refuses_is_an_error_of_ours(sender: TelegramSender, api: FakeBotApi) -> None:
    api.person(7)
    api.fail("sendMessage", 400, "Bad Request: REPLY_MARKUP_INVALID")
    with pytest.raises(WegweiserError, match=r"(?i)reply_markup_invalid"):
        await sender.send(outgoing())
