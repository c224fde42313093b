"""When humans answer the chats of a city."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.labels import city_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.office_hours import DAYS, write_hours
from bot.domain.staff import Permission
from bot.services.desk.chats.set_office_hours import find_office_hours, set_office_hours

UNREADABLE = 422


async def show_hours(visit: Visit) -> web.StreamResponse:
    """The hours of one city, the first of one's own unless another is named."""
    city = visit.request.query.get("city") or next(iter(sorted(visit.member.municipalities)), "")
    hours = await find_office_hours(city, visit.member, visit.ports)
    return show(visit, city, {day: write_hours(hours, weekday) for weekday, day in enumerate(DAYS)}, {})


async def save_hours(visit: Visit) -> web.StreamResponse:
    """Store them, or show what cannot be read."""
    city = visit.field("city")
    typed = {day: visit.field(day, characters=100) for day in DAYS}
    faults = await set_office_hours(city, typed, visit.member, visit.ports)
    if faults:
        return show(visit, city, typed, faults, status=UNREADABLE)
    return visit.go("/chats/hours", done="hours-saved", city=city)


def show(visit: Visit, city: str, typed: Mapping[str, str], faults: Mapping[str, str], *, status: int = 200) -> web.StreamResponse:
    """The form."""
    own = [(each, city_name(visit, each)) for each in sorted(visit.member.municipalities)]
    values = {"city": city, "city_name": city_name(visit, city), "own": own, "days": DAYS, "typed": typed, "faults": faults}
    return visit.show("chats/hours.html", values, status=status)


ROUTES = (
    get("/chats/hours", show_hours, Permission.ASSIGN_CASES),
    post("/chats/hours", save_hours, Permission.ASSIGN_CASES),
)
