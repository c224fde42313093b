"""Retention: what would be erased today, why, and erasing exactly that."""

from aiohttp import web

from bot.console.records.rules import tell_kept
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.case_filter import wall_of
from bot.domain.staff import Permission
from bot.services.desk.records.preview_retention import preview_retention
from bot.services.desk.records.run_retention import run_retention


async def show_records(visit: Visit) -> web.StreamResponse:
    """The preview; nothing is changed by looking at it."""
    return await show_preview(visit)


async def erase_due(visit: Visit) -> web.StreamResponse:
    """Erase what the page showed, once somebody says that they have looked at it."""
    if "yes" not in visit.ticked("checked"):
        return await show_preview(visit, fault="records.fault.not-checked", status=422)
    await run_retention(wall_of(visit.member), visit.member.id, visit.ports.bot, shown=visit.field("fingerprint"))
    return visit.go("/records", done="records-erased")


async def show_preview(visit: Visit, *, fault: str = "", status: int = 200) -> web.Response:
    """The page, with what was wrong with the form."""
    preview = await preview_retention(wall_of(visit.member), visit.ports.bot)
    values = {
        "due": tell_kept(visit, preview.due),
        "held": tell_kept(visit, preview.held),
        "dormant": tell_kept(visit, preview.dormant),
        "fingerprint": preview.fingerprint,
        "is_automatic": visit.ports.erases_automatically,
        "fault": visit.said(fault) if fault else "",
    }
    return visit.show("records/records.html", values, status=status)


ROUTES = (
    get("/records", show_records, Permission.KEEP_RECORDS),
    post("/records/run", erase_due, Permission.KEEP_RECORDS),
)
