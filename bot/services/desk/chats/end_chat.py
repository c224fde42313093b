"""End a chat: the bot answers the person again."""

from bot.domain.account_log import log_at_desk
from bot.domain.case_log import CaseEvent
from bot.domain.errors import ConflictError
from bot.domain.handovers import end_handover
from bot.domain.staff import StaffMember
from bot.services.desk.chats.find_chats import find_visible_chat
from bot.services.desk.ports import DeskPorts
from bot.services.tell_in_chat import tell_in_chat


async def end_chat(reference: str, member: StaffMember, ports: DeskPorts) -> None:
    """Tell the person so. Raises LookupError, NotAllowedError (it had ended), ConflictError (only who answers it may end it)."""
    now, wording = ports.bot.now(), ports.bot.wording
    async with ports.bot.unit_of_work() as work:
        before = await find_visible_chat(work, reference, member)
        after = end_handover(before, now)
        if before.taken_by != member.id:
            message = "This chat is answered by somebody else."
            raise ConflictError(message)
        await work.handovers.save(after, before)
        text = wording.say("handover.ended-by-office", before.language)
        await tell_in_chat(before, text, work, now, wording=wording, buttons=(("menu", "menu.open"),))
        await work.case_log.append(log_at_desk(CaseEvent.CHAT_ENDED, by=member.id, at=now, chat=before.reference))
        await work.commit()
