"""Staff corrects codes, city or incident dates of a case."""

from collections.abc import Mapping
from typing import Any

from bot.domain.alerts import AlertKind
from bot.domain.case_work import Step, assign, correct_codes
from bot.domain.cases import Case
from bot.domain.errors import NotAllowedError
from bot.domain.staff import StaffId, StaffMember
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def correct_case(number: str, version: int, corrected: Mapping[str, Any], member: StaffMember, ports: DeskPorts) -> Case:
    """The case as it is now; what is the same already changes nothing. Raises LookupError, ConflictError, NotAllowedError.

    When the case moves to a city that its caseworker does not see, nobody works on it any more; whoever works for that city is told.
    """
    step, knowledge = Step(by=member.id, at=ports.bot.now()), ports.bot.published.knowledge
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        if all(getattr(case, name) == value for name, value in corrected.items()):
            return case
        if corrected.get("municipality") not in (None, case.municipality, *knowledge.municipalities):
            message = "This city is not in the knowledge base."
            raise NotAllowedError(message)
        changed, entry = correct_codes(case, corrected, knowledge.deadlines, step)
        entries = [entry]
        if changed.municipality != case.municipality and not await _sees(changed, work):
            changed, left = assign(changed, None, step)
            entries.append(left)
        await work.cases.save(changed)
        for each in entries:
            await work.case_log.append(each)
        if changed.municipality != case.municipality:
            await alert_staff(work, AlertKind.NEW_CASE, changed, step.at, by=member.id)
        await work.commit()
    return changed


async def _sees(case: Case, work: UnitOfWork) -> bool:
    """Whether who works on the case sees it (nobody counts as seeing it)."""
    assignee = await work.staff.find(StaffId(case.assignee)) if case.assignee else None
    return case.assignee is None or (assignee is not None and assignee.sees_case_of(case.municipality))
