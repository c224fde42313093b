"""File a report that staff took down for somebody, with a receipt code for the person; filing it again changes nothing."""

import secrets

from bot.domain.alerts import AlertKind
from bot.domain.cases import Case, CaseNumber
from bot.domain.errors import ConflictError
from bot.domain.intake import Intake, open_taken_down
from bot.domain.receipts import ReceiptCode, make_receipt
from bot.domain.staff import StaffMember
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.file_report import number_from
from bot.services.ports import Ports, UnitOfWork


async def take_in(intake: Intake, form_id: str, member: StaffMember, ports: Ports) -> tuple[Case, ReceiptCode | None]:
    """The case with its receipt code, which is shown this once; no code when this very form was filed before.

    The number of the case comes out of the form's id, so that a form that is sent twice meets its own case.
    """
    number = number_from(bytes.fromhex(ports.cipher.hash("intake", f"{member.id}:{form_id}")))
    try:
        return await _file(intake, number, member, ports)
    except ConflictError:
        return await _file(intake, number, member, ports)  # the same form came twice at once, or the log was in use


async def _file(intake: Intake, number: CaseNumber, member: StaffMember, ports: Ports) -> tuple[Case, ReceiptCode | None]:
    now, receipt = ports.now(), make_receipt(secrets.token_bytes(10))
    async with ports.unit_of_work() as work:
        if filed := await _find(work, number):
            return filed, None
        rules = ports.published.knowledge.deadlines
        case, entries = open_taken_down(intake, member, number=number, now=now, rules=rules)
        await work.cases.add(case, ports.cipher.hash("receipt", receipt), None)
        for entry in entries:
            await work.case_log.append(entry)
        await alert_staff(work, AlertKind.NEW_CASE, case, now, by=member.id)
        await work.commit()
    return case, receipt


async def _find(work: UnitOfWork, number: CaseNumber) -> Case | None:
    try:
        return await work.cases.get(number)
    except LookupError:
        return None
