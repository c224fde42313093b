"""Announce what ends soon at a funding programme, 30 and 7 days before, once each."""

from bot.domain.news import Announcement, find_due_deadlines, topic_of
from bot.services.ports import Ports


async def announce_deadlines(ports: Ports) -> int:
    """How many were new. May run as often as one likes, and in several processes at once."""
    now, knowledge = ports.now(), ports.published.knowledge
    new = 0
    async with ports.unit_of_work() as work:
        for occasion in find_due_deadlines(knowledge, now.date()):
            if await work.announcements.find(occasion):
                continue
            topic = topic_of(knowledge.programmes[occasion.subject], knowledge)
            new += await work.announcements.add(Announcement(occasion=occasion, topic=topic, announced_by=None, announced_at=now))
        if new:
            await work.commit()
    return new
