"""Somebody opens the page of a case: logged once a day, whatever else they do there."""

from bot.domain.case_records import log_reading
from bot.domain.case_work import Step
from bot.domain.staff import StaffMember
from bot.services.desk.cases.read_case import CaseFile
from bot.services.desk.ports import DeskPorts


async def note_reading(file: CaseFile, member: StaffMember, ports: DeskPorts) -> None:
    """Log it, unless the file that was read says that it is logged; only then anything is written at all."""
    case, step = file.case, Step(by=member.id, at=ports.bot.now())
    if log_reading(case, file.entries, step) is None:
        return
    async with ports.bot.unit_of_work() as work:
        await work.case_visits.note(case.number, member.id, step.at)  # whoever opens it twice at once waits here
        entry = log_reading(case, await work.case_log.of(case.number), step)
        if entry:
            await work.case_log.append(entry)
            await work.commit()
