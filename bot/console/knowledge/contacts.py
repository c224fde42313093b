"""The list of contacts, programmes and sources."""

from aiohttp import web

from bot.console.knowledge.item_options import options_of
from bot.console.knowledge.item_page import uses_of
from bot.console.knowledge.item_words import edit_path, title_of
from bot.console.labels import city_name
from bot.console.pages import to_local
from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.read_day import read_day
from bot.domain.staff import Permission
from bot.services.desk.knowledge.read_directory import KINDS, Directory, DirectoryLine, read_directory


async def show_contacts(visit: Visit) -> web.StreamResponse:
    """All of them; with a city only what belongs to it."""
    directory, city = await read_directory(visit.ports), visit.request.query.get("city", "")
    lists = [
        (kind, [_to_line(visit, line, directory) for line in directory.lines(kind) if city in ("", line.content.get("municipality"))])
        for kind in KINDS
    ]
    values = {"lists": lists, "city": city, "cities": options_of(visit, directory)["city"]}
    return visit.show("knowledge/contacts/list.html", values)


def _to_line(visit: Visit, line: DirectoryLine, directory: Directory) -> dict[str, object]:
    content, city = line.content, line.content.get("municipality")
    day = read_day(content.get("date" if line.kind == "source" else "review_after"))
    return {
        "path": edit_path(line.kind, line.id),
        "title": title_of(visit, content, line.id),
        "city": visit.said("contacts.everywhere") if city in (None, "none") else city_name(visit, str(city)),
        "day": day,
        "is_overdue": line.kind != "source" and day is not None and day < to_local(visit.now),
        "state": line.draft.state.value if line.draft else "",
        "is_new": line.is_new,
        "is_retired": content.get("state") == "retired",
        "uses": uses_of(visit, line.kind, line.id, directory),
    }


ROUTES = (get("/knowledge/contacts", show_contacts, Permission.EDIT_KNOWLEDGE),)
