"""Take a contact or programme out of the knowledge, or bring it back: both are drafts that somebody else has to accept."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowedError
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.read_directory import read_directory
from bot.services.desk.knowledge.restore_version import begin_draft
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem


class StillUsedError(NotAllowedError):
    """Something still refers to it."""

    def __init__(self, uses: Sequence[KnowledgeItem | Draft]) -> None:
        """Carry what does, for the page."""
        super().__init__("This is still used.")
        self.uses = tuple(uses)


async def retire_contact(kind: str, id_: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with which it is no longer shown. Raises LookupError, StillUsedError, and ConflictError where somebody is changing it."""
    directory = await read_directory(ports)
    item = next((item for item in directory.items if (item.kind, item.id) == (kind, id_)), None)
    if item is None:
        raise LookupError(id_)
    if uses := directory.uses_of(kind, id_):
        raise StillUsedError(uses)
    return await begin_draft(kind, id_, {**item.content, "state": "retired"}, member, ports)


async def bring_back_contact(kind: str, id_: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with which it is shown again. Raises LookupError, and ConflictError where somebody is changing it."""
    async with ports.bot.unit_of_work() as work:
        item = await work.knowledge_items.find(kind, id_)
    if item is None:
        raise LookupError(id_)
    return await begin_draft(kind, id_, {name: value for name, value in item.content.items() if name != "state"}, member, ports)
