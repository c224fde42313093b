"""To the organisation's identity provider and back; what must be remembered meanwhile lies sealed in the browser."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from bot.console.people.entry import origin_of, step_in, way_of
from bot.console.people.sign_in import show_form
from bot.console.routes import Access, get
from bot.console.visit import Visit
from bot.domain.errors import NotReadableError
from bot.domain.sign_in import find_way
from bot.services.desk.people.sign_in_ports import Departure, RefusedError
from bot.services.desk.people.sign_in_with_provider import sign_in_with_provider

log = structlog.get_logger()
COOKIE = "__Host-wegweiser-desk-departure"
AWAY_FOR = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A departure, where somebody wanted to go, and when they left."""

    departure: Departure
    way: str
    left_at: str


async def depart(visit: Visit) -> web.StreamResponse:
    """Send the browser to the provider."""
    if visit.ports.provider is None:
        raise web.HTTPNotFound
    departure = await visit.ports.provider.depart(return_address(visit))
    remembered = Remembered(departure=departure, way=way_of(visit), left_at=visit.now.isoformat())
    sealed = visit.ports.bot.cipher.seal(json.dumps(asdict(remembered)).encode(), place(visit))
    response = web.Response(status=303, headers={"Location": departure.address, "Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        urlsafe_b64encode(sealed).decode("ascii"),
        max_age=int(AWAY_FOR.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="Lax",
    )
    return response


async def arrive(visit: Visit) -> web.StreamResponse:
    """Back from the provider: signed in, or told that it did not work."""
    if visit.ports.provider is None:
        raise web.HTTPNotFound
    remembered, query = recall(visit), visit.request.query
    try:
        if remembered is None or not hmac.compare_digest(remembered.departure.state.encode(), query.get("state", "").encode()):
            raise RefusedError("This browser was not sent to the provider by us.")  # noqa: TRY301  # as whatever else is refused
        staff, is_multi_factor = await sign_in_with_provider(
            remembered.departure, return_address(visit), query.get("code", ""), visit.ports
        )
    except RefusedError as error:
        log.warning("signing in through the identity provider was refused", reason=str(error))
        response = show_form(visit, visit.said("people.fault.provider"), status=422)
    else:
        response = await step_in(visit, staff, find_way(f"/console{remembered.way}"), is_multi_factor=is_multi_factor)
    response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def recall(visit: Visit) -> Remembered | None:
    """What this browser was sent away with, unless that was too long ago or is not from us."""
    try:
        sealed = urlsafe_b64decode(visit.request.cookies.get(COOKIE, "").encode())
        found = json.loads(visit.ports.bot.cipher.open(sealed, place(visit)))
    except (NotReadableError, ValueError):
        return None
    remembered = Remembered(departure=Departure(**found["departure"]), way=found["way"], left_at=found["left_at"])
    return remembered if visit.now - datetime.fromisoformat(remembered.left_at) <= AWAY_FOR else None


def return_address(visit: Visit) -> str:
    """Where the provider sends the browser back to."""
    return f"{origin_of(visit)}/console/sign-in/provider/return"


def place(visit: Visit) -> str:
    """What is remembered is bound to this browser."""
    return f"staff.departure:{visit.token}"


ROUTES = (
    get("/sign-in/provider", depart, Access.ANYONE),
    get("/sign-in/provider/return", arrive, Access.ANYONE),
)
