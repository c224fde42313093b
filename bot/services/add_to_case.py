"""Keep what a person adds to their own case, so that the office sees it."""

from dataclasses import replace

from bot.domain.alerts import AlertKind
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseMessage, log_of
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.ports import UnitOfWork
from bot.services.turn import Turn


async def add_to_case(case: Case, text: str, turn: Turn, work: UnitOfWork) -> None:
    """Message, a sign of life, and a log entry without content. Raises ConflictError when the case was erased or changed meanwhile."""
    message = CaseMessage(case=case.number, author="person", language=turn.language, written_at=turn.now, text=text)
    await work.cases.add_message(message)
    await work.cases.save(replace(case, touched_at=turn.now))
    await work.case_log.append(log_of(case, CaseEvent.MESSAGE_FROM_PERSON, actor="person", at=turn.now))
    await alert_staff(work, AlertKind.ANSWER, case, turn.now)
