"""Takes an update in: read, record, commit. Only then may it be acknowledged."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram import Update

from bot.channels.telegram.counters import UPDATES
from bot.channels.telegram.read_update import Reader, read_update
from bot.domain.messages import IncomingMessage
from bot.services.ports import UnitOfWork

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """The one way in, for long polling and webhook alike."""

    reader: Reader
    unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    now: Callable[[], datetime]
    recorded: Callable[[], object] = lambda: None
    """Called after each new message, to wake whoever answers."""

    async def take_in(self, update: object) -> None:
        """Keep what a person sent. Idempotent. When storing fails it raises, and the update must come again."""
        message = self.read(update)
        if message is None:
            return
        async with self.unit_of_work() as work:
            is_new = await work.inbox.record(message)
            await work.commit()
        UPDATES.labels("recorded" if is_new else "repeated").inc()
        if is_new:
            self.recorded()

    def read(self, update: object) -> IncomingMessage | None:
        """The message in an update; None for one that is not for us or that nobody could read, ever."""
        try:
            parsed = Update.de_json(update, None)  # type: ignore[arg-type]  # whatever came: that is the point
            message = read_update(parsed, self.reader, self.now())
        except Exception as error:  # noqa: BLE001  # an update that cannot be read must not come again forever
            # No traceback and no error text: both would quote what the person wrote.
            log.warning("A Telegram update could not be read and was skipped.", error=type(error).__name__)
            UPDATES.labels("malformed").inc()
            return None
        if message is None:
            UPDATES.labels("ignored").inc()
        return message

    async def next_offset(self) -> int | None:
        """Where to go on after a restart; None for the oldest that Telegram still holds."""
        async with self.unit_of_work() as work:
            newest = await work.inbox.newest_message_id(self.reader.source)
        return None if newest is None else int(newest) + 1
