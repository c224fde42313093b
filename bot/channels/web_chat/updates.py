"""POST /api/v1/updates: what the office wrote into a conversation, fetched by the page while it is looked at."""

from dataclasses import dataclass

import orjson
from aiohttp import web

from bot.channels.web_chat.api import check_rate, check_token, read_body
from bot.channels.web_chat.conversation_token import conversation_of
from bot.channels.web_chat.plain_text import to_plain_text
from bot.channels.web_chat.rate_limit import RateLimit
from bot.channels.web_chat.schema import UpdatesRequest, to_updates
from bot.services.fetch_updates import fetch_updates
from bot.services.ports import Ports

PER_MESSAGE = 10
"""How many times as often as a message may be sent a page may ask: it asks four times a minute by itself, in every tab."""


@dataclass(frozen=True, kw_only=True)
class UpdatesApi:
    """One address."""

    ports: Ports
    limit: RateLimit
    trusted_proxies: int = 0

    def add_to(self, app: web.Application) -> None:
        """Register the route."""
        app.router.add_post("/api/v1/updates", self.post_updates)

    async def post_updates(self, request: web.Request) -> web.Response:
        """Everything that waits, but for what the page names as arrived."""
        check_rate(request, self.limit, self.trusted_proxies)
        asked = await read_body(request, UpdatesRequest)
        conversation = conversation_of(check_token(asked.conversation, self.ports.cipher), self.ports.cipher)
        waiting = await fetch_updates(conversation, asked.after or "", self.ports)
        body = orjson.dumps(to_updates(waiting, to_plain_text))
        return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-store"})
