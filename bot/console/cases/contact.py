"""Staff opens a person's contact data, for a reason that is logged."""

from aiohttp import web

from bot.console.labels import label
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.staff import Permission
from bot.services.desk.cases.read_contact import read_contact


async def show_contact(visit: Visit) -> web.StreamResponse:
    """The contact data, on this one page only."""
    reason = visit.field("contact_reason")
    case = await read_contact(visit.part("number"), reason, visit.member, visit.ports)
    return visit.show("cases/contact.html", {"case": case, "reason": label(visit, "contact-reason", reason)})


ROUTES = (post("/cases/{number}/contact", show_contact, Permission.READ_CONTACT),)
