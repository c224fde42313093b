"""End alerts in the Telegram chat of a member of staff."""

from bot.domain.staff import StaffMember
from bot.services.ports import Ports


async def unlink_chat(member: StaffMember, ports: Ports) -> None:
    """Forget the chat; unlinking twice changes nothing."""
    async with ports.unit_of_work() as work:
        await work.staff_chats.unlink(member.id)
        await work.commit()
