"""The page of a case: what the person said, what happened since, what is due, and what staff may do."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.console.cases.facts import tell_clocks, tell_facts, tell_incident
from bot.console.cases.messages_panel import show_messages
from bot.console.cases.timeline import tell_timeline
from bot.console.cases.work_panel import show_work
from bot.console.labels import city_name, label, language_name, options, staff_name
from bot.console.records.hold import show_hold
from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.case_codes import INTERVENTIONS, REFERRALS
from bot.domain.case_records import CONTACT_REASONS
from bot.domain.cases import Case
from bot.domain.staff import Permission
from bot.services.desk.alerts.mark_alerts_seen import mark_alerts_seen
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.cases.note_reading import note_reading
from bot.services.desk.cases.note_visit import note_visit
from bot.services.desk.cases.read_case import CaseFile, read_case
from bot.services.ports import UnitOfWork

Panel = Callable[[Visit, UnitOfWork, Case], Awaitable[dict[str, object]]]
PANELS: tuple[Panel, ...] = (show_work, show_messages, show_hold)
"""What other rooms add to the page of a case; their templates cases/work.html and cases/messages.html use what they give."""


async def show_case(visit: Visit) -> web.StreamResponse:
    """The page."""
    return await show_case_again(visit, {})


async def show_case_again(visit: Visit, typed: Mapping[str, str], *, notice: str = "", status: int = 200) -> web.Response:
    """The page with what somebody typed, and with a notice why it was not saved: case.notice.<notice>."""
    async with visit.ports.bot.unit_of_work() as work:
        case = await find_visible_case(work, visit.part("number"), visit.member)
        file = await read_case(work, case)
        panels: dict[str, object] = {}
        if not case.erased_at:
            for panel in PANELS:
                panels |= await panel(visit, work, case)
    if not case.erased_at:
        await note_reading(file, visit.member, visit.ports)
    company = await note_visit(case.number, visit.member, visit.ports)
    await mark_alerts_seen(visit.member, visit.ports.bot, case=case.number)
    values = {**panels, **values_of(visit, file), "company": company, "typed": typed, "notice": notice}
    return visit.show("cases/erased.html" if case.erased_at else "cases/case.html", values, status=status)


def values_of(visit: Visit, file: CaseFile) -> dict[str, object]:
    """What the templates show of a case."""
    case = file.case
    return {
        "case": case,
        "has_contact": case.contact is not None,
        "city": city_name(visit, case.municipality),
        "status": label(visit, "status", case.status.value),
        "channel": label(visit, "channel", case.channel.value),
        "spoken": language_name(visit, case.language),
        "assignee": staff_name(visit, case.assignee, file.members) if case.assignee else "",
        "clocks": tell_clocks(visit, case),
        "facts": tell_facts(visit, case),
        "incident": tell_incident(visit, case),
        "timeline": tell_timeline(visit, file),
        "attachments": file.attachments,
        "contact_reasons": options(visit, "contact-reason", CONTACT_REASONS),
        "interventions": options(visit, "intervention", INTERVENTIONS),
        "referrals": options(visit, "referral", REFERRALS),
    }


async def show_visitors(visit: Visit) -> web.StreamResponse:
    """A piece that the page asks for every 20 seconds: who else has the case open, and whether it has changed."""
    company = await note_visit(visit.part("number"), visit.member, visit.ports)
    seen = visit.request.query.get("version", "")
    values = {"company": company, "number_of_case": visit.part("number"), "is_changed": seen != str(company.version)}
    return visit.show("cases/visitors.html", values)


ROUTES = (
    get("/cases/{number}", show_case, Permission.SEE_CASES),
    get("/cases/{number}/visitors", show_visitors, Permission.SEE_CASES),
)
