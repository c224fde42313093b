"""All accepted items of the knowledge, as the desk lists and compares them."""

from collections.abc import Mapping

from bot.services.desk.ports import DeskPorts
from bot.services.keep_for_good import keep_for_good
from bot.services.stored_knowledge import ItemOutline, KnowledgeItem

MANY = 50


async def read_accepted(ports: DeskPorts) -> list[KnowledgeItem]:
    """Every accepted item, by kind and id. Contents are shared with every other reader: never change one.

    Only contents that this process has not read yet come from the database; what no item has any more is forgotten.
    """
    known = dict(ports.knowledge.contents)  # as it is now: somebody else may read meanwhile
    async with ports.bot.unit_of_work() as work:
        outlines = await work.knowledge_items.outline()
        unknown = [(each.kind, each.id) for each in outlines if each.content_hash not in known]
        read = await work.knowledge_items.some(unknown) if len(unknown) < len(outlines) else await work.knowledge_items.all()
    fresh = {(item.kind, item.id): item for item in read}
    items = [_fill(each, known) for each in outlines if each.content_hash in known and (each.kind, each.id) not in fresh]
    items = sorted([*items, *fresh.values()], key=lambda item: (item.kind, item.id))
    ports.knowledge.contents.clear()
    ports.knowledge.contents.update({item.content_hash: item.content for item in items})
    if len(read) >= MANY:
        keep_for_good()
    return items


def _fill(outline: ItemOutline, known: Mapping[str, Mapping[str, object]]) -> KnowledgeItem:
    return KnowledgeItem(
        kind=outline.kind,
        id=outline.id,
        content=known[outline.content_hash],
        imported_hash=outline.imported_hash,
        content_hash=outline.content_hash,
        owner=outline.owner,
    )
