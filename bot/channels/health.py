"""For whoever operates the bot: alive, ready, and numbers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from bot.domain.errors import NotAvailableError
from bot.services.ports import Ports

INBOX_WAITING = Gauge("wegweiser_inbox_waiting", "Messages that wait to be answered.")
OUTBOX_WAITING = Gauge("wegweiser_outbox_waiting", "Replies that wait to be sent.")
OUTBOX_DEAD = Gauge("wegweiser_outbox_dead", "Replies that were given up.")


@dataclass(frozen=True, kw_only=True)
class Health:
    """`/healthz`: the process runs. `/readyz`: it can answer. `/metrics`: Prometheus. None of them tells about people."""

    ports: Ports
    understands: Callable[[], Awaitable[bool]]

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_get("/healthz", self.is_alive)
        app.router.add_get("/readyz", self.is_ready)
        app.router.add_get("/metrics", self.show_numbers)

    async def is_alive(self, _request: web.Request) -> web.Response:
        """Always 200 while the event loop turns."""
        return web.json_response({"status": "alive"})

    async def is_ready(self, _request: web.Request) -> web.Response:
        """200 when database and NLU server answer, else 503. Without the NLU server, menu, search and reports still work."""
        parts = {"database": await self._database_answers(), "nlu": await self.understands()}
        ready = all(parts.values())
        body = {
            "status": "ready" if ready else "not ready",
            **{name: "answers" if fine else "does not answer" for name, fine in parts.items()},
        }
        return web.json_response(body, status=200 if ready else 503)

    async def show_numbers(self, _request: web.Request) -> web.Response:
        """Counters and gauges."""
        async with self.ports.unit_of_work() as work:
            INBOX_WAITING.set(await work.inbox.waiting())
            OUTBOX_WAITING.set(await work.outbox.waiting())
            OUTBOX_DEAD.set(await work.outbox.dead())
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _database_answers(self) -> bool:
        try:
            async with self.ports.unit_of_work() as work:
                await work.inbox.waiting()
        except NotAvailableError:
            return False
        return True
