"""Answer a chat from now on, in place of whoever did; or hand it to a colleague."""

from bot.domain.account_log import log_at_desk
from bot.domain.alerts import Alert, AlertKind
from bot.domain.case_log import CaseEvent
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.handovers import HandoverState, find_answering, take_handover
from bot.domain.staff import StaffId, StaffMember
from bot.services.desk.chats.find_chats import find_visible_chat
from bot.services.desk.ports import DeskPorts
from bot.services.tell_in_chat import tell_in_chat


async def take_chat(reference: str, holder: str, member: StaffMember, ports: DeskPorts, *, to: str = "") -> None:
    """Give the chat to `to`, or to oneself; the person is told the first time. `holder` is who had it on the page that was seen.

    Raises LookupError, NotAllowedError (ended, or somebody who does not answer this city's chats), ConflictError (changed meanwhile).
    """
    now, wording = ports.bot.now(), ports.bot.wording
    async with ports.bot.unit_of_work() as work:
        before = await find_visible_chat(work, reference, member)
        if (before.taken_by or "") != holder:
            message = "Somebody else took this chat in the meantime."
            raise ConflictError(message)
        receiver = StaffId(to or member.id)
        if receiver not in {each.id for each in find_answering(await work.staff.all(), before.municipality)}:
            message = "This person does not answer the chats of this city."
            raise NotAllowedError(message)
        await work.handovers.save(take_handover(before, receiver, now), before)
        if before.state is HandoverState.WAITING:
            await tell_in_chat(before, wording.say("handover.taken", before.language), work, now, wording=wording)
        if receiver != member.id:
            await work.alerts.add([Alert(staff=receiver, kind=AlertKind.CHAT_WAITING, case=None, at=now)])
        to_other = {} if receiver == member.id else {"to": receiver}
        event = CaseEvent.CHAT_HANDED_ON if to_other else CaseEvent.CHAT_TAKEN
        await work.case_log.append(log_at_desk(event, by=member.id, at=now, chat=before.reference, **to_other))
        await work.commit()
