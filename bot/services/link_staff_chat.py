"""Link a private Telegram chat to an account of the desk, so that alerts go there, too; or end that."""

from dataclasses import replace

from bot.domain.alerts import read_link_code
from bot.domain.conversations import WRONG_CODE_WINDOW
from bot.domain.messages import Reply, Status
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.alerts.stored_alerts import StaffChat
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome


async def link_staff_chat(typed: str, turn: Turn, work: UnitOfWork) -> Outcome:
    """Use up a one-time code. What is wrong with a wrong one is not told, and guesses are limited."""
    if turn.conversation.must_wait_for_code(turn.now):
        return _make_wait(turn)
    member = await _find_member(typed, turn, work)
    if member is None:
        return _count_wrong_code(turn)
    message = turn.message
    chat = StaffChat(staff=member.id, conversation=message.conversation, address=message.address or "", linked_at=turn.now)
    await work.staff_chats.link(chat)
    return outcome(turn, Status.MENU, Reply(text=turn.say("desk-chat.linked")), wrong_codes=())


async def unlink_staff_chat(turn: Turn, work: UnitOfWork) -> Outcome:
    """No more alerts in this chat; says so whether there were any or not."""
    await work.staff_chats.unlink_conversation(turn.message.conversation)
    return outcome(turn, Status.MENU, Reply(text=turn.say("desk-chat.unlinked")))


async def _find_member(typed: str, turn: Turn, work: UnitOfWork) -> StaffMember | None:
    code = read_link_code(typed)
    staff = await work.staff_chats.take(turn.ports.cipher.hash("staff-chat", code), turn.now) if code else None
    member = await work.staff.find(staff) if staff else None
    return member if member and member.may(Permission.SEE_CASES) else None


def _count_wrong_code(turn: Turn) -> Outcome:
    recent = tuple(at for at in turn.conversation.wrong_codes if turn.now - at < WRONG_CODE_WINDOW)
    counted = replace(turn, conversation=replace(turn.conversation, wrong_codes=(*recent, turn.now)))
    if counted.conversation.must_wait_for_code(turn.now):
        return _make_wait(counted)
    return outcome(counted, Status.MENU, Reply(text=turn.say("desk-chat.wrong-code")))


def _make_wait(turn: Turn) -> Outcome:
    minutes = int(WRONG_CODE_WINDOW.total_seconds() // 60)
    return outcome(turn, Status.MENU, Reply(text=turn.say("case.too-many-codes", count=minutes)))
