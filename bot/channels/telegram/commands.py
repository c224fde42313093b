"""Tells Telegram what the bot can do, in every language it speaks."""

import textwrap
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from telegram import Bot, BotCommand
from telegram.error import BadRequest

from bot.channels.telegram.persistence import Patience, insist
from bot.domain.languages import GERMAN, Language
from bot.services.ports import Wording

log = structlog.get_logger(__name__)
Result = TypeVar("Result")
COMMANDS = ("start", "help", "language", "contacts", "report", "status", "subscribe", "mydata", "delete", "privacy")
SHORT_CHARACTERS = 120
LONG_CHARACTERS = 512
COMMAND_CHARACTERS = 256
ISO_639_1 = 2
"""Telegram takes language codes of two letters only; speakers of the others see the default."""


async def announce_bot(bot: Bot, wording: Wording, patience: Patience = Patience()) -> None:  # noqa: B008  # frozen
    """Set commands and descriptions per language, German as the default. What Telegram refuses is logged and left."""
    codes = [(str(language), language) for language in wording.languages if len(language) == ISO_639_1]
    for code, language in [("", GERMAN), *codes]:
        try:
            await announce_in(language, code, bot, wording, patience)
        except BadRequest as error:
            log.warning("Telegram refused the commands or the description.", language=language, reason=error.message)


async def announce_in(language: Language, code: str, bot: Bot, wording: Wording, patience: Patience) -> None:
    """Set them for people whose app is set to `code`, or for all others when it is empty.

    Sets only what differs: Telegram rations these calls.
    """

    async def call(method: Callable[..., Awaitable[Result]], *arguments: object) -> Result:
        return await insist(partial(method, *arguments, language_code=code), patience, unless=(BadRequest,))

    commands = tuple(to_command(name, language, wording) for name in COMMANDS)
    if await call(bot.get_my_commands) != commands:
        await call(bot.set_my_commands, commands)
    description = wording.say("bot.description", language)
    long, short = shorten(description, LONG_CHARACTERS), shorten(description, SHORT_CHARACTERS)
    if (await call(bot.get_my_description)).description != long:
        await call(bot.set_my_description, long)
    if (await call(bot.get_my_short_description)).short_description != short:
        await call(bot.set_my_short_description, short)


def to_command(name: str, language: Language, wording: Wording) -> BotCommand:
    """One line of the menu that opens on "/"."""
    return BotCommand(name, shorten(wording.say(f"command.{name}", language), COMMAND_CHARACTERS))


def shorten(text: str, most: int) -> str:
    """Cut at a word, and say so with an ellipsis."""
    return text if len(text) <= most else textwrap.shorten(text, most, placeholder=" …")
