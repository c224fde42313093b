"""The first step: address and password; and the way out."""

from aiohttp import web

from bot.console.entrance import COOKIE
from bot.console.people.entry import secret_of, step_in, tell_wait, way_of
from bot.console.routes import Access, get, post
from bot.console.visit import Visit
from bot.domain.networks import find_network
from bot.services.desk.people.sign_in import sign_in
from bot.services.desk.people.sign_in_ports import TooManyAttemptsError
from bot.services.desk.people.sign_out import sign_out


async def show_sign_in(visit: Visit) -> web.StreamResponse:
    """The form; who is signed in goes on."""
    return visit.go(way_of(visit)) if visit.visitor else show_form(visit)


def show_form(visit: Visit, fault: str = "", *, email: str = "", status: int = 200) -> web.StreamResponse:
    """The form, with what was wrong."""
    provider = visit.ports.provider.name if visit.ports.provider else ""
    values = {"fault": fault, "email": email, "next": f"/console{way_of(visit)}", "provider": provider}
    return visit.show("people/sign_in.html", values, status=status)


async def check_password(visit: Visit) -> web.StreamResponse:
    """Go on to the second step, or tell that something was wrong, but not what."""
    email = visit.field("email", characters=254)
    network = find_network(visit.request.headers.getall("X-Forwarded-For", []), visit.request.remote, visit.ports.trusted_proxies)
    try:
        staff = await sign_in(email, secret_of(visit, "password"), network, visit.ports)
    except TooManyAttemptsError as error:
        return show_form(visit, tell_wait(visit, error), email=email, status=429)
    if staff is None:
        return show_form(visit, visit.said("people.fault.sign-in"), email=email, status=422)
    return await step_in(visit, staff, way_of(visit))


async def leave(visit: Visit) -> web.StreamResponse:
    """End this browser's session, however far it had come."""
    if visit.session:
        await sign_out(visit.session.staff, visit.session.reference, visit.ports, by=visit.session.staff)
    response = visit.go("/sign-in", done="signed-out")
    response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


ROUTES = (
    get("/sign-in", show_sign_in, Access.ANYONE),
    post("/sign-in", check_password, Access.ANYONE),
    post("/sign-out", leave, Access.ANYONE),
)
