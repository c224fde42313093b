"""The overview of the knowledge: entry by language, what is overdue, what nobody asks, and who looks after an entry."""

from aiohttp import web

from bot.console.knowledge.overview_filter import address_of, owners, read_filter, to_pairs, to_selects
from bot.console.labels import city_name, label, language_name, staff_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.knowledge_overview import DUE_SOON, OverviewFilter, OverviewLine, Stage
from bot.domain.languages import without_variety
from bot.domain.staff import Permission, StaffId
from bot.domain.translation_states import STATES
from bot.services.desk.knowledge.read_overview import TOPICS, Overview, read_overview
from bot.services.desk.knowledge.set_owner import set_owner

SHOWN_BESIDE = 5
"""How many entries each list beside the table names."""


async def show_overview(visit: Visit) -> web.StreamResponse:
    """The entries that the address asks for, page by page."""
    asked = read_filter(visit)
    number = visit.request.query.get("page", "")
    view = await read_overview(asked, int(number) if number.isdecimal() and len(number) < 6 else 1, visit.ports)  # noqa: PLR2004
    return visit.show("knowledge/overview.html", to_values(visit, asked, view))


def to_values(visit: Visit, asked: OverviewFilter, view: Overview) -> dict[str, object]:
    """What the page is made of."""
    bot = visit.ports.bot.wording
    return {
        "asked": asked,
        "is_filtered": asked != OverviewFilter(),
        "view": view,
        "lines": view.lines,
        "heads": [(code, short_name(visit, code), language_name(visit, code)) for code in bot.languages],
        "states": {state: visit.said(f"overview.state.{state}") for state in STATES},
        "symbols": {state: visit.said(f"overview.symbol.{state}") for state in STATES},
        "selects": to_selects(visit, asked, view),
        "place": lambda line: place_of(visit, line),
        "owner": lambda line: staff_name(visit, line.owner, view.members) if line.owner else "",
        "soon": visit.now.date() + DUE_SOON,
        "overdue": view.overdue[:SHOWN_BESIDE],
        "overdue_link": address_of(OverviewFilter(freshness="overdue")),
        "never_asked": view.never_asked[:SHOWN_BESIDE],
        "never_asked_link": address_of(OverviewFilter(stage=Stage.NEVER_ASKED)),
        "unanswered": [(language_name(visit, code), count) for code, count in sorted(view.unanswered.items(), key=lambda pair: -pair[1])],
        "retired_link": address_of(OverviewFilter(stage=Stage.RETIRED)),
        "previous_page": address_of(asked, view.page - 1) if view.page > 1 else "",
        "next_page": address_of(asked, view.page + 1) if view.page < view.pages else "",
        "back": visit.request.query_string,
    }


def short_name(visit: Visit, code: str) -> str:
    """What a language's column is headed with."""
    return code.upper() if code == without_variety(code) else visit.said("overview.easy")


def place_of(visit: Visit, line: OverviewLine) -> str:
    """Topic and city of an entry."""
    topic = label(visit, "topic", line.topic) if line.topic in TOPICS else line.topic
    city = city_name(visit, line.municipality) if line.municipality != "none" else ""
    return " · ".join(filter(None, (topic, city)))


async def show_owner(visit: Visit) -> web.StreamResponse:
    """The form to choose who looks after an item; for htmx without the page around it."""
    kind, id_ = visit.part("kind"), visit.part("id")
    async with visit.ports.bot.unit_of_work() as work:
        item = await work.knowledge_items.find(kind, id_)
        members = await work.staff.all()
    if item is None:
        raise LookupError(id_)
    values = {
        "kind": kind,
        "id": id_,
        "owners": owners(members),
        "chosen": item.owner or "",
        "query": visit.request.query.get("back", ""),
    }
    is_piece = "HX-Request" in visit.request.headers
    return visit.show("knowledge/owner_form.html" if is_piece else "knowledge/owner.html", values)


async def change_owner(visit: Visit) -> web.StreamResponse:
    """Set the owner and go back to the list as it was."""
    await set_owner(visit.part("kind"), visit.part("id"), StaffId(visit.field("owner")) or None, visit.ports)
    asked = read_filter(visit, visit.field("back", characters=2000))
    return visit.go("/knowledge", done="owner-set", **to_pairs(asked))


ROUTES = (
    get("/knowledge", show_overview, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/{kind}/{id}/owner", show_owner, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/{kind}/{id}/owner", change_owner, Permission.EDIT_KNOWLEDGE),
)
