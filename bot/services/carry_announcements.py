"""Carry an announcement to its subscribers: a batch at a time into the outbox, so that answers overtake it and nobody gets it twice."""

from datetime import datetime

from bot.domain.knowledge import KnowledgeBase
from bot.domain.news import Announcement, Subscription, advance, find_audience
from bot.services.ports import OutgoingMessage, Ports, UnitOfWork, Wording
from bot.services.write_news import write_news

BATCH = 25
"""What Telegram takes within a second."""
MOST_WAITING = 100
"""With so many replies waiting, Telegram is slow or down; news can wait for that to end."""


async def carry_announcements(ports: Ports) -> int:
    """How many messages were queued. Raises ConflictError, and has done nothing, when another process was quicker.

    How far the announcement is and the messages are stored in one transaction: a crash loses nothing and doubles nothing.
    """
    now, knowledge = ports.now(), ports.published.knowledge
    async with ports.unit_of_work() as work:
        announcement = await work.announcements.running()
        if announcement is None or await work.outbox.waiting() >= MOST_WAITING:
            return 0
        batch = await _next_batch(announcement, knowledge, work)
        await work.announcements.move(advance(announcement, batch, now, is_last=len(batch) < BATCH), announcement)
        for subscription in batch:
            await _queue(announcement, subscription, knowledge, ports.wording, work, now)
        await work.commit()
    return len(batch)


async def _next_batch(announcement: Announcement, knowledge: KnowledgeBase, work: UnitOfWork) -> list[Subscription]:
    audience = find_audience(announcement, knowledge)
    return await work.subscriptions.next(audience, after=announcement.sent_after, most=BATCH) if audience else []


async def _queue(  # noqa: PLR0917
    announcement: Announcement,
    subscription: Subscription,
    knowledge: KnowledgeBase,
    wording: Wording,
    work: UnitOfWork,
    now: datetime,
) -> None:
    reply = write_news(announcement, subscription.language, knowledge, wording)
    if reply is None:
        return
    outgoing = OutgoingMessage(
        channel=subscription.channel,
        conversation=subscription.conversation,
        address=subscription.address,
        language=subscription.language,
        reply=reply,
    )
    await work.outbox.add(outgoing, now, is_news=True)
