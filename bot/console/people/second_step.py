"""The second step: a one-time code, or setting the second factor up before anything else."""

from aiohttp import web

from bot.console.entrance import set_cookie
from bot.console.people.entry import step_in, tell_wait, way_of
from bot.console.routes import Access, get, post
from bot.console.visit import Visit
from bot.domain.sign_in import name_device
from bot.services.desk.people.confirm_code import confirm_code
from bot.services.desk.people.open_session import open_session
from bot.services.desk.people.set_up_second_factor import Offer, offer_second_factor, set_up_second_factor
from bot.services.desk.people.sign_in_ports import TooManyAttemptsError
from bot.services.desk.people.stored_people import StaffSession


def waiting(visit: Visit) -> StaffSession | None:
    """The session of somebody whose password was right, and no more than that."""
    return visit.session if visit.session and visit.session.stage == "password" else None


def begin_again(visit: Visit) -> web.StreamResponse:
    """To the first step, or to the desk for who is in already."""
    return visit.go(way_of(visit)) if visit.visitor else visit.go("/sign-in", next=f"/console{way_of(visit)}")


async def show_code(visit: Visit) -> web.StreamResponse:
    """The form for the code."""
    session = waiting(visit)
    return show_code_form(visit) if session else begin_again(visit)


def show_code_form(visit: Visit, fault: str = "", *, status: int = 200) -> web.StreamResponse:
    """The form, with what was wrong."""
    return visit.show("people/code.html", {"fault": fault, "next": f"/console{way_of(visit)}"}, status=status)


async def check_code(visit: Visit) -> web.StreamResponse:
    """On to the desk, if the code is right."""
    session = waiting(visit)
    if session is None:
        return begin_again(visit)
    try:
        is_right = await confirm_code(session.staff, visit.field("code", characters=40), visit.ports)
    except TooManyAttemptsError as error:
        return show_code_form(visit, tell_wait(visit, error), status=429)
    if not is_right:
        return show_code_form(visit, visit.said("people.fault.code"), status=422)
    return await step_in(visit, session.staff, way_of(visit), is_multi_factor=True)


async def show_set_up(visit: Visit) -> web.StreamResponse:
    """The QR code, for who has no second factor yet."""
    session = waiting(visit)
    if session is None:
        return begin_again(visit)
    offer = await offer_second_factor(session, visit.said("desk.name"), visit.ports)
    return visit.go("/sign-in/code", next=f"/console{way_of(visit)}") if offer.replaces else show_offer(visit, offer)


def show_offer(visit: Visit, offer: Offer, fault: str = "", *, status: int = 200) -> web.StreamResponse:
    """The QR code with its form."""
    values = {"offer": offer, "fault": fault, "next": f"/console{way_of(visit)}", "error": ""}
    return visit.show("people/set_up.html", values, status=status)


async def check_set_up(visit: Visit) -> web.StreamResponse:
    """Show the recovery codes once, to somebody who is signed in from now on."""
    session = waiting(visit)
    if session is None:
        return begin_again(visit)
    codes = await set_up_second_factor(session, visit.field("code", characters=40), visit.ports, may_replace=False)
    if codes is None:
        offer = await offer_second_factor(session, visit.said("desk.name"), visit.ports)
        return show_offer(visit, offer, visit.said("people.fault.code"), status=422)
    device = name_device(visit.request.headers.get("User-Agent", ""))
    opened = await open_session(session.staff, visit.ports, device=device, instead_of=session, is_multi_factor=True)
    response = visit.show("people/recovery_codes.html", {"codes": codes, "way": f"/console{way_of(visit)}"})
    set_cookie(response, opened.token)
    return response


ROUTES = (
    get("/sign-in/code", show_code, Access.ANYONE),
    post("/sign-in/code", check_code, Access.ANYONE),
    get("/sign-in/set-up", show_set_up, Access.ANYONE),
    post("/sign-in/set-up", check_set_up, Access.ANYONE),
)
