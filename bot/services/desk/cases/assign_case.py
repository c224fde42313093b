"""A case is given to somebody who sees its city, or to nobody."""

from bot.domain.alerts import AlertKind
from bot.domain.case_work import Step, assign, may_assign
from bot.domain.cases import Case
from bot.domain.errors import NotAllowedError
from bot.domain.staff import Permission, StaffId, StaffMember
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def assign_case(number: str, version: int, to: StaffId | None, member: StaffMember, ports: DeskPorts) -> None:
    """Change who works on it; the same person again changes nothing. Raises LookupError, ConflictError, NotAllowedError."""
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        if case.assignee == to:
            return
        if not may_assign(case, to, member) or (to and not await _can_work_on(case, to, work)):
            message = "This case cannot be given to that person."
            raise NotAllowedError(message)
        changed, entry = assign(case, to, Step(by=member.id, at=ports.bot.now()))
        await work.cases.save(changed)
        await work.case_log.append(entry)
        await alert_staff(work, AlertKind.ASSIGNED, changed, ports.bot.now(), by=member.id)
        await work.commit()


async def _can_work_on(case: Case, staff: StaffId, work: UnitOfWork) -> bool:
    chosen = await work.staff.find(staff)
    return chosen is not None and chosen.may(Permission.WORK_ON_CASES) and chosen.sees_case_of(case.municipality)
