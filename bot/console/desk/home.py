"""Where one arrives: the first page that one may use."""

from aiohttp import web

from bot.console.entrance import LANGUAGE_COOKIE
from bot.console.routes import Access, get
from bot.console.visit import Visit
from bot.domain.languages import match_language
from bot.domain.staff import Permission

FIRST = (
    (Permission.SEE_CASES, "/cases"),
    (Permission.EDIT_KNOWLEDGE, "/knowledge"),
    (Permission.MANAGE_PEOPLE, "/people"),
    (Permission.SEE_STATISTICS, "/statistics"),
    (Permission.READ_LOG, "/log"),
)


async def show_home(visit: Visit) -> web.StreamResponse:
    """Go on to the page that this person works with most."""
    return visit.go(next((path for permission, path in FIRST if visit.member.may(permission)), "/account"))


async def show_nothing(_visit: Visit) -> web.StreamResponse:
    """There is no such page."""
    raise web.HTTPNotFound


async def set_language(visit: Visit) -> web.StreamResponse:
    """Remember the language of the pages in this browser."""
    spoken = frozenset(visit.ports.languages)
    language = match_language(visit.part("language"), spoken)
    if language is None:
        raise web.HTTPNotFound
    came_from = visit.request.query.get("from", "")
    is_ours = came_from.startswith("/console/") and came_from.isprintable()
    response = visit.go(came_from.removeprefix("/console") if is_ours else "/")
    response.set_cookie(LANGUAGE_COOKIE, language, path="/", secure=True, httponly=True, samesite="Lax", max_age=365 * 24 * 3600)
    return response


ROUTES = (
    get("", show_home, Access.SIGNED_IN),
    get("/", show_home, Access.SIGNED_IN),
    get("/language/{language}", set_language, Access.ANYONE),
)
