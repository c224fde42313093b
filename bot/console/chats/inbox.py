"""The chats that wait for a human or speak to one, and those that have ended."""

from collections.abc import Sequence
from zlib import crc32

from aiohttp import web

from bot.console.labels import city_name, language_name
from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.alerts import AlertKind
from bot.domain.staff import Permission
from bot.services.desk.alerts.mark_alerts_seen import mark_alerts_seen
from bot.services.desk.chats.find_chats import find_chats
from bot.services.desk.chats.stored_chats import ChatRow

UNCHANGED = 204
"""What htmx understands as: leave the page as it is."""


async def show_chats(visit: Visit) -> web.StreamResponse:
    """The list; `tab=ended` shows what has ended."""
    await mark_alerts_seen(visit.member, visit.ports.bot, kind=AlertKind.CHAT_WAITING)
    return visit.show("chats/inbox.html", await read_list(visit))


async def poll_chats(visit: Visit) -> web.StreamResponse:
    """The list alone, when it has changed since `mark`."""
    values = await read_list(visit)
    if values["mark"] == visit.request.query.get("mark"):
        return web.Response(status=UNCHANGED)
    return visit.show("chats/list.html", values)


async def read_list(visit: Visit) -> dict[str, object]:
    """What the list shows."""
    ended = visit.request.query.get("tab") == "ended"
    rows = await find_chats(visit.member, visit.ports, ended=ended)
    async with visit.ports.bot.unit_of_work() as work:
        names = {member.id: member.name for member in await work.staff.all()}
    return {
        "rows": rows,
        "ended": ended,
        "mark": mark_of(rows),
        "names": names,
        "city_of": lambda chat: city_name(visit, chat.municipality),
        "language_of": lambda chat: language_name(visit, chat.language),
    }


def mark_of(rows: Sequence[ChatRow]) -> str:
    """What changes when the list does."""
    told = [(row.handover.reference, row.handover.state, row.handover.taken_by, row.messages) for row in rows]
    return f"{crc32(repr(told).encode()):08x}"


ROUTES = (
    get("/chats", show_chats, Permission.ANSWER_CHATS),
    get("/chats/list", poll_chats, Permission.ANSWER_CHATS),
)
