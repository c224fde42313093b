"""One chat: what was said, and the answer."""

from aiohttp import web

from bot.console.entrance import STOP_POLLING
from bot.console.labels import city_name, language_name, staff_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.alerts import AlertKind
from bot.domain.case_messages import is_german
from bot.domain.handovers import KEPT_FOR
from bot.domain.messages import MESSAGE_CHARACTERS
from bot.domain.staff import Permission
from bot.services.desk.alerts.mark_alerts_seen import mark_alerts_seen
from bot.services.desk.chats.answer_chat import answer_chat
from bot.services.desk.chats.end_chat import end_chat
from bot.services.desk.chats.read_chat import ReadChat, read_chat
from bot.services.desk.chats.take_chat import take_chat


async def show_chat(visit: Visit) -> web.StreamResponse:
    """The whole page."""
    chat = await read_chat(visit.part("reference"), visit.member, visit.ports)
    await mark_alerts_seen(visit.member, visit.ports.bot, kind=AlertKind.CHAT_WAITING)
    return visit.show("chats/chat.html", to_values(visit, chat))


async def poll_chat(visit: Visit) -> web.StreamResponse:
    """What was said since the page was shown, and who answers now; the polling ends with the chat."""
    try:
        chat = await read_chat(visit.part("reference"), visit.member, visit.ports)
    except LookupError:
        return visit.show("chats/gone.html", status=STOP_POLLING)
    seen, mark = visit.request.query.get("seen", "")[:9], visit.request.query.get("mark", "")
    values = to_values(visit, chat)
    if (seen, mark) == (str(len(chat.messages)), values["mark"]):
        return web.Response(status=204)
    new = chat.messages[int(seen) if seen.isdecimal() else 0 :]
    return visit.show("chats/news.html", {**values, "new": new}, status=200 if chat.handover.is_open() else STOP_POLLING)


def to_values(visit: Visit, chat: ReadChat) -> dict[str, object]:
    """What page and poll show."""
    handover = chat.handover
    return {
        "chat": handover,
        "messages": chat.messages,
        "colleagues": [(member.id, member.name) for member in chat.colleagues],
        "is_mine": handover.is_open() and handover.taken_by == visit.member.id,
        "holder": staff_name(visit, handover.taken_by, chat.members) if handover.taken_by else "",
        "name_of": lambda staff: staff_name(visit, staff, chat.members),
        "city": city_name(visit, handover.municipality),
        "spoken": language_name(visit, handover.language),
        "reads_german": is_german(handover.language),
        "mark": f"{handover.state.value}-{handover.taken_by or ''}",
        "most_characters": MESSAGE_CHARACTERS,
        "gone_on": handover.ended_at + KEPT_FOR if handover.ended_at else None,
    }


async def take(visit: Visit) -> web.StreamResponse:
    """Answer it oneself."""
    reference = visit.part("reference")
    await take_chat(reference, visit.field("holder"), visit.member, visit.ports)
    return visit.go(f"/chats/{reference}", done="chat-taken")


async def hand_on(visit: Visit) -> web.StreamResponse:
    """Let a colleague answer."""
    reference = visit.part("reference")
    await take_chat(reference, visit.field("holder"), visit.member, visit.ports, to=visit.field("to"))
    return visit.go(f"/chats/{reference}", done="chat-handed-on")


async def answer(visit: Visit) -> web.StreamResponse:
    """Write to the person; the words keep what Persian and Arabic need between their letters."""
    reference, text = visit.part("reference"), visit.form.get("text", "")
    await answer_chat(reference, text if isinstance(text, str) else "", visit.member, visit.ports)
    return visit.go(f"/chats/{reference}", done="chat-answered")


async def end(visit: Visit) -> web.StreamResponse:
    """Let the bot answer again."""
    reference = visit.part("reference")
    await end_chat(reference, visit.member, visit.ports)
    return visit.go(f"/chats/{reference}", done="chat-ended")


ROUTES = (
    get("/chats/{reference}", show_chat, Permission.ANSWER_CHATS),
    get("/chats/{reference}/news", poll_chat, Permission.ANSWER_CHATS),
    post("/chats/{reference}/take", take, Permission.ANSWER_CHATS),
    post("/chats/{reference}/hand-on", hand_on, Permission.ANSWER_CHATS),
    post("/chats/{reference}/answer", answer, Permission.ANSWER_CHATS),
    post("/chats/{reference}/end", end, Permission.ANSWER_CHATS),
)
