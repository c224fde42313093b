"""Decide for what a file says: it becomes a draft, so that a second person reads it."""

from bot.domain.errors import ConflictError
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.find_difference import find_difference
from bot.services.desk.knowledge.put_draft import put_draft
from bot.services.desk.ports import DeskPorts


async def take_file(kind: str, id_: str, seen_hash: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with exactly the file's content. Accepted, it counts as imported.

    Raises LookupError where nothing differs or there is no file, and ConflictError where the file is another one by now or somebody has
    a draft of this item already.
    """
    difference = await find_difference(kind, id_, ports)
    if difference.file is None:
        raise LookupError(id_)
    if difference.file_hash != seen_hash:
        raise ConflictError("The file changed in the meantime.")
    async with ports.bot.unit_of_work() as work:
        if await work.drafts.find(kind, id_):
            raise ConflictError("Somebody is changing this item.")
        saved = await put_draft(work, kind, id_, difference.file.content, 0, member, ports, keeps_states=True)
        await work.commit()
    return saved
