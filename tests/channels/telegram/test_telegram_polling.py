"""Fetching updates from a Bot API server over loopback."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram.bot_client import BotClient, make_bot
from bot.channels.telegram.connection import connect
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.long_polling import poll_updates
from bot.channels.telegram.persistence import Patience
from bot.domain.errors import SettingError
from bot.domain.messages import Command, Text
from tests.channels.telegram.memory import MemoryDatabase, make_intake
from tests.fake_bot_api.server import FakeBotApi

QUICK = Patience(first_seconds=0.01, longest_seconds=0.02, conflict_seconds=0.03)


@asynccontextmanager
async def polling(bot: BotClient, intake: Intake) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(poll_updates(bot, intake, QUICK, poll_seconds=5))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def offsets(api: FakeBotApi) -> list[int | None]:
    asked = [params.get("offset") for method, params in api.calls if method == "getUpdates"]
    return [int(offset) if offset else None for offset in asked]


async def test_what_people_send_is_recorded_and_then_acknowledged(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    async with polling(bot, intake):
        api.person(7).says("/start")
        await until(lambda: len(database.messages) == 1)
        api.person(8).says("Hallo")
        await until(lambda: api.updates == [] and len(database.messages) == 2)
    assert database.contents() == [Command(name="start"), Text(text="Hallo")]


async def test_nothing_is_acknowledged_before_it_is_committed(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    database.failures = 1_000_000
    api.person(7).says("Hallo")
    async with polling(bot, intake):
        await until(lambda: database.failures < 1_000_000 - 3)
        assert offsets(api) == [None]
        assert len(api.updates) == 1
        database.failures = 0
        await until(lambda: api.updates == [])
    assert database.contents() == [Text(text="Hallo")]


async def test_updates_that_are_not_for_us_do_not_come_back(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    api.person(7).in_group().says("Not for the bot")
    async with polling(bot, intake):
        await until(lambda: len(offsets(api)) == 2)
        assert api.updates == []
    assert database.messages == []


async def test_an_update_that_nobody_can_read_holds_nothing_up(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    api.put_update({"message": {"message_id": "SECRET", "chat": "SECRET"}})
    api.person(7).says("Hallo")
    with capture_logs() as logs:
        async with polling(bot, intake):
            await until(lambda: api.updates == [])
    assert database.contents() == [Text(text="Hallo")]
    assert [entry["event"] for entry in logs] == ["A Telegram update could not be read and was skipped."]
    assert "SECRET" not in repr(logs)


async def test_polling_goes_on_where_the_inbox_ends(api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase) -> None:
    api.person(7).says("Hallo")
    recorded = api.updates[-1]["update_id"]
    await intake.take_in(api.updates[-1])
    async with polling(bot, intake):
        await until(lambda: api.updates == [])
    assert offsets(api)[0] == recorded + 1
    assert len(database.messages) == 1


async def test_repeated_and_mixed_updates_are_recorded_once_and_in_order(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    api.deliver_times, api.shuffles_chats = 3, True
    for number in range(5):
        for person in (7, 8, 9):
            api.person(person).says(str(number))
    async with polling(bot, intake):
        await until(lambda: api.updates == [])
    assert len(database.messages) == 15
    for person in (7, 8, 9):
        texts = [message.content for message in database.messages if message.address == str(person)]
        assert texts == [Text(text=str(number)) for number in range(5)]


async def test_counting_that_starts_anew_after_a_quiet_week_is_followed(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    api.next_update_id = 900_000
    api.person(7).says("before")
    await intake.take_in(api.updates.pop())
    api.next_update_id = 500
    api.person(7).says("after")
    async with polling(bot, intake):
        await until(lambda: api.updates == [])
        api.person(7).says("and on")
        await until(lambda: len(database.messages) == 3 and len(offsets(api)) >= 3)
    assert offsets(api)[:3] == [900_002, 502, 503]


async def test_stopping_amid_a_mixed_batch_loses_nothing(api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase) -> None:
    def stop() -> None:
        raise asyncio.CancelledError

    api.shuffles_chats, api.shuffle = True, list.reverse
    api.person(7).says("eins")
    api.person(8).says("zwei")
    with pytest.raises(asyncio.CancelledError):
        await poll_updates(bot, replace(intake, recorded=stop), QUICK, poll_seconds=1)
    assert database.contents() == [Text(text="eins")]
    async with polling(bot, intake):
        await until(lambda: api.updates == [])
    assert database.contents() == [Text(text="eins"), Text(text="zwei")]


async def test_an_answer_that_makes_no_sense_is_trouble_like_any_other(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    api.updates.append({"message": "without a number"})
    with capture_logs() as logs:
        async with polling(bot, intake) as task:
            await until(lambda: len(logs) > 1)
            api.updates.clear()
            api.person(7).says("Hallo")
            await until(lambda: len(database.messages) == 1)
            assert not task.done()


@pytest.mark.parametrize("status", [500, 502, 400])
async def test_trouble_on_the_way_passes(status: int, api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase) -> None:
    api.fail("deleteWebhook", status)
    api.fail("getUpdates", status, times=3)
    api.person(7).says("Hallo")
    async with polling(bot, intake):
        await until(lambda: api.updates == [])
    assert database.contents() == [Text(text="Hallo")]


async def test_a_server_that_is_away_is_waited_for(api: FakeBotApi, intake: Intake) -> None:
    with capture_logs() as logs:
        async with make_bot(api.token, "http://127.0.0.1:1") as unreachable, polling(unreachable, intake) as task:
            await until(lambda: len(logs) > 3)
            assert not task.done()
    assert {entry["error"] for entry in logs} == {"NetworkError"}
    assert api.token not in repr(logs)


async def test_telegram_is_obeyed_when_it_asks_to_wait(api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase) -> None:
    api.fail("getUpdates", 429, "Too Many Requests", retry_after=1)
    api.person(7).says("Hallo")
    started = asyncio.get_running_loop().time()
    async with polling(bot, intake):
        await until(lambda: len(database.messages) == 1)
    assert asyncio.get_running_loop().time() - started >= 1


async def test_a_second_program_with_the_token_is_named(api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase) -> None:
    with capture_logs() as logs:
        async with polling(bot, intake):
            await until(lambda: api.count("getUpdates") == 1)
            await bot.fetch_updates(None, timeout_seconds=0)
            await until(lambda: api.count("getUpdates") == 3)
            api.person(7).says("Hallo")
            await until(lambda: len(database.messages) == 1)
    assert [entry["event"][:39] for entry in logs] == ["Another program polls with this token, "]


@pytest.mark.parametrize("run", [poll_updates, lambda bot, _: connect(bot)])
async def test_a_wrong_token_is_a_wrong_setting(run: Callable[..., Awaitable[object]], api: FakeBotApi, intake: Intake) -> None:
    async with make_bot("123456:wrong", api.url) as wrong:
        with pytest.raises(SettingError, match="WEGWEISER_TELEGRAM_TOKEN"):
            await run(wrong, intake)


async def test_a_webhook_set_before_is_removed_and_what_waited_is_kept(
    api: FakeBotApi, bot: BotClient, intake: Intake, database: MemoryDatabase
) -> None:
    await bot.set_webhook("http://127.0.0.1:1/telegram")
    api.person(7).says("Hallo")
    async with polling(bot, intake):
        await until(lambda: len(database.messages) == 1)
    assert api.webhook["url"] == ""


async def test_cancelling_ends_at_once(api: FakeBotApi, bot: BotClient, intake: Intake) -> None:
    task = asyncio.create_task(poll_updates(bot, intake, QUICK))
    await until(lambda: api.count("getUpdates") == 1)
    task.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_whoever_answers_is_woken_once_per_new_message(api: FakeBotApi) -> None:
    woken: list[int] = []
    plain = make_intake(MemoryDatabase(), api)
    intake = Intake(reader=plain.reader, unit_of_work=plain.unit_of_work, now=plain.now, recorded=lambda: woken.append(1))
    api.person(7).says("Hallo")
    await intake.take_in(api.updates[0])
    await intake.take_in(api.updates[0])
    assert woken == [1]


async def test_connect_tells_who_we_are(api: FakeBotApi, bot: BotClient) -> None:
    api.fail("getMe", 502)
    assert await connect(bot, QUICK) == (api.bot_id, api.bot_name)


async def test_the_token_stays_out_of_the_logs(api: FakeBotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    async with make_bot(api.token, api.url) as bot:
        await bot.get_me()
    assert api.count("getMe") == 1
    assert api.token not in caplog.text
