"""Retention of what signing in leaves behind: ended sessions, expired links, failures that no longer count."""

from bot.domain.sign_in import FAILURES_KEPT_FOR
from bot.domain.staff import IDLE_FOR
from bot.services.ports import Ports


async def delete_ended_sign_ins(ports: Ports) -> int:
    """Delete it; how many rows went."""
    now = ports.now()
    async with ports.unit_of_work() as work:
        deleted = await work.staff_sessions.delete_seen_before(now - IDLE_FOR)
        deleted += await work.staff_invitations.delete_expired(now)
        deleted += await work.sign_in_failures.delete_before(now - FAILURES_KEPT_FOR)
        await work.commit()
    return deleted
