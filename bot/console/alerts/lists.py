"""The list of one's alerts, and how many of them are new."""

from aiohttp import web

from bot.console.labels import city_name
from bot.console.routes import Access, get, post
from bot.console.visit import Visit
from bot.domain.alerts import Alert, AlertKind
from bot.domain.staff import Permission
from bot.services.desk.alerts.mark_alerts_seen import mark_alerts_seen

SHOWN = 100
WITH_CITY = (AlertKind.NEW_CASE,)


async def show_alerts(visit: Visit) -> web.StreamResponse:
    """The newest alerts, seen or not."""
    async with visit.ports.bot.unit_of_work() as work:
        alerts = await work.alerts.of(visit.member, limit=SHOWN)
    shown = [{"alert": alert, "text": tell(visit, alert), "path": path_of(alert)} for alert in alerts]
    return visit.show("alerts/list.html", {"alerts": shown, "unseen": sum(alert.seen_at is None for alert in alerts)})


async def show_count(visit: Visit) -> web.StreamResponse:
    """A piece for the bell: how many alerts are new."""
    async with visit.ports.bot.unit_of_work() as work:
        unseen = await work.alerts.count_unseen(visit.member)
    return visit.show("alerts/count.html", {"unseen": unseen})


async def mark_seen(visit: Visit) -> web.StreamResponse:
    """Mark one as seen, or all of them."""
    chosen = visit.field("alert", characters=18)
    await mark_alerts_seen(visit.member, visit.ports.bot, alert=int(chosen) if chosen.isdecimal() else None)
    return visit.go("/alerts")


async def stay(_visit: Visit) -> web.StreamResponse:
    """Somebody is typing on an open page: that is use, and the session does not end."""
    return web.Response(status=204)


def tell(visit: Visit, alert: Alert) -> str:
    """What happened, in one line without content."""
    if alert.kind in WITH_CITY and alert.municipality:
        return visit.said(f"alerts.kind.{alert.kind.value}.in", city=city_name(visit, alert.municipality))
    return visit.said(f"alerts.kind.{alert.kind.value}")


def path_of(alert: Alert) -> str:
    """Where to see it."""
    return f"/console/cases/{alert.case}" if alert.case else "/console/chats"


ROUTES = (
    get("/alerts", show_alerts, Permission.SEE_CASES),
    get("/alerts/count", show_count, Permission.SEE_CASES),
    post("/alerts/seen", mark_seen, Permission.SEE_CASES),
    get("/alerts/stay", stay, Access.SIGNED_IN),
)
