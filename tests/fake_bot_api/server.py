"""A Bot API server on loopback: long polling, webhook, and the refusals of the real one.

async with FakeBotApi() as api:
    amira = api.person(7, language_code="ar")
    amira.says("/start")
    welcome = await amira.hears()
"""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, web

from tests.fake_bot_api.checks import RefusedError, check_keyboard, check_text
from tests.fake_bot_api.people import Chat, Json, Line, Person
from tests.fake_bot_api.profile import Profile
from tests.fake_bot_api.updates import Updates


@dataclass(kw_only=True)
class Script:
    """What a method does instead of working, for a number of calls."""

    method: str
    times: int
    delay_seconds: float = 0
    refusal: RefusedError | None = None


class FakeBotApi(Updates, Profile):
    """One bot's view of Telegram."""

    def __init__(self, token: str = "123456:test-token", bot_name: str = "wegweiser_test_bot") -> None:  # noqa: S107
        """Make a server for one bot; it listens within `async with`."""
        self.token, self.bot_name, self.bot_id = token, bot_name, int(token.partition(":")[0])
        self.url = ""
        Updates.__init__(self)
        Profile.__init__(self)
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.calls: list[tuple[str, Json]] = []
        self.scripts: list[Script] = []
        self.open_queries: set[str] = set()
        self.queries = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self.answer)
        self.runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        self.session = ClientSession(timeout=ClientTimeout(total=5))
        self.courier = asyncio.create_task(self.deliver_to_webhook())
        return self

    async def __aexit__(self, *error: object) -> None:
        """Hang up."""
        self.courier.cancel()
        await asyncio.gather(self.courier, return_exceptions=True)
        await self.session.close()
        await self.runner.cleanup()

    # What tests arrange

    def person(self, user_id: int, language_code: str | None = None) -> Person:
        """Somebody who has opened a private chat with the bot."""
        user = {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"}
        user |= {"language_code": language_code} if language_code else {}
        chat = {"id": user_id, "type": "private", "first_name": user["first_name"]}
        return Person(self, user, self.chats.setdefault(user_id, Chat(json=chat)))

    def group(self, group_id: int) -> Chat:
        """A group of which the bot is a member."""
        chat = {"id": group_id, "type": "supergroup", "title": f"Group {group_id}"}
        return self.chats.setdefault(group_id, Chat(json=chat))

    def fail(self, method: str, status: int, description: str = "Scripted", retry_after: int | None = None, times: int = 1) -> None:
        """Refuse the next calls of a method."""
        self.scripts.append(Script(method=method, times=times, refusal=RefusedError(status, description, retry_after)))

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """Answer the next calls of a method late."""
        self.scripts.append(Script(method=method, times=times, delay_seconds=seconds))

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(name == method for name, _ in self.calls)

    def new_message(self, chat: Chat, user: Json, topic: int | None = None, **fields: Any) -> Json:
        """A message in a chat, not delivered to anybody yet."""
        chat.last_message_id += 1
        message = {"message_id": chat.last_message_id, "date": int(time.time()), "chat": chat.json, "from": user, **fields}
        message |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        self.messages[chat.json["id"], chat.last_message_id] = message
        return message

    def new_query(self) -> str:
        """The id of a pressed button that waits for its answer."""
        self.queries += 1
        self.open_queries.add(f"query-{self.queries}")
        return f"query-{self.queries}"

    @property
    def me(self) -> Json:
        """The bot as a user."""
        return {"id": self.bot_id, "is_bot": True, "first_name": "Wegweiser", "username": self.bot_name}

    def as_member(self, status: str) -> Json:
        """The bot's place in a chat."""
        return {"user": self.me, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    # HTTP

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one call as the Bot API does."""
        try:
            return web.json_response({"ok": True, "result": await self.call(request)})
        except RefusedError as refused:
            body: Json = {"ok": False, "error_code": refused.status, "description": refused.description}
            if refused.retry_after is not None:
                body["parameters"] = {"retry_after": refused.retry_after}
            return web.json_response(body, status=refused.status)

    async def call(self, request: web.Request) -> Any:
        """Run the method that a request names."""
        if request.match_info["token"] != self.token:
            raise RefusedError(401, "Unauthorized")
        name, params = request.match_info["method"], await read_params(request)
        method = getattr(self, f"on_{name}", None)
        if method is None:
            raise RefusedError(404, "Not Found: method not found")
        self.calls.append((name, params))
        await self.play_script(name)
        return await method(params)

    async def play_script(self, method: str) -> None:
        """Do what a test has scripted for this call."""
        for script in self.scripts:
            if script.method == method and script.times > 0:
                script.times -= 1
                await asyncio.sleep(script.delay_seconds)
                if script.refusal:
                    raise script.refusal
                return

    # Methods

    async def on_getMe(self, _: Json) -> Json:  # noqa: N802
        return {**self.me, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def chat_for(self, params: Json) -> Chat:
        """The chat to write to, if the bot may."""
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise RefusedError(400, "Bad Request: chat not found")
        if chat.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return chat

    async def on_sendMessage(self, params: Json) -> Json:  # noqa: N802
        chat = self.chat_for(params)
        check_text(params["text"], params.get("entities", []))
        check_keyboard(params.get("reply_markup"))
        topic = int(params["message_thread_id"]) if "message_thread_id" in params else None
        fields = {key: params[key] for key in ("text", "entities", "reply_markup") if key in params}
        return self.show(chat, self.new_message(chat, self.me, topic, **fields))

    async def on_editMessageText(self, params: Json) -> Json:  # noqa: N802
        chat = self.chat_for(params)
        message = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if message is None:
            raise RefusedError(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != self.bot_id:
            raise RefusedError(400, "Bad Request: message can't be edited")
        check_text(params["text"], params.get("entities", []))
        check_keyboard(params.get("reply_markup"))
        fields: Json = {key: params[key] for key in ("text", "entities", "reply_markup") if key in params}
        if fields == {key: message[key] for key in ("text", "entities", "reply_markup") if key in message}:
            raise RefusedError(400, "Bad Request: message is not modified: specified new message content is the same")
        for key in ("entities", "reply_markup"):
            message.pop(key, None)
        message |= {**fields, "edit_date": int(time.time())}
        return self.show(chat, message)

    def show(self, chat: Chat, message: Json) -> Json:
        """Let the people in the chat see it."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        line = Line(
            speaker="bot",
            text=message["text"],
            buttons=tuple(map(tuple, rows)),
            entities=tuple(message.get("entities", [])),
            message_id=message["message_id"],
            edited="edit_date" in message,
        )
        chat.lines.append(line)
        chat.heard.put_nowait(line)
        return message

    async def on_answerCallbackQuery(self, params: Json) -> bool:  # noqa: N802
        if params["callback_query_id"] not in self.open_queries:
            raise RefusedError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_queries.remove(params["callback_query_id"])
        return True

    async def on_sendChatAction(self, params: Json) -> bool:  # noqa: N802
        return bool(self.chat_for(params))


async def read_params(request: web.Request) -> Json:
    """A call's parameters, from a JSON body or a form whose lists and objects are JSON."""
    if request.content_type == "application/json":
        return dict(await request.json())
    given = {**request.query, **await request.post()}
    structured = ("entities", "reply_markup", "link_preview_options", "allowed_updates", "commands", "drop_pending_updates")
    return {key: json.loads(str(value)) if key in structured else str(value) for key, value in given.items()}
