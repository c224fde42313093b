"""Knowledge items, publications and links."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapters.database.database import Database
from bot.domain.errors import ConflictError
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import StaffId
from bot.services.ports import WebLink
from bot.services.stored_knowledge import KnowledgeItem, Publication
from tests.adapters.database.samples import GERMAN, NOW

ITEM = KnowledgeItem(
    kind="entries",
    id="halle.contact",
    content={
        "title": {"de": "Büro", "ar": "مكتب"},
        "as_of": date(2025, 3, 1),
        "facts": [1, 2.5, date(2024, 1, 2), "1.11120.01"],
        "more": None,
    },
    imported_hash="a",
    content_hash="b",
)
PUBLICATION = Publication(number=0, fingerprint="f", model="m.tar.gz", items=(ITEM, replace(ITEM, id="other")), published_at=NOW)


async def test_items_come_back_as_they_were(database: Database) -> None:
    other = replace(ITEM, kind="contacts", id="x", content={})
    async with database.unit_of_work() as work:
        for item in (ITEM, other, replace(ITEM, content_hash="c")):
            await work.knowledge_items.put(item)
        assert await work.knowledge_items.all() == [other, replace(ITEM, content_hash="c")]
        await work.knowledge_items.delete("contacts", "x")
        await work.knowledge_items.delete("contacts", "never was")
        assert [item.id for item in await work.knowledge_items.all()] == ["halle.contact"]


async def test_an_item_keeps_its_owner_when_it_changes(database: Database) -> None:
    zoe = StaffId("zoe")
    async with database.unit_of_work() as work:
        await work.knowledge_items.put(ITEM)
        assert await work.knowledge_items.set_owner(ITEM.kind, ITEM.id, zoe)
        await work.knowledge_items.put(replace(ITEM, content={"title": {"de": "Neu"}}, content_hash="c"))
        assert (await work.knowledge_items.outline())[0].owner == zoe
        found = await work.knowledge_items.find(ITEM.kind, ITEM.id)
        assert found == replace(ITEM, content={"title": {"de": "Neu"}}, content_hash="c", owner=zoe)
        assert await work.knowledge_items.set_owner(ITEM.kind, ITEM.id, None)
        assert (await work.knowledge_items.outline())[0].owner is None
        assert not await work.knowledge_items.set_owner(ITEM.kind, "never was", zoe)


async def test_an_item_that_somebody_else_changed_is_not_replaced(database: Database) -> None:
    changed = replace(ITEM, content={}, content_hash="c")
    async with database.unit_of_work() as work:
        await work.knowledge_items.put(ITEM, former_hash="")
        await work.knowledge_items.put(changed, former_hash="b")
        await work.commit()
    for former_hash in ("", "b"):
        with pytest.raises(ConflictError):
            async with database.unit_of_work() as work:
                await work.knowledge_items.put(ITEM, former_hash=former_hash)
        with pytest.raises(ConflictError):
            async with database.unit_of_work() as work:
                await work.knowledge_items.delete(ITEM.kind, ITEM.id, former_hash=former_hash)
    async with database.unit_of_work() as work:
        assert await work.knowledge_items.all() == [changed]
        await work.knowledge_items.delete(ITEM.kind, ITEM.id, former_hash="c")
        assert await work.knowledge_items.all() == []


async def test_of_two_who_replace_an_item_at_once_one_is_told(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.knowledge_items.put(ITEM)
        await work.commit()

    async def change(new_hash: str) -> bool:
        async with database.unit_of_work() as work:
            item = await work.knowledge_items.find(ITEM.kind, ITEM.id)
            assert item
            await asyncio.sleep(0.05)
            await work.knowledge_items.put(replace(item, content_hash=new_hash), former_hash=item.content_hash)
            await work.commit()
        return True

    done = await asyncio.gather(change("c"), change("d"), return_exceptions=True)
    assert [type(each) for each in done].count(ConflictError) == 1


async def test_of_two_who_publish_at_once_one_is_told(database: Database) -> None:
    async def publish() -> Publication:
        async with database.unit_of_work() as work:
            current = await work.publications.current_number()
            await asyncio.sleep(0.05)
            published = await work.publications.add(PUBLICATION, after=current)
            await work.commit()
        return published

    done = await asyncio.gather(publish(), publish(), return_exceptions=True)
    assert [type(each) for each in done].count(ConflictError) == 1
    async with database.unit_of_work() as work:
        assert len(await work.publications.newest(5)) == 1


async def test_newest_publication_is_current(database: Database) -> None:
    async with database.unit_of_work() as work:
        assert await work.publications.current() is None
        first = await work.publications.add(PUBLICATION)
        second = await work.publications.add(replace(PUBLICATION, model="n.tar.gz"))
        assert (first.number, second.number) == (1, 2)
        assert await work.publications.current() == second


async def test_link_works_once_and_in_time(database: Database) -> None:
    link = WebLink(language=GERMAN, municipality=MunicipalityId("halle"))
    async with database.unit_of_work() as work:
        await work.web_links.add("used", link, NOW + timedelta(minutes=10))
        await work.web_links.add("expired", WebLink(language=GERMAN, municipality=None), NOW)
        assert await work.web_links.take("never was", NOW - timedelta(minutes=1)) is None
        assert await work.web_links.take("expired", NOW) is None
        assert await work.web_links.take("used", NOW) == link
        assert await work.web_links.take("used", NOW) is None
