"""Receives updates at a public address."""

import hmac
import json
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler
from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.bot_client import ALLOWED_UPDATES
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.persistence import Patience, insist
from bot.domain.errors import SettingError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
LARGEST_UPDATE_BYTES = 512 * 1024


def make_webhook_handler(intake: Intake, secret: str) -> Handler:
    """The handler for POST requests of Telegram's: 200 only after commit, so that Telegram repeats what was not kept."""

    async def receive_update(request: web.Request) -> web.Response:
        if not is_secret(request.headers.get(SECRET_HEADER, ""), secret):
            raise web.HTTPForbidden
        body = await read_body(request)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            raise web.HTTPBadRequest from None
        if not isinstance(update, dict):
            raise web.HTTPBadRequest
        await intake.take_in(update)
        return web.Response()

    return receive_update


def is_secret(given: str, secret: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


async def read_body(request: web.Request) -> bytes:
    """The request's body, up to the largest that an update can be."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_UPDATE_BYTES:
            raise web.HTTPRequestEntityTooLarge(max_size=LARGEST_UPDATE_BYTES, actual_size=len(body))
    return bytes(body)


async def set_webhook(bot: Bot, url: str, secret: str, patience: Patience = Patience()) -> None:  # noqa: B008  # frozen
    """Tell Telegram where to send updates; what waits there is kept. Raises SettingError when it refuses."""
    call = partial(
        bot.set_webhook,
        url,
        secret_token=secret,
        allowed_updates=list(ALLOWED_UPDATES),
        drop_pending_updates=False,
    )
    try:
        await insist(call, patience, unless=(BadRequest,))
    except BadRequest as error:
        raise SettingError(f"Telegram does not take the webhook; check WEGWEISER_PUBLIC_URL: {error.message}") from None
