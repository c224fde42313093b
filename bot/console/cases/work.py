"""Staff takes a case, gives it to somebody, moves it on, proposes to close it or decides about that."""

from aiohttp import web

from bot.console.cases.case import show_case_again
from bot.console.routes import Handler, post
from bot.console.visit import Visit
from bot.domain.cases import CaseStatus
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.staff import Permission, StaffId
from bot.services.desk.cases.assign_case import assign_case
from bot.services.desk.cases.decline_closing import decline_closing
from bot.services.desk.cases.move_case import move_case
from bot.services.desk.cases.propose_closing import propose_closing
from bot.services.desk.cases.take_case import take_case


async def take(visit: Visit) -> web.StreamResponse:
    """Work on it oneself."""
    await take_case(*seen_case(visit), visit.member, visit.ports)
    return visit.go(f"/cases/{visit.part('number')}", done="case-taken")


async def assign(visit: Visit) -> web.StreamResponse:
    """Give it to somebody, or to nobody."""
    to = visit.field("to")
    await assign_case(*seen_case(visit), StaffId(to) if to else None, visit.member, visit.ports)
    return visit.go(f"/cases/{visit.part('number')}", done="case-assigned" if to else "case-given-back")


async def move(visit: Visit) -> web.StreamResponse:
    """Go on to another status."""
    to = next((status for status in CaseStatus if status.value == visit.field("to")), None)
    if to is None:
        message = "There is no such status."
        raise NotAllowedError(message)
    await move_case(*seen_case(visit), to, visit.member, visit.ports, reason=visit.field("reason"))
    return visit.go(f"/cases/{visit.part('number')}", done="case-closed" if to is CaseStatus.CLOSED else "status-changed")


async def propose(visit: Visit) -> web.StreamResponse:
    """Ask a lead to close it."""
    await propose_closing(*seen_case(visit), visit.field("reason"), visit.member, visit.ports)
    return visit.go(f"/cases/{visit.part('number')}", done="closing-proposed")


async def decline(visit: Visit) -> web.StreamResponse:
    """Let it go on although somebody proposed to close it."""
    await decline_closing(*seen_case(visit), visit.member, visit.ports)
    return visit.go(f"/cases/{visit.part('number')}", done="closing-declined")


def seen_case(visit: Visit) -> tuple[str, int]:
    """The number of the case, and the version of it that the form was made from."""
    version = visit.field("version")
    return visit.part("number"), int(version) if version.isascii() and version.isdigit() else -1


def back_when_changed(handler: Handler) -> Handler:
    """When somebody else was quicker: the case as it is now, and that nothing was done."""

    async def handle(visit: Visit) -> web.StreamResponse:
        try:
            return await handler(visit)
        except ConflictError:
            return await show_case_again(visit, {}, notice="conflict-work", status=409)

    return handle


ROUTES = (
    post("/cases/{number}/take", back_when_changed(take), Permission.WORK_ON_CASES),
    post("/cases/{number}/assign", back_when_changed(assign), Permission.WORK_ON_CASES),
    post("/cases/{number}/status", back_when_changed(move), Permission.WORK_ON_CASES),
    post("/cases/{number}/closing", back_when_changed(propose), Permission.WORK_ON_CASES),
    post("/cases/{number}/closing/decline", back_when_changed(decline), Permission.CLOSE_CASES),
)
