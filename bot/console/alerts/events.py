"""Alerts live on open pages, as server-sent events."""

import asyncio
import contextlib
import json
from dataclasses import replace

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp_sse import EventSourceResponse, sse_response

from bot.console.alerts.lists import path_of, tell
from bot.console.alerts.watch import WATCH
from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.staff import Permission
from bot.services.desk.people.find_session import find_session

LOOK_AT_LEAST_SECONDS = 20.0
"""So often the session and the number of alerts are looked at in any case: they may change without a new alert."""
AT_ONCE = 5
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Security-Policy": "default-src 'none'"}
"""A stream has begun before the application adds its headers."""


class AlertStream(EventSourceResponse):
    """A stream that no cache stores; its library would let them, and ask again."""

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Begin it."""
        self.headers["Cache-Control"] = "no-store"
        return await super().prepare(request)


async def stream_alerts(visit: Visit) -> web.StreamResponse:
    """Tell an open page of every new alert and of their number, until it closes, its session ends or the server stops."""
    watch = visit.request.app[WATCH]
    with watch.listen() as changed:
        newest = await _newest_of(visit)
        async with sse_response(visit.request, headers=HEADERS, response_cls=AlertStream) as stream:
            told = -1
            while not watch.is_over and stream.is_connected():
                changed.clear()
                today = await _look_again(visit)
                if today is None:
                    break
                newest, told = await _send_news(today, stream, newest, told)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AT_LEAST_SECONDS):
                        await changed.wait()
    return stream


async def _look_again(visit: Visit) -> Visit | None:
    """The visit of whoever it is by now: roles and cities may have changed. None when the session, or the right to listen, has ended."""
    found = await find_session(visit.token, visit.ports, is_used=False)
    return replace(visit, visitor=found[1]) if found and found[1].may(Permission.SEE_CASES) else None


async def _newest_of(visit: Visit) -> int:
    """What the page knows already: it was there when the page was opened."""
    async with visit.ports.bot.unit_of_work() as work:
        return max((alert.id for alert in await work.alerts.of(visit.member, limit=1)), default=0)


async def _send_news(visit: Visit, stream: EventSourceResponse, newest: int, told: int) -> tuple[int, int]:
    """Send what came since `newest`, and the number of unseen alerts when it is another than the one told; both as they are now."""
    async with visit.ports.bot.unit_of_work() as work:
        fresh = await work.alerts.of(visit.member, limit=AT_ONCE, after=newest)
        unseen = await work.alerts.count_unseen(visit.member)
    with contextlib.suppress(ConnectionResetError):
        for alert in reversed(fresh):
            await stream.send(json.dumps({"text": tell(visit, alert), "path": path_of(alert)}), event="alert", id=str(alert.id))
        if unseen != told:
            await stream.send(str(unseen), event="count")
    return max((alert.id for alert in fresh), default=newest), unseen


ROUTES = (get("/alerts/events", stream_alerts, Permission.SEE_CASES),)
