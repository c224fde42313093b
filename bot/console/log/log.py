"""Pages of the case log for the auditor."""

from aiohttp import web

from bot.console.labels import label
from bot.console.log.asked import read_asked, to_filter, to_query
from bot.console.log.lines import tell_actor, tell_lines
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.case_log import CaseEvent
from bot.domain.log_check import LogCheck
from bot.domain.staff import Permission
from bot.services.desk.records.read_log import read_log
from bot.services.desk.records.verify_log import verify_log

POSITION_DIGITS = 18
"""More than any log will have, and fewer than a database can count."""


async def show_log(visit: Visit) -> web.StreamResponse:
    """One page, from the newest entry down."""
    return await show_page(visit, None)


async def check_log(visit: Visit) -> web.StreamResponse:
    """The newest entries, below what a check of the whole chain found."""
    return await show_page(visit, await verify_log(visit.ports.bot.unit_of_work))


async def show_page(visit: Visit, check: LogCheck | None) -> web.Response:
    """Entries, with the outcome of a check where there was one."""
    asked = read_asked(visit)
    page = await read_log(to_filter(asked), read_position(visit.request.query.get("below", "")), visit.ports)
    actors = [(actor, tell_actor(visit, actor, page.members)) for actor in ("person", "system", *(each.id for each in page.members))]
    values = {
        "lines": tell_lines(visit, page),
        "below": page.below,
        "is_first": "below" not in visit.request.query,
        "asked": asked,
        "query": to_query(asked),
        "events": sorted(((event.value, label(visit, "event", event.value)) for event in CaseEvent), key=lambda pair: pair[1]),
        "actors": actors,
        "check": check,
    }
    return visit.show("log/log.html", values)


def read_position(text: str) -> int | None:
    """A position out of an address."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= POSITION_DIGITS else None


ROUTES = (
    get("/log", show_log, Permission.READ_LOG),
    post("/log/verify", check_log, Permission.READ_LOG),
)
