"""Show what announcing an entry would send, to how many, before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.knowledge import Entry, EntryId
from bot.domain.languages import Language
from bot.domain.messages import Reply
from bot.domain.news import Announcement, Audience, Occasion, is_announceable
from bot.domain.previews import Line
from bot.domain.staff import StaffMember
from bot.domain.suppression import suppress_total
from bot.services.desk.ports import DeskPorts
from bot.services.write_news import write_news


@dataclass(frozen=True, kw_only=True)
class NewsPreview:
    """One message in one language. `recipients` is None where they are too few to be told; `lacking`: languages without an answer."""

    entry: Entry
    reply: Reply
    lines: Sequence[Line]
    recipients: int | None
    lacking: Sequence[Language]
    fingerprint: str
    is_announced_today: bool


async def preview_news(entry: str, language: Language, member: StaffMember, ports: DeskPorts) -> NewsPreview:
    """What would be sent. Raises LookupError for what cannot be announced."""
    announcement = to_announcement(entry, member, ports)
    found = ports.bot.published.knowledge.entries[EntryId(entry)]
    audience = Audience(topic=found.topic, municipality=found.municipality)
    async with ports.bot.unit_of_work() as work:
        recipients = await work.subscriptions.count(audience)
        before = await work.announcements.find(announcement.occasion)
    reply = write(announcement, language, ports)
    return NewsPreview(
        entry=found,
        reply=reply,
        lines=ports.knowledge.to_telegram(reply, language),
        recipients=suppress_total(recipients),
        lacking=[each for each in ports.bot.wording.languages if not found.answers.get(each)],
        fingerprint=fingerprint_of(announcement, ports),
        is_announced_today=before is not None,
    )


def to_announcement(entry: str, member: StaffMember, ports: DeskPorts) -> Announcement:
    """What announcing an entry now would be. Raises LookupError."""
    now, found = ports.bot.now(), ports.bot.published.knowledge.entries.get(EntryId(entry))
    if found is None or not is_announceable(found):
        raise LookupError(entry)
    occasion = Occasion(kind="entry", subject=entry, day=now.date())
    return Announcement(occasion=occasion, topic=found.topic, announced_by=member.id, announced_at=now)


def fingerprint_of(announcement: Announcement, ports: DeskPorts) -> str:
    """Changes when any language's message does."""
    texts = {language: write(announcement, language, ports) for language in ports.bot.wording.languages}
    return ports.knowledge.hash_content({language: [reply.text, reply.source] for language, reply in texts.items()})


def write(announcement: Announcement, language: Language, ports: DeskPorts) -> Reply:
    """The message in one language. Raises LookupError."""
    reply = write_news(announcement, language, ports.bot.published.knowledge, ports.bot.wording)
    if reply is None:
        raise LookupError(str(announcement.occasion))
    return reply
