"""Decide for what the desk says: the difference is not reported again until the file changes."""

from bot.domain.errors import ConflictError
from bot.services.desk.knowledge.find_difference import find_difference
from bot.services.desk.ports import DeskPorts


async def keep_ours(kind: str, id_: str, seen_hash: str, ports: DeskPorts) -> None:
    """Note that somebody has seen this file; empty hash: that there is none. From now on no import replaces the item.

    Raises LookupError where nothing differs or the desk has no such item, ConflictError where the file is another one by now.
    """
    difference = await find_difference(kind, id_, ports)
    if difference.item is None:
        raise LookupError(id_)
    if difference.file_hash != seen_hash:
        raise ConflictError("The file changed in the meantime.")
    async with ports.bot.unit_of_work() as work:
        await work.knowledge_items.note_imported(kind, id_, difference.file_hash)
        await work.commit()
