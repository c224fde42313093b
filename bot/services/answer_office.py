"""The person answers a message of the office, from the chat that is linked to the case and without the receipt code."""

from bot.domain.cases import CaseNumber
from bot.domain.conversations import Answering
from bot.domain.decisions import AnswerOffice
from bot.domain.messages import Reply, Status
from bot.services.add_to_case import add_to_case
from bot.services.ports import UnitOfWork
from bot.services.show_page import show_page
from bot.services.turn import Outcome, Turn, outcome


async def answer_office(decision: AnswerOffice, turn: Turn, work: UnitOfWork) -> Outcome:
    """Ask for the answer, or keep it. In any other chat than the linked one the button has expired: it may be forged."""
    number = CaseNumber(decision.case)
    if await work.cases.chat_of(number) != turn.conversation.id:
        return show_page("expired", turn)
    reply = Reply(text=turn.say("office.ask-answer"), choices=(turn.button("case:close", "report.back"),))
    if decision.text:
        await add_to_case(await work.cases.get(number), decision.text, turn, work)
        reply = Reply(text=turn.say("office.answered"), choices=(turn.button("case:close", "case.close"),))
    return outcome(turn, Status.FORM, reply, activity=Answering(case=number, since=turn.now))
