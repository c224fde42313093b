"""Everybody who comes to the desk passes here: session, permission, form token, and errors as pages."""

import hmac
import secrets
from dataclasses import dataclass

import structlog
from aiohttp import web
from multidict import MultiDict

from bot.console.pages import Pages
from bot.console.read_form import read_form
from bot.console.routes import Access, Route
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAllowedError, NotAvailableError
from bot.domain.languages import GERMAN, match_language
from bot.domain.staff import LASTS_FOR
from bot.services.desk.people.find_session import find_session
from bot.services.desk.ports import DeskPorts

log = structlog.get_logger()
COOKIE = "__Host-wegweiser-desk"
LANGUAGE_COOKIE = "__Host-wegweiser-desk-language"
POLL = "X-Poll"
"""A header of what an open page asks for by itself, again and again: it does not keep a session from ending."""
STOP_POLLING = 286
"""What htmx understands as: show this, and do not ask again."""
BEGUN = web.RequestKey("begun", bool)
"""Whether an answer has begun to go out."""
STATUSES = {ConflictError: 409, NotAllowedError: 422, LookupError: 404, NotAvailableError: 503}
SAME_SITE = ("same-origin", "none", None)
"""What Sec-Fetch-Site may say with a form: our own page, typed by the person, or a browser that does not say."""


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """Lets a request through to its handler, or answers it."""

    ports: DeskPorts
    pages: Pages

    async def enter(self, request: web.Request, route: Route) -> web.StreamResponse:
        """The handler's answer; a page that says what is wrong where there is none."""
        token = request.cookies.get(COOKIE) or ""
        visit = await self._meet(request, token or secrets.token_urlsafe(32))
        try:
            response = await self._answer(visit, route)
        except Exception as error:
            if request.get(BEGUN):
                abort(request)
                raise
            response = answer_error(visit, error)
        if not response.prepared:
            response.headers.setdefault("Cache-Control", "no-store")
            if not token and COOKIE not in response.cookies:
                set_cookie(response, visit.token)
        return response

    async def _meet(self, request: web.Request, token: str) -> Visit:
        found = await find_session(token, self.ports, is_used=not is_poll(request))
        session, visitor = found or (None, None)
        wanted = request.query.get("language") or request.cookies.get(LANGUAGE_COOKIE) or (visitor.language if visitor else "")
        accepted = request.headers.get("Accept-Language", "").split(",")[0].partition(";")[0]
        spoken = frozenset(self.ports.languages)
        return Visit(
            request=request,
            ports=self.ports,
            pages=self.pages,
            language=match_language(wanted, spoken) or match_language(accepted, spoken) or GERMAN,
            token=token,
            csrf=self.ports.bot.cipher.hash("desk-form", token),
            form=MultiDict(),
            visitor=visitor if session and session.stage == "full" else None,
            session=session,
        )

    async def _answer(self, visit: Visit, route: Route) -> web.StreamResponse:
        if "\0" in visit.request.path + visit.request.query_string:
            raise web.HTTPNotFound  # nothing is called so, and PostgreSQL does not even look for it
        if route.access is not Access.ANYONE:
            if visit.session is None or visit.session.stage != "full":
                return self._send_to_sign_in(visit)
            if route.access is not Access.SIGNED_IN and not visit.member.may(route.access):
                raise web.HTTPForbidden
        if route.method == "POST":
            visit = await self._read_form(visit, route)
        return await route.handler(visit)

    def _send_to_sign_in(self, visit: Visit) -> web.StreamResponse:
        if POLL in visit.request.headers:
            return visit.show("ended.html", status=STOP_POLLING)
        if visit.request.method == "GET" and not visit.request.headers.get("HX-Request"):
            return visit.go("/sign-in", next=visit.request.path_qs)
        return visit.go("/sign-in", done="session-ended")

    async def _read_form(self, visit: Visit, route: Route) -> Visit:
        """The posted form. Raises HTTPForbidden unless it comes from a page that we gave this browser."""
        request = visit.request
        if request.headers.get("Sec-Fetch-Site") not in SAME_SITE:
            raise web.HTTPForbidden
        form = await read_form(request, route.form_bytes)
        given = form.get("csrf", "") or request.headers.get("X-CSRF-Token", "")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode("utf-8", "replace"), visit.csrf.encode()):
            raise web.HTTPForbidden
        return Visit(**{**visit.__dict__, "form": form})


async def note_begun(request: web.Request, _: web.StreamResponse) -> None:
    """From here on the answer goes out, and no other can take its place."""
    request[BEGUN] = True


def abort(request: web.Request) -> None:
    """Break the connection off: what went out is a part of something, and must not look whole."""
    if request.transport:
        request.transport.abort()


def answer_error(visit: Visit, error: Exception) -> web.StreamResponse:
    """A redirect, or the page that goes with an error; raises what nobody expected."""
    if isinstance(error, web.HTTPException):
        return error if error.status < 400 else explain(visit, error.status)  # noqa: PLR2004
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), None)
    if status is None:
        raise error
    return explain(visit, status)


def is_poll(request: web.Request) -> bool:
    """Whether an open page asks by itself; a stream of events cannot send a header of its own."""
    return POLL in request.headers or request.headers.get("Accept") == "text/event-stream"


def explain(visit: Visit, status: int) -> web.Response:
    """A page that says what is wrong and what to do."""
    known = status if status in (403, 404, 405, 409, 413, 415, 422, 503) else 400
    return visit.show("error.html", {"status": known}, status=status)


def set_cookie(response: web.StreamResponse, token: str) -> None:
    """The desk's only cookie that tells who somebody is: for this host, over HTTPS (or on this machine), out of reach of scripts."""
    age = int(LASTS_FOR.total_seconds())
    response.set_cookie(COOKIE, token, max_age=age, path="/", secure=True, httponly=True, samesite="Lax")
