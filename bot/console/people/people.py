"""Everybody who works at the desk, open invitations, and inviting somebody."""

from aiohttp import web

from bot.console.people.entry import origin_of
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import NotAllowedError
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN
from bot.domain.staff import Permission, Role, StaffId
from bot.services.desk.people.invite import invite, revoke_invitation


async def show_people(visit: Visit) -> web.StreamResponse:
    """The list."""
    async with visit.ports.bot.unit_of_work() as work:
        people, invitations = await work.staff.all(), await work.staff_invitations.all(visit.now)
    people.sort(key=lambda one: one.disabled_at is not None)
    return visit.show("people/people.html", {"people": people, "invitations": invitations, "cities": dict(cities_of(visit))})


def cities_of(visit: Visit) -> list[tuple[MunicipalityId, str]]:
    """Every city, by its name."""
    cities = visit.ports.bot.published.knowledge.municipalities.values()
    return sorted(((city.id, city.name.get(visit.language) or city.name[GERMAN]) for city in cities), key=lambda pair: pair[1])


def roles_of(visit: Visit) -> list[tuple[str, str]]:
    """Every role with what it may do."""
    return [(role.value, visit.said(f"people.role.{role.value}.explained")) for role in Role]


def chosen_roles(visit: Visit) -> frozenset[Role]:
    """The roles that were ticked."""
    return frozenset(Role(value) for value in visit.ticked("roles") if value in list(Role))


def chosen_cities(visit: Visit) -> frozenset[MunicipalityId]:
    """The cities that were ticked."""
    return frozenset(city for city, _ in cities_of(visit) if city in visit.ticked("municipalities"))


async def show_invite(visit: Visit) -> web.StreamResponse:
    """The form to invite somebody."""
    return show_invite_form(visit)


def show_invite_form(visit: Visit, fault: str = "", *, status: int = 200) -> web.StreamResponse:
    """The form, with what was wrong."""
    typed = {"name": visit.field("name", characters=120), "email": visit.field("email", characters=254)}
    chosen = {"chosen_roles": chosen_roles(visit), "chosen_cities": chosen_cities(visit)}
    choices = {"roles": roles_of(visit), "cities": cities_of(visit)}
    return visit.show("people/invite.html", {**typed, **chosen, **choices, "fault": fault}, status=status)


async def send_invite(visit: Visit) -> web.StreamResponse:
    """Show the link, once."""
    name, email = visit.field("name", characters=120), visit.field("email", characters=254)
    try:
        token = await invite(
            visit.ports, name=name, email=email, roles=chosen_roles(visit), municipalities=chosen_cities(visit), by=visit.member.id
        )
    except NotAllowedError as error:
        return show_invite_form(visit, str(error), status=422)
    return show_link(visit, token, name, "join")


def show_link(visit: Visit, token: str, name: str, purpose: str) -> web.StreamResponse:
    """A one-time link, to be copied now."""
    return visit.show("people/link.html", {"link": f"{origin_of(visit)}/console/invitation/{token}", "name": name, "purpose": purpose})


async def revoke(visit: Visit) -> web.StreamResponse:
    """Make a link useless."""
    await revoke_invitation(visit.part("reference"), visit.ports, by=visit.member.id)
    return visit.go("/people", done="invitation-revoked")


def staff_of(visit: Visit) -> StaffId:
    """Whom a page is about."""
    return StaffId(visit.part("staff"))


ROUTES = (
    get("/people", show_people, Permission.MANAGE_PEOPLE),
    get("/people/invite", show_invite, Permission.MANAGE_PEOPLE),
    post("/people/invite", send_invite, Permission.MANAGE_PEOPLE),
    post("/people/invitations/{reference}/revoke", revoke, Permission.MANAGE_PEOPLE),
)
