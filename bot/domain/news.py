"""News: who wants them, what is announced, to whom, and when a deadline is near."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from bot.domain.knowledge import Entry, EntryId, KnowledgeBase, MunicipalityId, Programme, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.staff import StaffId

NEWS_TOPICS = (Topic.CONTACTS, Topic.WIR_FUNDING, Topic.DISCRIMINATION, Topic.CITY_PAPERS)
"""What one can get news about."""
DAYS_BEFORE = (7, 30)
"""So many days before its day a deadline is announced."""


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """A chat that wants news about a topic, for its city where one is known. `reference` is the name it is stored under."""

    reference: str = ""
    conversation: ConversationId
    channel: Channel
    topic: Topic
    language: Language
    municipality: MunicipalityId | None
    address: str
    subscribed_on: date


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom news are for. What is about a city goes to those who live there, and to those who named no city."""

    topic: Topic
    municipality: MunicipalityId | None = None


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What is announced: an entry, on a day; or what ends at a programme on a day, so many days before."""

    kind: Literal["entry", "deadline"]
    subject: str
    day: date
    days: int = 0

    def __str__(self) -> str:
        """The name that it is announced under, once.

        >>> str(Occasion(kind="deadline", subject="wir.centre", day=date(2027, 3, 1), days=30))
        'deadline:wir.centre:2027-03-01:30'
        """
        return ":".join([self.kind, self.subject, self.day.isoformat(), *([str(self.days)] if self.days else [])])


def read_occasion(name: str) -> Occasion:
    """An occasion by its name. Raises ValueError.

    >>> read_occasion("entry:wir.amounts:2026-11-20")
    Occasion(kind='entry', subject='wir.amounts', day=datetime.date(2026, 11, 20), days=0)
    """
    match name.split(":"):
        case ["entry", subject, day]:
            return Occasion(kind="entry", subject=subject, day=date.fromisoformat(day))
        case ["deadline", subject, day, days]:
            return Occasion(kind="deadline", subject=subject, day=date.fromisoformat(day), days=int(days))
    message = f"“{name}” is no occasion for news."
    raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """News on their way. `sent_after` is the last subscription that they went out to; `announced_by` None: by themselves."""

    occasion: Occasion
    topic: Topic
    announced_by: StaffId | None
    announced_at: datetime
    sent_after: str = ""
    recipients: int = 0
    ended_at: datetime | None = None


def advance(announcement: Announcement, batch: Sequence[Subscription], now: datetime, *, is_last: bool) -> Announcement:
    """The announcement after a batch was put into the outbox."""
    return replace(
        announcement,
        sent_after=batch[-1].reference if batch else announcement.sent_after,
        recipients=announcement.recipients + len(batch),
        ended_at=now if is_last else None,
    )


def is_announceable(entry: Entry) -> bool:
    """Whether an entry can be news: one for the public, about a topic of the news."""
    return entry.audience == "public" and entry.topic in NEWS_TOPICS


def find_audience(announcement: Announcement, knowledge: KnowledgeBase) -> Audience | None:
    """Whom an announcement is for; None when what it is about is not published any more."""
    subject = find_subject(announcement.occasion, knowledge)
    return Audience(topic=announcement.topic, municipality=subject.municipality) if subject else None


def find_subject(occasion: Occasion, knowledge: KnowledgeBase) -> Entry | Programme | None:
    """The entry or programme that an occasion is about, as it is published now."""
    if occasion.kind == "entry":
        return knowledge.entries.get(EntryId(occasion.subject))
    return knowledge.programmes.get(occasion.subject)


def topic_of(programme: Programme, knowledge: KnowledgeBase) -> Topic:
    """The topic under which a programme is known: that of most entries that refer to it, else the funding."""
    topics = Counter(entry.topic for entry in knowledge.entries.values() if programme.id in entry.programmes and is_announceable(entry))
    return max(NEWS_TOPICS, key=lambda topic: topics[topic]) if topics else Topic.WIR_FUNDING


def days_of(programme: Programme) -> list[date]:
    """The days on which something of a programme ends or is due."""
    ends = {amount.until for amount in programme.amounts if amount.until}
    return sorted(ends | {deadline.date for deadline in programme.deadlines})


def find_due_deadlines(knowledge: KnowledgeBase, today: date) -> list[Occasion]:
    """What ends soon, by the narrowest number of days it lies within; nothing for a day that is over.

    A bot that was not running on the very day still announces it on the next; a date that becomes known late is announced once.
    """
    return [
        Occasion(kind="deadline", subject=programme.id, day=day, days=days)
        for programme in knowledge.programmes.values()
        for day in days_of(programme)
        if (days := next((days for days in DAYS_BEFORE if 0 <= (day - today).days <= days), 0))
    ]
