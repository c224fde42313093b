"""Turn a finished form into a case: case, first log entry and receipt in one unit of work."""

import secrets
from dataclasses import replace

from bot.domain.alerts import AlertKind
from bot.domain.cases import Case, CaseNumber, open_case
from bot.domain.knowledge import in_language
from bot.domain.messages import Reply, Status
from bot.domain.receipts import make_receipt, show_receipt
from bot.domain.report_form import Draft
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome


async def file_report(draft: Draft, turn: Turn, work: UnitOfWork) -> Outcome:
    """The case with its receipt code, which is shown this once and stored only as a hash; legal periods are told at once."""
    case, entry = open_case(
        draft,
        number=number_from(secrets.token_bytes(10)),
        channel=turn.message.channel,
        language=turn.language,
        now=turn.now,
        rules=turn.knowledge.deadlines,
        reply_address=turn.message.address,
    )
    receipt = make_receipt(secrets.token_bytes(10))
    await work.cases.add(case, turn.ports.cipher.hash("receipt", receipt), turn.conversation.id if draft.wants_reply_in_chat else None)
    await work.case_log.append(entry)
    await alert_staff(work, AlertKind.NEW_CASE, case, turn.now)
    await work.inbox.delete_conversation(turn.conversation.id)  # earlier answers repeat the story
    filed = Reply(text="\n\n".join([turn.say("report.filed"), *_deadlines(case, turn)]))
    code = Reply(text=turn.say("report.receipt", code=show_receipt(receipt)), choices=(turn.button("saved", "report.saved"),))
    done = outcome(turn, Status.FILED, filed, code, report=None)
    return replace(done, conversation=replace(done.conversation, unanswered=0))


def number_from(random_bytes: bytes) -> CaseNumber:
    """A number that tells nothing: eight characters after a W."""
    code = make_receipt(random_bytes)
    return CaseNumber(f"W-{code[8:12]}-{code[12:]}")


def _deadlines(case: Case, turn: Turn) -> list[str]:
    rules = {rule.id: rule for rule in turn.knowledge.deadlines}
    told = []
    for deadline in case.deadlines:
        what, _ = in_language(rules[deadline.rule].what, turn.language)
        told.append(turn.say("report.deadline-of", what=what, due=deadline.due))
    return told
