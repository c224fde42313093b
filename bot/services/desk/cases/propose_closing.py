"""Somebody proposes to close a case; a lead decides."""

from bot.domain import case_work
from bot.domain.alerts import AlertKind
from bot.domain.staff import StaffMember
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def propose_closing(number: str, version: int, reason: str, member: StaffMember, ports: DeskPorts) -> None:
    """Keep the proposal until a lead closes the case or declines. Raises LookupError, ConflictError, NotAllowedError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        changed, entry = case_work.propose_closing(case, reason, case_work.Step(by=member.id, at=ports.bot.now()))
        await work.cases.save(changed)
        await work.case_log.append(entry)
        await alert_staff(work, AlertKind.CLOSING_PROPOSED, changed, ports.bot.now(), by=member.id)
        await work.commit()
