"""Take an entry out of the knowledge, or bring it back: both are drafts that somebody else has to accept."""

from bot.domain.errors import NotAllowedError
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.restore_version import begin_draft
from bot.services.desk.ports import DeskPorts


async def retire_entry(id_: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with which the entry leaves the next publication. Raises LookupError, ConflictError, NotAllowedError."""
    return await _begin(id_, "retired", member, ports)


async def bring_back_entry(id_: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with which a retired entry comes into the next publication. Raises LookupError, ConflictError, NotAllowedError."""
    return await _begin(id_, "published", member, ports)


async def _begin(id_: str, state: str, member: StaffMember, ports: DeskPorts) -> Draft:
    async with ports.bot.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", id_)
    if item is None:
        message = f"There is no entry {id_}."
        raise LookupError(message)
    if item.content.get("state", "published") == state:
        raise NotAllowedError("It is so already.")
    return await begin_draft("entry", id_, {**item.content, "state": state}, member, ports)
