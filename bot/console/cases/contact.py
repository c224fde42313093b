"""Staff opens a person's contact data, for a reason that is logged; or deletes it, as the person asked."""

from aiohttp import web

from bot.console.cases.case import show_case_again
from bot.console.cases.seen_version import seen_version
from bot.console.labels import label
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError
from bot.domain.staff import Permission
from bot.services.desk.cases.read_contact import read_contact
from bot.services.desk.cases.remove_contact import remove_contact


async def show_contact(visit: Visit) -> web.StreamResponse:
    """The contact data, on this one page only."""
    reason = visit.field("contact_reason")
    case = await read_contact(visit.part("number"), reason, visit.member, visit.ports)
    return visit.show("cases/contact.html", {"case": case, "reason": label(visit, "contact-reason", reason)})


async def delete_contact(visit: Visit) -> web.StreamResponse:
    """Delete it for good; only what was confirmed."""
    number, version = visit.part("number"), seen_version(visit)
    if "contact" not in visit.ticked("confirmed"):
        return await show_case_again(visit, {}, notice="contact-not-confirmed", status=422)
    try:
        await remove_contact(number, version, visit.member, visit.ports)
    except ConflictError:
        return await show_case_again(visit, {}, notice="conflict-work", status=409)
    return visit.go(f"/cases/{number}", done="contact-removed")


ROUTES = (
    post("/cases/{number}/contact", show_contact, Permission.READ_CONTACT),
    post("/cases/{number}/contact/remove", delete_contact, Permission.WORK_ON_CASES),
)
