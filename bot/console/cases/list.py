"""The list of cases: tabs, filters, search, and the filters somebody keeps."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from bot.console.cases.list_filters import ORDER, address_of, to_chips, to_name, to_selects
from bot.console.cases.search_words import read_sought_words
from bot.console.labels import label, options, staff_name
from bot.console.pages import to_local
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.case_filter import DUE_SOON, CaseFilter, Sort, View, to_pairs, without_words
from bot.domain.cases import CaseStatus
from bot.domain.staff import Permission
from bot.services.desk.cases.delete_filter import delete_filter
from bot.services.desk.cases.find_cases import Asked, CaseList, find_cases
from bot.services.desk.cases.save_filter import save_filter
from bot.services.desk.cases.stored_list import CaseLine

NAME_CHARACTERS = 80
QUERY_CHARACTERS = 2000


async def show_list(visit: Visit) -> web.StreamResponse:
    """The cases that the address asks for."""
    query = visit.request.query
    found = await find_cases(
        Asked(
            member=visit.member,
            pairs=tuple(query.items()),
            words=read_sought_words(visit, query.get("q", "")),
            after=query.get("after", ""),
            today=to_local(visit.now),
        ),
        visit.ports,
    )
    return visit.show("cases/list.html", to_values(visit, found))


def to_values(visit: Visit, found: CaseList) -> dict[str, object]:
    """What the page is made of."""
    sought = found.filter
    chips = to_chips(visit, sought, found.colleagues)
    return {
        "sought": sought,
        "counts": found.counts,
        "tabs": [(view.value, address_of(replace(sought, view=view))) for view in View],
        "chips": chips,
        "without_chips": address_of(CaseFilter(view=sought.view, sort=sought.sort)),
        "selects": to_selects(visit, found.choices, found.colleagues),
        "statuses": options(visit, "status", CaseStatus),
        "sorts": [(sort.value, visit.said(f"list.sort.{sort}")) for sort in Sort],
        "sort_links": {sort.value: address_of(replace(sought, sort=sort)) for sort in Sort},
        "unknown": [visit.said(f"list.filter.{name}") for name in ("view", "status", *ORDER, "sort") if name in found.unknown],
        "lines": found.lines,
        "shown": lambda line: to_words(visit, line, found),
        "soon": to_local(visit.now) + DUE_SOON,
        "next_page": address_of(sought, after=found.following) if found.following else "",
        "first_page": "" if found.is_first else address_of(sought),
        "saved": found.saved,
        "kept_query": urlencode(to_pairs(without_words(sought))),
        "suggested_name": to_name(visit, to_chips(visit, without_words(sought), found.colleagues), sought),
    }


def to_words(visit: Visit, line: CaseLine, found: CaseList) -> dict[str, str]:
    """The codes of a line in words."""
    detail = label(visit, "area-detail", f"{line.area}.{line.area_detail}") if line.area_detail not in ("other", "not-stated") else ""
    return {
        "status": label(visit, "status", line.status),
        "area": label(visit, "area", line.area),
        "detail": detail,
        "grounds": "; ".join(label(visit, "ground", ground) for ground in line.grounds),
        "city": label(visit, "city", line.municipality),
        "language": label(visit, "language", line.language),
        "assignee": staff_name(visit, line.assignee, found.colleagues) if line.assignee else "",
    }


async def keep_filter(visit: Visit) -> web.StreamResponse:
    """Keep the filter that the page showed."""
    pairs = parse_qsl(visit.field("query", characters=QUERY_CHARACTERS))
    name = visit.field("name", characters=NAME_CHARACTERS) or visit.field("suggested", characters=NAME_CHARACTERS)
    query = await save_filter(name or visit.said("list.filter.unnamed"), pairs, visit.member, visit.ports)
    return web.Response(status=303, headers={"Location": f"/console/cases?{query}&done=filter-kept"})


async def drop_filter(visit: Visit) -> web.StreamResponse:
    """Delete a filter that somebody kept."""
    await delete_filter(visit.part("reference"), visit.member, visit.ports)
    return visit.go("/cases", done="filter-deleted")


ROUTES = (
    get("/cases", show_list, Permission.SEE_CASES),
    post("/filters", keep_filter, Permission.SEE_CASES),
    post("/filters/{reference}/delete", drop_filter, Permission.SEE_CASES),
)
