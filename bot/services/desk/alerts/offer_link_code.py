"""Make the one-time code with which a member of staff links a Telegram chat."""

import secrets

from bot.domain.alerts import CODE_VALID_FOR, make_link_code
from bot.domain.staff import StaffMember
from bot.services.ports import Ports


async def offer_link_code(member: StaffMember, ports: Ports) -> str:
    """The code, which is shown this once and stored only as a hash; an earlier one is worth nothing from now on."""
    code = make_link_code(secrets.token_bytes(16))
    async with ports.unit_of_work() as work:
        await work.staff_chats.offer(ports.cipher.hash("staff-chat", code), member.id, ports.now() + CODE_VALID_FOR)
        await work.commit()
    return code
