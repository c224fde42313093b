"""What a person can do with their own case: see its status, add something, withdraw it, delete it."""

from collections.abc import Awaitable, Callable

from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseNumber, CaseStatus, close_as_withdrawn, log_of
from bot.domain.conversations import Idle, WithCase
from bot.domain.messages import Button, Reply, Status
from bot.services.add_to_case import add_to_case
from bot.services.ports import UnitOfWork
from bot.services.show_page import menu_buttons
from bot.services.turn import Outcome, Turn, outcome


async def work_on_own_case(action: str, turn: Turn, work: UnitOfWork, text: str = "") -> Outcome:
    """One action on the case that is open in this chat."""
    number = turn.conversation.open_case(turn.now)
    if number is None or action == "close":
        return outcome(turn, Status.MENU, Reply(text=turn.say("page.menu"), choices=menu_buttons(turn)), activity=Idle())
    case = await work.cases.get(CaseNumber(number))
    if case.erased_at:
        return _say_deleted(turn)
    if action == "add" and text:
        return await _add(case, text, turn, work)
    actions: dict[str, Callable[[Case, Turn, UnitOfWork], Awaitable[Outcome]]] = {
        "add": _ask_addition,
        "withdraw": _ask_to_withdraw,
        "withdraw-yes": _withdraw,
        "delete": _ask_to_delete,
        "delete-yes": _delete,
    }
    return await actions.get(action, _show_status)(case, turn, work)


async def _show_status(case: Case, turn: Turn, work: UnitOfWork) -> Outcome:
    lines = [turn.say("case.status", status=turn.say(f"case.status.{case.status.value}"), filed_on=case.filed_at.date())]
    if case.status is CaseStatus.NEW:
        lines.append(turn.say("case.next", acknowledge_by=case.acknowledge_by.date(), feedback_by=case.feedback_by.date()))
    for message in await work.cases.messages(case.number):
        key = "case.message-from-office" if message.author == "office" else "case.message-from-you"
        lines.append(turn.say(key, date=message.written_at.date(), text=message.text))
    reply = Reply(text="\n\n".join(lines), choices=_case_buttons(case, turn))
    return _stay(turn, case, reply, doing="status")


async def _ask_addition(case: Case, turn: Turn, _work: UnitOfWork) -> Outcome:
    return _stay(turn, case, Reply(text=turn.say("case.ask-addition"), choices=(turn.button("case:status", "report.back"),)), doing="add")


async def _add(case: Case, text: str, turn: Turn, work: UnitOfWork) -> Outcome:
    await add_to_case(case, text, turn, work)
    return _stay(turn, case, Reply(text=turn.say("case.added"), choices=_case_buttons(case, turn)), doing="add")


async def _ask_to_withdraw(case: Case, turn: Turn, _work: UnitOfWork) -> Outcome:
    choices = (turn.button("case:withdraw-yes", "case.withdraw-yes"), turn.button("case:status", "case.keep"))
    return _stay(turn, case, Reply(text=turn.say("case.ask-withdraw"), choices=choices), doing="withdraw")


async def _withdraw(case: Case, turn: Turn, work: UnitOfWork) -> Outcome:
    if case.status is not CaseStatus.CLOSED:
        closed, entry = close_as_withdrawn(case, turn.now)
        await work.cases.save(closed)
        await work.case_log.append(entry)
    return _stay(turn, case, Reply(text=turn.say("case.withdrawn"), choices=(turn.button("case:delete", "case.delete"),)), doing="status")


async def _ask_to_delete(case: Case, turn: Turn, _work: UnitOfWork) -> Outcome:
    choices = (turn.button("case:delete-yes", "case.delete-yes"), turn.button("case:status", "case.keep"))
    return _stay(turn, case, Reply(text=turn.say("case.ask-delete"), choices=choices), doing="delete")


async def _delete(case: Case, turn: Turn, work: UnitOfWork) -> Outcome:
    await work.cases.erase(case.number, turn.now)
    await work.inbox.delete_conversation(turn.conversation.id)  # earlier answers repeat what was written
    await work.handovers.delete_conversation(turn.conversation.id)  # and so may a chat with a human
    await work.case_log.append(log_of(case, CaseEvent.ERASED, actor="person", at=turn.now))
    return _say_deleted(turn)


def _say_deleted(turn: Turn) -> Outcome:
    return outcome(turn, Status.MENU, Reply(text=turn.say("case.deleted"), choices=menu_buttons(turn)), activity=Idle())


def _case_buttons(case: Case, turn: Turn) -> tuple[Button, ...]:
    withdraw = () if case.status is CaseStatus.CLOSED else (turn.button("case:withdraw", "case.withdraw"),)
    return (
        turn.button("case:add", "case.add"),
        *withdraw,
        turn.button("case:delete", "case.delete"),
        turn.button("case:close", "case.close"),
    )


def _stay(turn: Turn, case: Case, reply: Reply, *, doing: str) -> Outcome:
    """The reply, with the case staying open in this chat for some more minutes."""
    return outcome(turn, Status.FORM, reply, activity=WithCase(case=case.number, since=turn.now, doing=doing))  # type: ignore[arg-type]
