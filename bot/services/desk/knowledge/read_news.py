"""Read what the page of the news shows: what can be announced, who wants it, what was announced, and what will be by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.knowledge import Entry, KnowledgeBase, Programme, Topic
from bot.domain.news import NEWS_TOPICS, Announcement, Audience, days_of, find_audience, is_announceable
from bot.domain.staff import StaffMember
from bot.domain.suppression import suppress_total
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Progress:
    """An announcement and how far it is; numbers are None where they are too small to be told. `total` counts those to come, too."""

    announcement: Announcement
    sent: int | None
    total: int | None


@dataclass(frozen=True, kw_only=True)
class News:
    """The page."""

    entries: Mapping[Topic, Sequence[Entry]]
    subscribers: Mapping[Topic, int | None]
    announced: Sequence[Progress]
    staff: Sequence[StaffMember]
    upcoming: Sequence[tuple[date, Programme]]
    """Days on which something of a programme ends, the next first."""


async def read_news(ports: DeskPorts) -> News:
    """Everything at once."""
    knowledge, today = ports.bot.published.knowledge, ports.bot.now().date()
    async with ports.bot.unit_of_work() as work:
        subscribers = {topic: suppress_total(await work.subscriptions.count(Audience(topic=topic))) for topic in NEWS_TOPICS}
        announced = [await _measure(each, knowledge, work) for each in await work.announcements.newest(SHOWN)]
        staff = await work.staff.all()
    days = [(day, programme) for programme in knowledge.programmes.values() for day in days_of(programme) if day >= today]
    return News(
        entries={topic: _announceable(topic, knowledge) for topic in NEWS_TOPICS},
        subscribers=subscribers,
        announced=announced,
        staff=staff,
        upcoming=sorted(days, key=lambda each: (each[0], each[1].name)),
    )


def _announceable(topic: Topic, knowledge: KnowledgeBase) -> list[Entry]:
    return [entry for entry in knowledge.entries.values() if entry.topic is topic and is_announceable(entry)]


async def _measure(announcement: Announcement, knowledge: KnowledgeBase, work: UnitOfWork) -> Progress:
    audience = find_audience(announcement, knowledge)
    to_come = await work.subscriptions.count(audience, after=announcement.sent_after) if audience and not announcement.ended_at else 0
    total = suppress_total(announcement.recipients + to_come)
    return Progress(announcement=announcement, sent=None if total is None else announcement.recipients, total=total)
