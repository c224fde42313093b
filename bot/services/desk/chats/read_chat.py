"""Everything that the page of one chat shows."""

from dataclasses import dataclass

from bot.domain.handovers import Handover, HandoverMessage, find_answering
from bot.domain.staff import StaffMember
from bot.services.desk.chats.find_chats import find_visible_chat
from bot.services.desk.ports import DeskPorts


@dataclass(frozen=True, kw_only=True)
class ReadChat:
    """A chat with what was said in it, all accounts for their names, and who else answers the chats of this city."""

    handover: Handover
    messages: tuple[HandoverMessage, ...]
    members: tuple[StaffMember, ...]
    colleagues: tuple[StaffMember, ...]


async def read_chat(reference: str, member: StaffMember, ports: DeskPorts) -> ReadChat:
    """The chat as it is now. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        handover = await find_visible_chat(work, reference, member)
        messages = await work.handovers.messages(handover.reference)
        members = await work.staff.all()
    others = (other for other in find_answering(members, handover.municipality) if other.id != handover.taken_by)
    return ReadChat(handover=handover, messages=tuple(messages), members=tuple(members), colleagues=tuple(others))
