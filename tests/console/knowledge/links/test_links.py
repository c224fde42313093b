"""Links in the knowledge are asked when they are due, on a real server, and told with their places."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.links.http_links import HttpLinks
from bot.domain.staff import Role
from bot.services.desk.knowledge.check_links import check_links, make_all_due, read_addresses
from bot.services.desk.ports import DeskPorts
from tests.console.conftest import Desk


@dataclass
class Site:
    """A web site whose pages come and go."""

    server: TestServer
    statuses: dict[str, int] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked[request.path] += 1
        if request.path == "/moved":
            return web.Response(status=301, headers={"Location": "/fine"})
        return web.Response(status=self.statuses.get(request.path, 200))

    def at(self, path: str) -> str:
        return str(self.server.make_url(path))


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    app = web.Application()
    site = Site(server=TestServer(app))
    app.router.add_route("*", "/{path:.*}", site.answer)
    async with site.server:
        yield site


@pytest.fixture
async def linked(knowledge_desk: Desk, site: Site) -> Desk:
    """A desk that knows four items, whose links lead to the site."""
    site.statuses["/gone"] = 404
    site.statuses["/shy"] = 403
    contents = {
        ("entry", "about.links"): {
            "title": {"de": "Über Links"},
            "answers": {"de": f"Siehe [dort]({site.at('/fine')}).", "en": site.at("/gone")},
        },
        ("contact", "office"): {"office": "Büro", "website": site.at("/gone")},
        ("contact", "closed"): {"office": "Zu", "website": site.at("/never"), "state": "retired"},
        ("source", "law"): {"title": "Gesetz", "link": site.at("/moved")},
        ("programme", "money"): {"name": "Geld", "conditions": {"de": f"Hier: {site.at('/shy')}"}},
    }
    async with knowledge_desk.database.unit_of_work() as work:
        items = await work.knowledge_items.all()
        for item in items:
            await work.knowledge_items.delete(item.kind, item.id)
        for number, ((kind, id_), content) in enumerate(contents.items()):
            full = {"id": id_, **content}
            await work.knowledge_items.put(replace(items[0], kind=kind, id=id_, content=full, content_hash=f"hash {number}"))
        await work.commit()
    return knowledge_desk


def asking(desk: Desk) -> DeskPorts:
    """The desk's ports with the real asker, allowed to ask this machine."""
    return replace(desk.ports, knowledge=replace(desk.ports.knowledge, links=HttpLinks(seconds=2, allows_loopback=True)))


async def stored(desk: Desk):
    async with desk.database.unit_of_work() as work:
        return {link.address.rpartition("/")[2]: link for link in await work.links.all()}


async def test_every_address_in_the_knowledge_is_asked_once_a_week(linked: Desk, site: Site) -> None:
    ports = asking(linked)
    assert await check_links(ports) == 4
    assert site.asked.keys() == {"/fine", "/gone", "/moved", "/shy"}
    links = await stored(linked)
    conditions = {name: link.condition for name, link in links.items()}
    assert conditions == {"fine": "fine", "gone": "broken", "moved": "moved", "shy": "unclear"}
    assert links["moved"].moved_to == site.at("/fine")
    site.asked.clear()
    assert await check_links(ports) == 0
    linked.world.clock.pass_time(days=1)
    assert await check_links(ports) == 1  # what is broken is asked every day
    assert site.asked.keys() == {"/gone"}
    linked.world.clock.pass_time(days=6)
    assert await check_links(ports) == 4


async def test_since_when_a_link_is_broken_stays_until_it_is_mended(linked: Desk, site: Site) -> None:
    ports, begun = asking(linked), linked.world.clock()
    await check_links(ports)
    linked.world.clock.pass_time(days=3)
    await check_links(ports)
    assert (await stored(linked))["gone"].failing_since == begun
    site.statuses["/gone"] = 200
    linked.world.clock.pass_time(days=1)
    await check_links(ports)
    assert (await stored(linked))["gone"].failing_since is None
    assert (await stored(linked))["gone"].due_at == linked.world.clock() + timedelta(days=7)


async def test_an_address_that_is_gone_from_the_knowledge_is_forgotten(linked: Desk, site: Site) -> None:
    ports = asking(linked)
    await check_links(ports)
    async with linked.database.unit_of_work() as work:
        await work.knowledge_items.delete("source", "law")
        await work.commit()
    await check_links(ports)
    assert "moved" not in await stored(linked)
    assert site.at("/moved") not in await read_addresses(ports)


async def test_two_processes_ask_each_address_once(linked: Desk, site: Site) -> None:
    ports = asking(linked)
    await make_all_due(ports)
    async with linked.database.unit_of_work() as work:
        first = await work.links.claim(linked.world.clock(), linked.world.clock() + timedelta(minutes=10), 3)
        await work.commit()
    assert len(first) == 3
    assert await check_links(ports) == 1
    linked.world.clock.pass_time(minutes=11)  # the other one died: its addresses are due again
    assert await check_links(ports) == 3
    assert sum(site.asked.values()) >= 4


async def test_the_page_begins_with_what_is_broken(linked: Desk, site: Site) -> None:
    await check_links(asking(linked))
    editor = await linked.meet(Role.EDITOR)
    page = await editor.read("/knowledge/links")
    places = [page.index(f'href="{site.at(path)}"') for path in ("/gone", "/shy", "/moved", "/fine")]
    assert places == sorted(places)
    assert "Die Seite gibt es nicht mehr (404). Seit 20.11.2026." in " ".join(page.split())
    for path in ("entry/about.links", "contact/office", "source/law", "programme/money"):
        assert f"/console/knowledge/{path}" in page
    assert "never" not in page
    assert "X-Poll" not in page.partition('id="links"')[2]


async def test_all_are_checked_on_request(linked: Desk, site: Site) -> None:
    editor = await linked.meet(Role.EDITOR)
    off = await editor.read("/knowledge/links")
    assert "ausgeschaltet" in off
    assert "Jetzt alle prüfen" not in off
    await editor.post("/knowledge/links/check")
    assert await stored(linked) == {}
    await check_links(asking(linked))
    site.asked.clear()
    object.__setattr__(linked.ports.knowledge, "links", HttpLinks(allows_loopback=True))
    assert (await editor.post("/knowledge/links/check")).headers["Location"] == "/console/knowledge/links?done=links-due"
    page = await editor.read("/knowledge/links?done=links-due")
    assert "Alle Links werden jetzt geprüft" in page
    assert "4 Links werden gleich geprüft" in page
    assert 'hx-get="/console/knowledge/links/list"' in page
    assert await check_links(linked.ports) == 4
    assert "gleich geprüft" not in await editor.read("/knowledge/links/list")


async def test_an_address_can_do_no_harm_on_the_page(linked: Desk) -> None:
    async with linked.database.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", "about.links")
        bad = {**item.content, "answers": {"de": 'javascript:alert(1) https://x.example/"onmouseover="y <https://y.example/<script>>'}}
        await work.knowledge_items.put(replace(item, content=bad, content_hash="bad"))
        await work.commit()
    await make_all_due(linked.ports)
    page = await (await linked.meet(Role.EDITOR)).read("/knowledge/links")
    assert 'href="https://x.example/"' in page
    assert "onmouseover" not in page
    assert "javascript:" not in page
    assert "alert(1)" not in page


async def test_without_the_check_nothing_is_asked_or_stored(linked: Desk, site: Site) -> None:
    assert await check_links(linked.ports) == 0
    assert site.asked == {}
    assert await stored(linked) == {}
