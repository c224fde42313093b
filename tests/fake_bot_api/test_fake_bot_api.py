"""The fake refuses what the real server refuses; else the tests that lean on it would prove nothing."""

from typing import Any

import pytest
from aiohttp import ClientSession

from tests.fake_bot_api.server import FakeBotApi


async def call(api: FakeBotApi, method: str, token: str | None = None, **params: Any) -> tuple[int, Any]:
    async with ClientSession() as session, session.post(f"{api.url}/bot{token or api.token}/{method}", json=params) as response:
        body = await response.json()
        return response.status, body["result"] if body["ok"] else body["description"]


@pytest.mark.parametrize(
    ("message", "description"),
    [
        ({"chat_id": 8, "text": "x"}, "chat not found"),
        ({"text": ""}, "text is empty"),
        ({"text": " \n"}, "text is empty"),
        ({"text": "😀" * 2049}, "too long"),
        ({"text": "abc", "entities": [{"type": "bold", "offset": 0, "length": 4}]}, "ENTITY_BOUNDS"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "ENTITY_BOUNDS"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}}, "BUTTON_DATA"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "BUTTON_DATA"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "nowhere"}]]}}, "BUTTON_URL"),
    ],
)
async def test_messages_that_are_refused(message: dict[str, Any], description: str) -> None:
    async with FakeBotApi() as api:
        api.person(7)
        status, answer = await call(api, "sendMessage", **{"chat_id": 7, **message})
    assert status == 400
    assert description in answer


async def test_a_message_at_the_limits_is_taken_and_comes_back_whole() -> None:
    async with FakeBotApi() as api:
        person = api.person(7)
        keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 64}]]}
        entities = [{"type": "bold", "offset": 0, "length": 4096}]
        status, answer = await call(api, "sendMessage", chat_id=7, text="😀" * 2048, entities=entities, reply_markup=keyboard)
        assert (status, answer["from"]["is_bot"], answer["chat"]["id"]) == (200, True, 7)
        assert (await person.hears()).values == ["x" * 64]


async def test_a_wrong_token_and_an_unknown_method() -> None:
    async with FakeBotApi() as api:
        assert await call(api, "getMe", token="1:wrong") == (401, "Unauthorized")
        assert (await call(api, "makeCoffee"))[0] == 404


async def test_an_offset_confirms_what_came_before_it() -> None:
    async with FakeBotApi() as api:
        for text in ("eins", "zwei", "drei"):
            api.person(7).says(text)
        _, first = await call(api, "getUpdates", limit=2)
        assert [update["message"]["text"] for update in first] == ["eins", "zwei"]
        assert (await call(api, "getUpdates", limit=2))[1] == first
        _, rest = await call(api, "getUpdates", offset=first[-1]["update_id"] + 1)
        assert [update["message"]["text"] for update in rest] == ["drei"]
        assert api.updates == rest


async def test_polling_and_webhook_exclude_each_other() -> None:
    async with FakeBotApi() as api:
        await call(api, "setWebhook", url="http://127.0.0.1:1/")
        assert (await call(api, "getUpdates"))[0] == 409
        assert (await call(api, "getWebhookInfo"))[1]["url"] == "http://127.0.0.1:1/"
        await call(api, "deleteWebhook")
        assert (await call(api, "getUpdates"))[0] == 200


async def test_people_press_only_what_was_offered() -> None:
    async with FakeBotApi() as api:
        person = api.person(7)
        keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}
        await call(api, "sendMessage", chat_id=7, text="?", reply_markup=keyboard)
        query = person.presses("Ja")
        assert api.updates[-1]["callback_query"]["data"] == "yes"
        with pytest.raises(AssertionError, match="Nein"):
            person.presses("Nein")
        assert await call(api, "answerCallbackQuery", callback_query_id=query) == (200, True)
        assert (await call(api, "answerCallbackQuery", callback_query_id=query))[0] == 400


async def test_a_message_can_be_edited_by_its_author_and_only_to_something_new() -> None:
    async with FakeBotApi() as api:
        theirs = api.person(7).says("Hallo")
        _, ours = await call(api, "sendMessage", chat_id=7, text="eins")
        for message_id, text, part in (
            (ours["message_id"], "eins", "not modified"),
            (theirs["message_id"], "x", "can't"),
            (99, "x", "not found"),
        ):
            status, description = await call(api, "editMessageText", chat_id=7, message_id=message_id, text=text)
            assert status == 400
            assert part in description
        assert (await call(api, "editMessageText", chat_id=7, message_id=ours["message_id"], text="zwei"))[0] == 200
        assert api.messages[7, ours["message_id"]]["text"] == "zwei"
