"""What every step into the desk has in common: a new session under a new cookie, and where it goes on."""

from aiohttp import web

from bot.console.entrance import set_cookie
from bot.console.visit import Visit
from bot.domain.sign_in import find_way, name_device
from bot.domain.staff import StaffId
from bot.services.desk.people.open_session import open_session
from bot.services.desk.people.sign_in_ports import TooManyAttemptsError

LONGEST_TYPED = 1000


def secret_of(visit: Visit, name: str) -> str:
    """A typed password exactly as it was typed, spaces included."""
    value = visit.form.get(name, "")
    return value[:LONGEST_TYPED] if isinstance(value, str) else ""


def way_of(visit: Visit) -> str:
    """Where somebody wanted to go: a path of the desk."""
    return find_way(visit.field("next", characters=2000) or visit.request.query.get("next", ""))


async def step_in(visit: Visit, staff: StaffId, way: str, *, is_multi_factor: bool = False) -> web.StreamResponse:
    """A new session; on to the desk, or to what is still missing."""
    device = name_device(visit.request.headers.get("User-Agent", ""))
    opened = await open_session(staff, visit.ports, device=device, instead_of=visit.session, is_multi_factor=is_multi_factor)
    if opened.stage == "full":
        response = visit.go(way)
    else:
        response = visit.go("/sign-in/code" if opened.has_code else "/sign-in/set-up", next=f"/console{way}")
    set_cookie(response, opened.token)
    return response


def origin_of(visit: Visit) -> str:
    """Under which address this desk is reached."""
    return visit.ports.bot.public_url or str(visit.request.url.origin())


def tell_wait(visit: Visit, error: TooManyAttemptsError) -> str:
    """The sentence that asks to wait, in whole minutes."""
    return visit.said("people.fault.wait", count=-(-error.seconds // 60))
