"""The chats with a human that somebody may see; for everybody else they do not exist."""

from collections.abc import Sequence

from bot.domain.handovers import Handover, HandoverId
from bot.domain.staff import StaffMember
from bot.services.desk.chats.stored_chats import ChatRow
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork

MOST_CHATS = 200
"""Longest list; ended chats are deleted after 30 days."""


async def find_chats(member: StaffMember, ports: DeskPorts, *, ended: bool = False) -> Sequence[ChatRow]:
    """The chats of one's cities: those that wait first, the oldest at the top."""
    async with ports.bot.unit_of_work() as work:
        return await work.handovers.visible(member, ended=ended, limit=MOST_CHATS)


async def find_visible_chat(work: UnitOfWork, reference: str, member: StaffMember) -> Handover:
    """One chat. Raises LookupError where there is none, and where it belongs to another city: nobody can tell which."""
    found = await work.handovers.find(HandoverId(reference))
    if found is None or not member.sees_case_of(found.municipality):
        message = "There is no such chat."
        raise LookupError(message)
    return found
