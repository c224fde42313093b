"""Send a draft back to its authors, with a remark."""

from bot.domain import knowledge_drafts
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.get_draft import get_draft
from bot.services.desk.ports import DeskPorts


async def send_back_draft(kind: str, id_: str, seen: int, remark: str, _member: StaffMember, ports: DeskPorts) -> Draft:
    """The draft, back with its authors. Raises LookupError, ConflictError, NotAllowedError where it is not in review."""
    async with ports.bot.unit_of_work() as work:
        sent_back = knowledge_drafts.send_back(await get_draft(work, kind, id_), seen, remark)
        stored = await work.drafts.save(sent_back)
        await work.commit()
    return stored
