"""One person at the desk, for admins: roles, cities, sessions, a new link, in and out of use."""

from aiohttp import web

from bot.console.people.people import chosen_cities, chosen_roles, cities_of, roles_of, show_link, staff_of
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import NotAllowedError
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.people.change_member import change_member, disable_member, enable_member, renew_access
from bot.services.desk.people.find_session import lasts
from bot.services.desk.people.sign_out import sign_out, sign_out_everywhere
from bot.services.desk.people.stored_people import StaffSession


async def show_person(visit: Visit) -> web.StreamResponse:
    """The page."""
    return await show_form(visit)


async def show_form(visit: Visit, fault: str = "") -> web.StreamResponse:
    """The page, with what was wrong. Raises LookupError."""
    person, sessions = await find_person(visit)
    typed = bool(fault and visit.form.get("name") is not None)
    values = {
        "person": person,
        "sessions": sessions,
        "fault": fault,
        "name": visit.field("name", characters=120) if typed else person.name,
        "email": visit.field("email", characters=254) if typed else person.email,
        "chosen_roles": chosen_roles(visit) if typed else person.roles,
        "chosen_cities": chosen_cities(visit) if typed else person.municipalities,
        "roles": roles_of(visit),
        "cities": cities_of(visit),
    }
    return visit.show("people/person.html", values, status=422 if fault else 200)


async def find_person(visit: Visit) -> tuple[StaffMember, list[StaffSession]]:
    """The account, and the browsers it is signed in with. Raises LookupError."""
    async with visit.ports.bot.unit_of_work() as work:
        person = await work.staff.find(staff_of(visit))
        if person is None:
            raise LookupError(staff_of(visit))
        sessions = [each for each in await work.staff_sessions.of(person.id) if lasts(each, visit.now)]
    return person, sessions


async def save(visit: Visit) -> web.StreamResponse:
    """Store name, address, roles and cities."""
    name, email = visit.field("name", characters=120), visit.field("email", characters=254)
    try:
        await change_member(
            staff_of(visit),
            visit.ports,
            name=name,
            email=email,
            roles=chosen_roles(visit),
            municipalities=chosen_cities(visit),
            by=visit.member.id,
        )
    except NotAllowedError as error:
        return await show_form(visit, str(error))
    return visit.go("/people", done="saved")


async def disable(visit: Visit) -> web.StreamResponse:
    """Nobody gets in with this account any more."""
    try:
        await disable_member(staff_of(visit), visit.ports, by=visit.member.id)
    except NotAllowedError as error:
        return await show_form(visit, str(error))
    return visit.go("/people", done="disabled")


async def enable(visit: Visit) -> web.StreamResponse:
    """The account can be used again."""
    await enable_member(staff_of(visit), visit.ports, by=visit.member.id)
    return visit.go(f"/people/{staff_of(visit)}", done="enabled")


async def renew(visit: Visit) -> web.StreamResponse:
    """Show a link for a new password and second factor, once."""
    person, _ = await find_person(visit)
    return show_link(visit, await renew_access(person.id, visit.ports, by=visit.member.id), person.name, "recover")


async def end_session(visit: Visit) -> web.StreamResponse:
    """Sign this person out of one browser. Raises LookupError."""
    person, _ = await find_person(visit)
    await sign_out(person.id, visit.part("reference"), visit.ports, by=visit.member.id)
    return visit.go(f"/people/{person.id}", done="session-closed")


async def end_sessions(visit: Visit) -> web.StreamResponse:
    """Sign this person out everywhere."""
    person, _ = await find_person(visit)
    await sign_out_everywhere(person.id, visit.ports, by=visit.member.id)
    return visit.go(f"/people/{person.id}", done="sessions-ended")


ROUTES = (
    get("/people/{staff}", show_person, Permission.MANAGE_PEOPLE),
    post("/people/{staff}", save, Permission.MANAGE_PEOPLE),
    post("/people/{staff}/disable", disable, Permission.MANAGE_PEOPLE),
    post("/people/{staff}/enable", enable, Permission.MANAGE_PEOPLE),
    post("/people/{staff}/new-link", renew, Permission.MANAGE_PEOPLE),
    post("/people/{staff}/end-sessions", end_sessions, Permission.MANAGE_PEOPLE),
    post("/people/{staff}/sessions/{reference}", end_session, Permission.MANAGE_PEOPLE),
)
