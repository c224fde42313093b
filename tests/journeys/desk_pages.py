"""Every page of the training desk, from the desk's own list of addresses, with somebody who may open it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.console.console import every_route
from bot.console.routes import Access
from bot.demo.run_demo import Demo
from bot.domain.cases import CaseNumber
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN
from bot.domain.staff import Permission, Role, StaffMember
from bot.services.desk.chats.find_chats import find_chats
from bot.services.desk.people.accept_invitation import accept_invitation
from bot.services.desk.people.invite import invite
from bot.services.desk.people.open_session import open_session
from tests.journeys import desk_knowledge

WORKS = {"leitung@demo.example", "admin@demo.example", "pruefung@demo.example", "redaktion@demo.example"}
"""Between them, these open every page that there is."""
SEEN_BY_BOTH = ("/knowledge/review", "/knowledge/publish")
"""Pages on which authors and publishers have other buttons."""
MORE = (
    "/cases?view=overdue", "/cases?view=closed&sort=newest", "/cases?q=W-0000", "/statistics?report=usage",
    "/statistics?city=leverkusen&period=2024", "/log?event=erased", "/chats?tab=ended",
)  # fmt: skip
"""The same pages with something chosen, and with nothing to show."""


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """An address, and the cookie of somebody who may open it."""

    path: str
    token: str


async def every_page(demo: Demo) -> AsyncIterator[DeskPage]:
    """All addresses that can be opened, with real objects in them."""
    office = demo.filled.office
    tokens = {}
    for member in office.staff:
        if member.email in WORKS:
            tokens[member] = await sign_in(member, demo)
    publisher = await sign_in(office.publisher, demo)
    objects = await find_objects(demo)
    paths = [(path, route.access) for route in every_route() if route.method == "GET" for path in fill_in(route.path, objects)]
    paths += [(more, None) for more in MORE] + [(more, Permission.EDIT_KNOWLEDGE) for more in desk_knowledge.MORE]
    for path, access in paths:
        if path.startswith("/sign-in/"):
            yield DeskPage(path=path, token=objects["half"][path != "/sign-in/code"])
        elif access is Access.ANYONE:
            yield DeskPage(path=path, token="")
        else:
            permission = access if isinstance(access, Permission) else None
            yield DeskPage(path=path, token=next(token for member, token in tokens.items() if may_open(member, path, permission)))
        if path.startswith(SEEN_BY_BOTH):
            yield DeskPage(path=path, token=publisher)


async def sign_in(member: StaffMember, demo: Demo) -> str:
    """The token of somebody who has just come in."""
    return (await open_session(member.id, demo.ports, device="Test", is_multi_factor=True)).token


def may_open(member: StaffMember, path: str, permission: Permission | None) -> bool:
    """Whether somebody is the right one for a page."""
    if permission:
        return member.may(permission)
    return Role.AUDITOR in member.roles if path.startswith("/log") else Role.LEAD in member.roles


def fill_in(path: str, objects: dict[str, list[str]]) -> list[str]:
    """The path with every object of the kind that it asks for."""
    name, beginning = re.search(r"\{(\w+)", path), path.partition("{")[0]
    kind = "chat" if path.startswith("/chats") else beginning if beginning in objects else name.group(1) if name else ""
    return [re.sub(r"\{[^}]*\}(/\{[^}]*\})*", each, path) for each in objects[kind]] if name else [path]


async def find_objects(demo: Demo) -> dict[str, list[str]]:
    """What stands for each parameter of an address."""
    ports, lead, staff = demo.ports, demo.filled.office.lead, demo.filled.office.staff
    admin = next(member for member in staff if Role.ADMIN in member.roles)
    guest = {"name": "Gast Probe", "roles": frozenset({Role.LEAD}), "municipalities": frozenset({MunicipalityId("halle")})}
    open_link = await invite(ports, **guest, email="gast@demo.example", by=admin.id)
    used_link = await invite(ports, **guest, email="neuling@demo.example", by=admin.id)
    newcomer = await accept_invitation(used_link, ports, name="", email="", password=demo.filled.keys.password, language=GERMAN)
    chats = [*await find_chats(lead, ports), *await find_chats(lead, ports, ended=True)]
    return {
        **await desk_knowledge.find_knowledge(demo),
        "number": await find_cases(demo),
        "chat": [row.handover.reference for row in chats],
        "staff": [lead.id, admin.id],
        "token": [open_link, "no-such-link"],
        "language": ["de"],
        "ending": ["csv", "xlsx", "pdf"],
        "nothing": ["nothing-here"],
        "half": [(await open_session(each, ports, device="Test")).token for each in (lead.id, newcomer)],
    }


async def all_numbers(demo: Demo) -> list[CaseNumber]:
    """The numbers of all cases, out of the log; some of its entries are about no case."""
    async with demo.ports.bot.unit_of_work() as work:
        return sorted({CaseNumber(stored.entry.case) async for stored in work.case_log.entries() if stored.entry.case})


async def find_cases(demo: Demo) -> list[str]:
    """A case of every status, one that was erased, one on hold, one that somebody proposed to close."""
    found: dict[str, str] = {}
    async with demo.ports.bot.unit_of_work() as work:
        for number in await all_numbers(demo):
            case = await work.cases.get(number)
            looks = "erased" if case.erased_at else "held" if case.on_hold else "proposed" if case.proposed_closing else case.status.value
            found.setdefault(looks, number)
    return list(found.values())
