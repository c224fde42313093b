"""Trying again, patiently, for as long as the other side is down."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter

from bot.channels.telegram.counters import TROUBLES
from bot.domain.errors import SettingError

log = structlog.get_logger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait between attempts."""

    first_seconds: float = 1
    longest_seconds: float = 60
    conflict_seconds: float = 30


async def insist(
    attempt: Callable[[], Awaitable[Result]],
    patience: Patience,
    unless: tuple[type[Exception], ...] = (),
) -> Result:
    """Repeat until it works. Raises SettingError for a refused token, and what `unless` names: waiting would not help."""
    failures = 0
    while True:
        try:
            return await attempt()
        except InvalidToken:
            raise SettingError(
                "Telegram does not accept WEGWEISER_TELEGRAM_TOKEN (or the server in WEGWEISER_TELEGRAM_API is not a "
                "Bot API server). Copy the token from @BotFather again.",
            ) from None
        except unless:
            raise
        except Exception as error:  # noqa: BLE001  # network, Telegram or database: all of them come back
            await wait_out(error, failures, patience)
            failures += 1


async def wait_out(error: Exception, failures: int, patience: Patience) -> None:
    """Say what is wrong and sleep for as long as it asks for."""
    seconds = pause_after(error, failures, patience)
    TROUBLES.labels(type(error).__name__).inc()
    if isinstance(error, Conflict):
        log.error("Another program polls with this token, or has set a webhook for it. Stop it, or make a bot of your own.")
    else:
        log.warning("Telegram or the database does not answer; trying again.", error=type(error).__name__, seconds=seconds)
    await asyncio.sleep(seconds)


def pause_after(error: Exception, failures: int, patience: Patience) -> float:
    """Seconds to wait: what Telegram asks for, else doubling up to the longest pause."""
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    if isinstance(error, Conflict):
        return patience.conflict_seconds
    return float(min(patience.first_seconds * 2 ** min(failures, 16), patience.longest_seconds))


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
