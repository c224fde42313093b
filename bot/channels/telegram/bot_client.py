"""The client that speaks to the Bot API."""

import logging
from collections.abc import Sequence
from typing import Any, Self, cast

from telegram import Bot
from telegram.request import HTTPXRequest

OFFICIAL_API = "https://api.telegram.org"
POLL_SECONDS = 25
ALLOWED_UPDATES = ("message", "edited_message", "callback_query")


class BotClient(Bot):
    """telegram.Bot, which can also fetch updates as they are.

    Bot.get_updates loses a whole batch over one update it cannot parse, and logs everything people wrote in it.
    `async with` closes the connections at the end; unlike Bot's it asks Telegram nothing at the beginning, so that
    the web chat starts when Telegram is down.
    """

    async def __aenter__(self) -> Self:
        """Ready as it is."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Close the connections."""
        for request in self._request:
            await request.shutdown()

    async def fetch_updates(self, offset: int | None, *, timeout_seconds: int = POLL_SECONDS) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on, in their order; [] when none came in time. Confirms everything before `offset`."""
        asked = {"offset": offset, "timeout": timeout_seconds, "allowed_updates": list(ALLOWED_UPDATES)}
        wanted = {key: value for key, value in asked.items() if value is not None}
        updates = await self._post("getUpdates", wanted, read_timeout=timeout_seconds + 10)
        return sorted(cast("list[dict[str, Any]]", updates), key=lambda update: int(update["update_id"]))


def make_bot(token: str, api: str = OFFICIAL_API) -> BotClient:
    """A client for one bot. Use it as `async with`."""
    keep_token_out_of_logs(["httpx", "httpcore", "telegram"])
    api = api.rstrip("/")
    return BotClient(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=HTTPXRequest(connection_pool_size=32, connect_timeout=10, read_timeout=15, write_timeout=15, pool_timeout=5),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=10, pool_timeout=5),
    )


def keep_token_out_of_logs(loggers: Sequence[str]) -> None:
    """These libraries log addresses (with the token in them) at INFO and messages at DEBUG."""
    for name in loggers:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
