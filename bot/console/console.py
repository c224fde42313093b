"""The desk as part of the web application: its rooms, static files and entrance."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.console.desk import home
from bot.console.entrance import Entrance
from bot.console.pages import Pages
from bot.console.routes import Access, Route, get
from bot.services.desk.ports import DeskPorts

HERE = Path(__file__).parent
ROUTES: tuple[Route, ...] = (*home.ROUTES,)
"""Every address of the desk."""


@dataclass(frozen=True, kw_only=True)
class Console:
    """The staff door."""

    ports: DeskPorts

    def add_to(self, app: web.Application) -> None:
        """Register every route under /console, and a page for whatever is not there."""
        entrance = Entrance(ports=self.ports, pages=Pages())
        for route in every_route():
            app.router.add_route(route.method, f"/console{route.path}", _through(entrance, route))
        app.router.add_static("/console-static/", HERE / "static")


def every_route() -> Iterable[Route]:
    """All addresses; the last one answers what is not there."""
    return (*ROUTES, get("/{nothing:.*}", home.show_nothing, Access.SIGNED_IN))


def _through(entrance: Entrance, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def enter(request: web.Request) -> web.StreamResponse:
        return await entrance.enter(request, route)

    return enter
