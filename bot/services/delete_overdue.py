"""Retention: delete what is no longer needed, as the privacy notice says."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.handovers import KEPT_FOR as HANDOVERS_KEPT_FOR
from bot.services.ports import Ports

ANSWERED_KEPT_FOR = timedelta(days=1)
"""Long enough to recognise a repeated delivery; Telegram repeats for 24 hours."""
FAILED_KEPT_FOR = timedelta(days=14)
"""What could not be answered stays, encrypted, long enough for somebody to mend the cause."""
CHATS_KEPT_FOR = timedelta(days=30)
QUESTIONS_KEPT_FOR = timedelta(days=90)
ALERTS_KEPT_FOR = timedelta(days=90)
USAGE_KEPT_FOR = timedelta(days=3 * 366)
"""Of the counts, which tell of nobody: long enough to compare years."""


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """How many rows went."""

    messages: int
    failed: int
    replies: int
    conversations: int
    questions: int
    alerts: int = 0
    handovers: int = 0
    usage: int = 0


async def delete_overdue(ports: Ports) -> Deleted:
    """Delete what is overdue: answered messages, failed ones, chats without a word, questions for the editors."""
    now = ports.now()
    async with ports.unit_of_work() as work:
        deleted = Deleted(
            messages=await work.inbox.delete_done_before(now - ANSWERED_KEPT_FOR),
            failed=await work.inbox.delete_failed_before(now - FAILED_KEPT_FOR),
            replies=await work.outbox.delete_done_before(now - ANSWERED_KEPT_FOR)
            + await work.outbox.delete_unfetched_before(now - CHATS_KEPT_FOR),
            conversations=await work.conversations.delete_untouched_since(now - CHATS_KEPT_FOR),
            alerts=await work.alerts.delete_before(now - ALERTS_KEPT_FOR),
            handovers=await work.handovers.delete_ended_before(now - HANDOVERS_KEPT_FOR),
            usage=await work.usage.delete_before((now - USAGE_KEPT_FOR).date()),
            questions=await work.unanswered_questions.delete_before((now - QUESTIONS_KEPT_FOR).date()),
        )
        await work.staff_chats.delete_expired(now)
        await work.commit()
    return deleted
