"""Say who looks after an item of the knowledge."""

from bot.domain.staff import Permission, StaffId
from bot.services.desk.ports import DeskPorts


async def set_owner(kind: str, id_: str, owner: StaffId | None, ports: DeskPorts) -> None:
    """The owner from now on, or nobody. Raises LookupError for an item that is not there, or somebody who may not edit."""
    async with ports.bot.unit_of_work() as work:
        member = await work.staff.find(owner) if owner else None
        may_own = owner is None or (member is not None and member.may(Permission.EDIT_KNOWLEDGE))
        if not may_own or not await work.knowledge_items.set_owner(kind, id_, owner):
            raise LookupError(id_)
        await work.commit()
