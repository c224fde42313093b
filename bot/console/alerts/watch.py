"""Notices when anybody was told something, by whichever process, and wakes the open pages of this one."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator

from aiohttp import web

from bot.domain.errors import NotAvailableError
from bot.services.desk.ports import DeskPorts

LOOK_SECONDS = 2.0
"""One small query in so many seconds, however many pages are open, and none while there are none."""


class Watch:
    """Looks for new alerts as long as somebody waits for them."""

    def __init__(self, newest: Callable[[], Awaitable[int]], look_seconds: float = LOOK_SECONDS) -> None:
        """`newest` gives the highest id of all alerts."""
        self._newest, self._seconds = newest, look_seconds
        self._waiting: set[asyncio.Event] = set()
        self._task: asyncio.Task[None] | None = None
        self.is_over = False
        """The program stops: every open page is let go."""

    @contextlib.contextmanager
    def listen(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever there may be something new, and at the end."""
        event = asyncio.Event()
        self._waiting.add(event)
        if self._task is None:
            self._task = asyncio.create_task(self._look())
        try:
            yield event
        finally:
            self._waiting.discard(event)
            if not self._waiting:
                self._rest()

    def stop(self) -> None:
        """Let every open page go."""
        self.is_over = True
        self._rest()
        self._wake()

    def _rest(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def _look(self) -> None:
        known = -1
        while True:
            with contextlib.suppress(NotAvailableError):
                newest = await self._newest()
                if newest != known:
                    known = newest
                    self._wake()
            await asyncio.sleep(self._seconds)


WATCH: web.AppKey[Watch] = web.AppKey("watch", Watch)


def add_watch(app: web.Application, ports: DeskPorts) -> None:
    """Give the application its watch, which ends as soon as the server stops."""

    async def newest() -> int:
        async with ports.bot.unit_of_work() as work:
            return await work.alerts.newest()

    async def stop(stopping: web.Application) -> None:
        stopping[WATCH].stop()

    app[WATCH] = Watch(newest)
    app.on_shutdown.append(stop)
