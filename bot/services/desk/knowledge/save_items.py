"""Save the items of an uploaded archive as drafts: all that can be taken, or none."""

from bot.domain.errors import ConflictError
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.propose_items import ItemProposal
from bot.services.desk.knowledge.put_draft import put_draft
from bot.services.desk.ports import DeskPorts


async def save_items(proposal: ItemProposal, member: StaffMember, ports: DeskPorts) -> int:
    """How many drafts there are now, in one transaction. Raises ConflictError when somebody began one of them meanwhile."""
    async with ports.bot.unit_of_work() as work:
        for each in proposal.valid:
            if await work.drafts.find(each.file.kind, each.file.id):
                raise ConflictError("Somebody is changing an item of this archive.")
            await put_draft(work, each.file.kind, each.file.id, each.file.content, 0, member, ports, keeps_states=True)
        await work.commit()
    return len(proposal.valid)
