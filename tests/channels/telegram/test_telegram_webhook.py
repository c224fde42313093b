"""Receiving updates at a public address."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.telegram.bot_client import BotClient
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.persistence import Patience
from bot.channels.telegram.webhook import LARGEST_UPDATE_BYTES, SECRET_HEADER, make_webhook_handler, set_webhook
from bot.domain.errors import SettingError
from bot.domain.messages import Text
from tests.channels.telegram.memory import MemoryDatabase
from tests.fake_bot_api.server import FakeBotApi

SECRET = "a-secret"
HEADERS = {SECRET_HEADER: SECRET}
QUICK = Patience(first_seconds=0.01)
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(intake: Intake) -> AsyncIterator[Client]:
    app = web.Application()
    app.router.add_post("/telegram", make_webhook_handler(intake, SECRET))
    async with TestClient(TestServer(app)) as client:
        yield client


def update(api: FakeBotApi) -> dict[str, object]:
    api.person(7).says("Hallo")
    return api.updates[-1]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "a-secre"}, {SECRET_HEADER: "a-sécret"}])
async def test_without_the_secret_nothing_gets_in(
    headers: dict[str, str], client: Client, api: FakeBotApi, database: MemoryDatabase
) -> None:
    response = await client.post("/telegram", json=update(api), headers=headers)
    assert response.status == 403
    assert database.messages == []


@pytest.mark.parametrize("body", ["", "{", "[]", "1", "null", "[" * 100_000, "\xff"])
async def test_what_is_not_an_update_is_refused(body: str, client: Client) -> None:
    response = await client.post("/telegram", data=body.encode("latin-1"), headers=HEADERS)
    assert response.status == 400


async def test_a_body_beyond_all_measure_is_refused(client: Client) -> None:
    response = await client.post("/telegram", data=b" " * (LARGEST_UPDATE_BYTES + 1), headers=HEADERS)
    assert response.status == 413


async def test_an_update_nobody_can_read_is_not_asked_for_again(client: Client) -> None:
    response = await client.post("/telegram", json={"update_id": "?", "message": 1}, headers=HEADERS)
    assert response.status == 200


async def test_it_is_kept_before_it_is_acknowledged(client: Client, api: FakeBotApi, database: MemoryDatabase) -> None:
    database.failures = 1
    body = json.dumps(update(api))
    first = await client.post("/telegram", data=body, headers=HEADERS)
    assert (first.status, database.messages) == (500, [])
    second = await client.post("/telegram", data=body, headers=HEADERS)
    assert (second.status, database.contents()) == (200, [Text(text="Hallo")])


async def test_from_telegram_through_the_webhook_once_each(
    client: Client, api: FakeBotApi, bot: BotClient, database: MemoryDatabase
) -> None:
    api.fail("setWebhook", 502)
    database.failures, api.deliver_times, api.shuffles_chats = 2, 2, True
    for text in ("eins", "zwei"):
        for person in (7, 8):
            api.person(person).says(text)
    await set_webhook(bot, str(client.make_url("/telegram")), SECRET, QUICK)
    async with asyncio.timeout(5):
        while api.updates:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert api.delivered == {"500": 2, "200": 8}
    assert len(database.messages) == 4
    for address in ("7", "8"):
        texts = [message.content for message in database.messages if message.address == address]
        assert texts == [Text(text="eins"), Text(text="zwei")]
    assert api.webhook["allowed_updates"] == ["message", "edited_message", "callback_query"]


async def test_an_address_that_telegram_does_not_take_is_a_wrong_setting(bot: BotClient) -> None:
    with pytest.raises(SettingError, match=r"WEGWEISER_PUBLIC_URL.*https"):
        await set_webhook(bot, "http://example.org/telegram", SECRET, QUICK)
