"""Behind a one-time link: who you are, a password, and in."""

from aiohttp import web

from bot.console.people.entry import secret_of, step_in
from bot.console.routes import Access, get, post
from bot.console.visit import Visit
from bot.domain.errors import NotAllowedError
from bot.domain.passwords import SHORTEST
from bot.services.desk.people.accept_invitation import accept_invitation, find_invitation
from bot.services.desk.people.stored_entry import Invitation


async def show_invitation(visit: Visit) -> web.StreamResponse:
    """What the link invites to; whoever has no valid one is told so."""
    try:
        invitation = await find_invitation(visit.part("token"), visit.ports)
    except LookupError:
        return visit.show("people/no_invitation.html", status=404)
    return show_form(visit, invitation)


def show_form(visit: Visit, invitation: Invitation, fault: str = "", *, status: int = 200) -> web.StreamResponse:
    """The form, with what was wrong."""
    values = {
        "invitation": invitation,
        "token": visit.part("token"),
        "fault": fault,
        "shortest": SHORTEST,
        "name": visit.field("name", characters=120) or invitation.name,
        "email": visit.field("email", characters=254) or invitation.email,
    }
    return visit.show("people/invitation.html", values, status=status)


async def accept(visit: Visit) -> web.StreamResponse:
    """The account is there from now on; the second factor follows."""
    password = secret_of(visit, "password")
    try:
        invitation = await find_invitation(visit.part("token"), visit.ports)
        if password != secret_of(visit, "again"):
            return show_form(visit, invitation, "people.fault.not-the-same", status=422)
        staff = await accept_invitation(
            visit.part("token"),
            visit.ports,
            name=visit.field("name", characters=120),
            email=visit.field("email", characters=254),
            password=password,
            language=visit.language,
        )
    except NotAllowedError as error:
        return show_form(visit, invitation, str(error), status=422)
    except LookupError:
        return visit.show("people/no_invitation.html", status=404)
    return await step_in(visit, staff, "/")


ROUTES = (
    get("/invitation/{token}", show_invitation, Access.ANYONE),
    post("/invitation/{token}", accept, Access.ANYONE),
)
