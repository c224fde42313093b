"""Announce an entry to those who want news about its topic; it goes out by itself from then on."""

from bot.domain.errors import ConflictError
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.preview_news import fingerprint_of, to_announcement
from bot.services.desk.ports import DeskPorts


async def announce(entry: str, seen: str, member: StaffMember, ports: DeskPorts) -> bool:
    """Start it; False when it was announced today already. `seen` is the fingerprint of the message that was looked at.

    Raises LookupError for what cannot be announced, and ConflictError when the message has changed since it was looked at.
    """
    announcement = to_announcement(entry, member, ports)
    if fingerprint_of(announcement, ports) != seen:
        message = "This entry was published anew since the message was looked at."
        raise ConflictError(message)
    async with ports.bot.unit_of_work() as work:
        is_new = await work.announcements.add(announcement)
        await work.commit()
    return is_new
