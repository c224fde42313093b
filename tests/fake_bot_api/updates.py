"""What waits for the bot, and the two ways to it: long polling and webhook."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.fake_bot_api.checks import RefusedError
from tests.fake_bot_api.people import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FUTURE = 10
"""An offset further ahead than this is taken for a mistake and answered from the beginning, as the real server does."""


class Updates:
    """The queue of updates and the methods around it."""

    session: ClientSession

    def __init__(self) -> None:
        """Begin with an empty queue and no webhook."""
        self.updates: list[Json] = []
        self.next_update_id = 1000
        self.deliver_times = 1
        self.shuffles_chats = False
        self.shuffle: Callable[[list[Any]], None] = random.Random(0).shuffle
        self.webhook: Json = {"url": ""}
        self.delivered: Counter[str] = Counter()
        """What the webhook answered, by HTTP status."""
        self.poll = 0
        self.changed = asyncio.Event()

    def put_update(self, update: Json) -> int:
        """Queue anything as an update. Returns its id."""
        self.next_update_id += 1
        self.updates.append({"update_id": self.next_update_id, **update})
        self.changed.set()
        return self.next_update_id

    async def on_getUpdates(self, params: Json) -> list[Json]:  # noqa: N802
        if self.webhook["url"]:
            raise RefusedError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self.poll += 1
        poll, ends = self.poll, time.monotonic() + float(params.get("timeout", 0))
        self.changed.set()
        offset = int(params.get("offset", 0))
        if offset <= self.next_update_id + FUTURE:
            self.updates = [update for update in self.updates if update.get("update_id", offset) >= offset]
        while not (waiting := self.wanted(params)) and time.monotonic() < ends:
            await self.wait_for_change(ends - time.monotonic())
            if poll != self.poll:
                raise RefusedError(409, "Conflict: terminated by other getUpdates request")
        return self.disturb(waiting[: int(params.get("limit", 100))])

    def wanted(self, params: Json) -> list[Json]:
        """The updates of the kinds that were asked for; others are dropped as the real server does."""
        if kinds := params.get("allowed_updates"):
            self.updates = [update for update in self.updates if not kinds or set(kinds) & set(update)]
        return self.updates

    async def wait_for_change(self, seconds: float) -> None:
        """Sleep until something happens."""
        self.changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.changed.wait()

    def disturb(self, updates: list[Json]) -> list[Json]:
        """Repeat updates and mix chats (order within a chat is kept), as scripted."""
        if self.shuffles_chats:
            chats = [chat_of(update) for update in updates]
            self.shuffle(chats)
            by_chat = {chat: iter([update for update in updates if chat_of(update) == chat]) for chat in chats}
            updates = [next(by_chat[chat]) for chat in chats]
        return [update for update in updates for _ in range(self.deliver_times)]

    async def on_setWebhook(self, params: Json) -> bool:  # noqa: N802
        if params.get("url") and not params["url"].startswith(("https://", "http://127.0.0.1")):
            raise RefusedError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        return self.use_webhook({"url": "", **params})

    async def on_deleteWebhook(self, params: Json) -> bool:  # noqa: N802
        return self.use_webhook({"url": "", "drop_pending_updates": params.get("drop_pending_updates")})

    def use_webhook(self, webhook: Json) -> bool:
        """Switch between webhook and long polling."""
        if webhook.pop("drop_pending_updates", False):
            self.updates = []
        self.webhook = webhook
        self.changed.set()
        return True

    async def on_getWebhookInfo(self, _: Json) -> Json:  # noqa: N802
        return {"url": self.webhook["url"], "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    async def deliver_to_webhook(self) -> None:
        """Post updates to the webhook, each until it is answered with 200."""
        while True:
            if not (self.webhook["url"] and self.wanted(self.webhook)):
                await self.wait_for_change(1)
                continue
            for update in self.disturb(self.updates[:100]):
                while self.webhook["url"] and not await self.post_to_webhook(update):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                self.updates = [other for other in self.updates if other["update_id"] != update["update_id"]]

    async def post_to_webhook(self, update: Json) -> bool:
        """One attempt."""
        headers = {SECRET_HEADER: self.webhook["secret_token"]} if "secret_token" in self.webhook else {}
        try:
            async with self.session.post(self.webhook["url"], json=update, headers=headers) as response:
                self.delivered[str(response.status)] += 1
                return response.status == web.HTTPOk.status_code
        except (ClientError, TimeoutError):
            return False


def chat_of(update: Json) -> int:
    """The chat that an update belongs to."""
    kind = next(key for key in update if key != "update_id")
    content = update[kind]
    return int(content.get("message", content).get("chat", {}).get("id", 0))
