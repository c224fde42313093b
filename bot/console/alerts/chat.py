"""One's own Telegram chat for alerts: link it with a one-time code, or end that."""

from aiohttp import web

from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.alerts import CODE_VALID_FOR
from bot.domain.staff import Permission
from bot.services.desk.alerts.offer_link_code import offer_link_code
from bot.services.desk.alerts.unlink_chat import unlink_chat


async def show_chat(visit: Visit) -> web.StreamResponse:
    """Whether a chat is linked, and how to link one."""
    return await _show(visit)


async def make_code(visit: Visit) -> web.StreamResponse:
    """A new code, shown on this answer only."""
    return await _show(visit, code=await offer_link_code(visit.member, visit.ports.bot))


async def end_chat(visit: Visit) -> web.StreamResponse:
    """No more alerts in Telegram."""
    await unlink_chat(visit.member, visit.ports.bot)
    return visit.go("/account/alerts", done="chat-unlinked")


async def _show(visit: Visit, code: str = "") -> web.Response:
    async with visit.ports.bot.unit_of_work() as work:
        chat = await work.staff_chats.find(visit.member.id)
    minutes = int(CODE_VALID_FOR.total_seconds() // 60)
    values = {"linked_at": chat.linked_at if chat else None, "code": code, "minutes": minutes}
    return visit.show("alerts/chat.html", values)


ROUTES = (
    get("/account/alerts", show_chat, Permission.SEE_CASES),
    post("/account/alerts/code", make_code, Permission.SEE_CASES),
    post("/account/alerts/unlink", end_chat, Permission.SEE_CASES),
)
