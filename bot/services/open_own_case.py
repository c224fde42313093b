"""Open a case with its receipt code, from any channel; wrong codes are limited."""

from dataclasses import replace

from bot.domain.conversations import WRONG_CODE_WINDOW, GivingReceipt, Purpose, WithCase
from bot.domain.decisions import OpenCase
from bot.domain.messages import Reply, Status
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome
from bot.services.work_on_own_case import work_on_own_case


async def ask_receipt(purpose: Purpose, turn: Turn, work: UnitOfWork) -> Outcome:
    """Ask for the code, unless the case is open in this chat already."""
    if turn.conversation.open_case(turn.now):
        return await work_on_own_case(purpose, turn, work)
    if turn.conversation.must_wait_for_code(turn.now):
        return _make_wait(turn)
    reply = Reply(text=turn.say("case.ask-code"), choices=(turn.button("menu", "menu.open"),))
    return outcome(turn, Status.FORM, reply, activity=GivingReceipt(purpose=purpose))


async def open_own_case(decision: OpenCase, turn: Turn, work: UnitOfWork) -> Outcome:
    """The case behind a code. What is wrong with a wrong code is not told."""
    if turn.conversation.must_wait_for_code(turn.now):
        return _make_wait(turn)
    found = await work.cases.find_by_receipt(turn.ports.cipher.hash("receipt", decision.code)) if decision.code else None
    if found is None:
        return _count_wrong_code(decision, turn)
    opened = replace(turn.conversation, activity=WithCase(case=found.number, since=turn.now), wrong_codes=())
    return await work_on_own_case(decision.purpose, replace(turn, conversation=opened), work)


def _count_wrong_code(decision: OpenCase, turn: Turn) -> Outcome:
    recent = tuple(at for at in turn.conversation.wrong_codes if turn.now - at < WRONG_CODE_WINDOW)
    counted = replace(turn, conversation=replace(turn.conversation, wrong_codes=(*recent, turn.now)))
    if counted.conversation.must_wait_for_code(turn.now):
        return _make_wait(counted)
    reply = Reply(text=turn.say("case.wrong-code"), choices=(turn.button("menu", "menu.open"),))
    return outcome(counted, Status.FORM, reply, activity=GivingReceipt(purpose=decision.purpose))


def _make_wait(turn: Turn) -> Outcome:
    minutes = int(WRONG_CODE_WINDOW.total_seconds() // 60)
    return outcome(turn, Status.FORM, Reply(text=turn.say("case.too-many-codes", count=minutes)))
