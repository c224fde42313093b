"""The links in the knowledge, and whether they still lead somewhere."""

from collections.abc import Sequence

from aiohttp import web

from bot.console.knowledge.item_words import edit_path, kind_of, title_of
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.links import Link
from bot.domain.staff import Permission
from bot.services.desk.knowledge.check_links import make_all_due, read_addresses
from bot.services.desk.knowledge.read_accepted import read_accepted

ORDER = ("broken", "unclear", "moved", "new", "fine")
KNOWN_STATUSES = (400, 401, 403, 404, 407, 410, 429, 500, 502, 503, 504)


async def show_links(visit: Visit) -> web.StreamResponse:
    """Every link, the broken ones first."""
    return visit.show("knowledge/links.html", await _to_values(visit))


async def show_progress(visit: Visit) -> web.StreamResponse:
    """A piece of the page, for as long as links are being checked."""
    return visit.show("knowledge/links_list.html", await _to_values(visit))


async def check_now(visit: Visit) -> web.StreamResponse:
    """Have all links checked soon."""
    if visit.ports.knowledge.links is None:
        return visit.go("/knowledge/links")
    await make_all_due(visit.ports)
    return visit.go("/knowledge/links", done="links-due")


async def _to_values(visit: Visit) -> dict[str, object]:
    places = await read_addresses(visit.ports)
    names = {(item.kind, item.id): title_of(visit, item.content, item.id) for item in await read_accepted(visit.ports)}
    async with visit.ports.bot.unit_of_work() as work:
        stored = {link.address: link for link in await work.links.all()}
    links = [stored.get(address) or Link(address=address, due_at=visit.now) for address in places]
    lines = [_to_line(visit, link, [(kind, id_, names[kind, id_]) for kind, id_ in places[link.address]]) for link in _sort(links)]
    checks = visit.ports.knowledge.links is not None
    counts = [(name, sum(link.condition == name for link in links)) for name in ORDER]
    return {"lines": lines, "checks": checks, "due": sum(link.due_at <= visit.now for link in links) if checks else 0, "counts": counts}


def _sort(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (ORDER.index(link.condition), link.address))


def _to_line(visit: Visit, link: Link, places: Sequence[tuple[str, str, str]]) -> dict[str, object]:
    return {
        "link": link,
        "why": _say_why(visit, link),
        "places": [(name, kind_of(visit, kind), edit_path(kind, id_)) for kind, id_, name in places],
    }


def _say_why(visit: Visit, link: Link) -> str:
    """What came of the last check, in words."""
    if link.condition in ("new", "fine"):
        return ""
    if link.condition == "moved":
        return visit.said("links.why.moved")
    if not link.status:
        return visit.said(f"links.why.{link.fault or 'no-answer'}")
    status = str(link.status) if link.status in KNOWN_STATUSES else "other"
    return visit.said(f"links.status.{status}", status=link.status)


ROUTES = (
    get("/knowledge/links", show_links, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/links/list", show_progress, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/links/check", check_now, Permission.EDIT_KNOWLEDGE),
)
