"""Take an item out of the knowledge, or bring it back: both are drafts that somebody else has to accept."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowedError
from bot.domain.knowledge_drafts import RETIRABLE, Draft, is_retiring
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.read_directory import read_directory
from bot.services.desk.knowledge.restore_version import begin_draft
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem

NEEDED = ("contact", "programme")
"""What an answer shows: it stays as long as something refers to it. An entry that others point to is only left out there."""


class StillUsedError(NotAllowedError):
    """Something still refers to it."""

    def __init__(self, uses: Sequence[KnowledgeItem | Draft]) -> None:
        """Carry what does, for the page."""
        super().__init__("This is still used.")
        self.uses = tuple(uses)


async def retire_item(kind: str, id_: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with which the item leaves the next publication.

    Raises LookupError for what is not there or never leaves, StillUsedError, NotAllowedError where it is so already, and ConflictError
    where somebody is changing it.
    """
    item = await _find(kind, id_, ports, is_retired=False)
    if kind in NEEDED and (uses := (await read_directory(ports)).uses_of(kind, id_)):
        raise StillUsedError(uses)
    return await begin_draft(kind, id_, {**item.content, "state": "retired"}, member, ports)


async def bring_back_item(kind: str, id_: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """A draft with which a retired item comes into the next publication. Raises as retire_item does."""
    item = await _find(kind, id_, ports, is_retired=True)
    content = {name: value for name, value in item.content.items() if name != "state"}
    return await begin_draft(kind, id_, {**content, "state": "published"} if kind == "entry" else content, member, ports)


async def _find(kind: str, id_: str, ports: DeskPorts, *, is_retired: bool) -> KnowledgeItem:
    async with ports.bot.unit_of_work() as work:
        item = await work.knowledge_items.find(kind, id_)
    if item is None or kind not in RETIRABLE:
        raise LookupError(id_)
    if is_retiring(kind, item.content) == is_retired:
        return item
    raise NotAllowedError("It is so already.")
