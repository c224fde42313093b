"""Write to the person in a chat that one has taken."""

from dataclasses import replace

from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.handovers import HandoverMessage, check_open
from bot.domain.messages import MESSAGE_CHARACTERS, clean
from bot.domain.staff import StaffMember
from bot.services.desk.chats.find_chats import find_visible_chat
from bot.services.desk.ports import DeskPorts
from bot.services.tell_in_chat import tell_in_chat


async def answer_chat(reference: str, text: str, member: StaffMember, ports: DeskPorts) -> None:
    """Keep the words and send them as they are, in the name of the office.

    Raises LookupError, NotAllowedError (ended, or no words), ConflictError (a colleague has it now).
    """
    now, wording, words = ports.bot.now(), ports.bot.wording, clean(text)
    async with ports.bot.unit_of_work() as work:
        before = await find_visible_chat(work, reference, member)
        check_open(before)
        if not words or len(words) > MESSAGE_CHARACTERS:
            message = "A message needs words, at most 4,000 characters."
            raise NotAllowedError(message)
        if before.taken_by != member.id:
            message = "This chat is answered by somebody else."
            raise ConflictError(message)
        await work.handovers.save(replace(before, touched_at=now), before)
        said = HandoverMessage(handover=before.reference, author="office", written_at=now, text=words, staff=member.id)
        await work.handovers.add_message(said)
        await tell_in_chat(before, wording.say("handover.message", before.language, text=words), work, now, wording=wording)
        await work.commit()
