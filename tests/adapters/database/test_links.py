"""Links are claimed once, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.adapters.database.database import Database
from bot.domain.links import Link, LinkAnswer, checked
from tests.adapters.database.samples import NOW

LINK = Link(address="https://a.example/", due_at=NOW)
LATER = NOW + timedelta(minutes=10)


async def test_a_link_comes_back_as_it_was_stored(database: Database) -> None:
    found = checked(LINK, LinkAnswer(status=0, fault="timeout"), NOW)
    async with database.unit_of_work() as work:
        await work.links.add(LINK)
        await work.links.add(replace(LINK, fault="never stored"))
        assert await work.links.all() == [LINK]
        await work.links.save(found)
        await work.links.save(replace(LINK, address="https://forgotten.example/"))
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.links.all() == [found]
        await work.links.forget([LINK.address])
        assert await work.links.all() == []


async def test_what_is_due_is_claimed_once_and_the_oldest_first(database: Database) -> None:
    async with database.unit_of_work() as work:
        for day in range(5):
            await work.links.add(replace(LINK, address=f"https://{day}.example/", due_at=NOW - timedelta(days=day - 1)))
        await work.commit()
    async with database.unit_of_work() as work:
        assert [link.address for link in await work.links.claim(NOW, LATER, 2)] == ["https://3.example/", "https://4.example/"]
        await work.commit()
    async with database.unit_of_work() as one, database.unit_of_work() as other:
        first = await one.links.claim(NOW, LATER, 9)
        await one.commit()
        second = await other.links.claim(NOW, LATER, 9)
        await other.commit()
    assert [link.address for link in first] == ["https://1.example/", "https://2.example/"]
    assert second == []
    async with database.unit_of_work() as work:
        assert len(await work.links.claim(LATER, LATER + timedelta(minutes=10), 9)) == 4
        await work.links.make_due(NOW)
        assert len(await work.links.claim(NOW, LATER, 9)) == 5
