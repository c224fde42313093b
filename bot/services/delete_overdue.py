"""Retention: delete what is no longer needed, as the privacy notice says."""

from dataclasses import dataclass
from datetime import timedelta

from bot.services.ports import Ports

ANSWERED_KEPT_FOR = timedelta(days=1)
"""Long enough to recognise a repeated delivery; Telegram repeats for 24 hours."""
CHATS_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """How many rows went."""

    messages: int
    replies: int
    conversations: int


async def delete_overdue(ports: Ports) -> Deleted:
    """Delete answered messages after a day and chats without a word after 30 days."""
    now = ports.now()
    async with ports.unit_of_work() as work:
        deleted = Deleted(
            messages=await work.inbox.delete_done_before(now - ANSWERED_KEPT_FOR),
            replies=await work.outbox.delete_done_before(now - ANSWERED_KEPT_FOR),
            conversations=await work.conversations.delete_untouched_since(now - CHATS_KEPT_FOR),
        )
        await work.commit()
    return deleted
