"""Hand a draft to somebody who reads it before it counts."""

from bot.domain import knowledge_drafts
from bot.domain.errors import NotAllowedError
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.get_draft import get_draft
from bot.services.desk.knowledge.refuse_faults import refuse_faults
from bot.services.desk.ports import DeskPorts


async def submit_draft(kind: str, id_: str, seen: int, _member: StaffMember, ports: DeskPorts) -> Draft:
    """The draft, in review. Raises LookupError, ConflictError, FaultyDraftError, NotAllowedError where it changes nothing."""
    async with ports.bot.unit_of_work() as work:
        draft = await get_draft(work, kind, id_)
        item = await work.knowledge_items.find(kind, id_)
    if item and ports.knowledge.hash_content(draft.content) == item.content_hash:
        raise NotAllowedError("This draft changes nothing.")
    submitted = knowledge_drafts.submit(draft, seen)
    await refuse_faults(draft, ports)
    async with ports.bot.unit_of_work() as work:
        stored = await work.drafts.save(submitted)
        await work.commit()
    return stored
