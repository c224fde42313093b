"""Reading all accepted items costs little the second time, and never shows what is not there any more."""

from dataclasses import replace

from bot.domain.staff import StaffId
from bot.services.desk.knowledge.read_accepted import read_accepted
from tests.console.conftest import Desk
from tests.fakes.world import real_items


async def stored(desk: Desk) -> list[object]:
    async with desk.database.unit_of_work() as work:
        return list(await work.knowledge_items.all())


async def test_everything_is_read_the_first_time_and_the_second(knowledge_desk: Desk) -> None:
    desk = knowledge_desk
    first = await read_accepted(desk.ports)
    assert len(first) == len(real_items())
    assert first == await stored(desk)
    assert await read_accepted(desk.ports) == first


async def test_a_changed_a_new_and_a_deleted_item_are_seen(knowledge_desk: Desk) -> None:
    desk = knowledge_desk
    entries = [item for item in await read_accepted(desk.ports) if item.kind == "entry"]
    changed = replace(entries[0], content={**entries[0].content, "state": "retired"}, content_hash="changed")
    async with desk.database.unit_of_work() as work:
        await work.knowledge_items.put(changed)
        await work.knowledge_items.set_owner("entry", changed.id, StaffId("somebody"))
        await work.knowledge_items.put(replace(entries[1], id="new.entry"))
        await work.knowledge_items.delete("entry", entries[2].id)
        await work.commit()
    again = await read_accepted(desk.ports)
    assert again == await stored(desk)
    assert replace(changed, owner=StaffId("somebody")) in again
    assert entries[0].content_hash not in desk.ports.knowledge.contents
    assert entries[2].content_hash not in desk.ports.knowledge.contents
    assert entries[1].content_hash in desk.ports.knowledge.contents
