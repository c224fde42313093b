"""Staff keeps a note, an intervention or a referral with a case."""

from datetime import date

from bot.domain import case_records
from bot.domain.case_records import CaseRecord, RecordKind
from bot.domain.case_work import Step
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.ports import DeskPorts


async def add_record(
    number: str, version: int, member: StaffMember, ports: DeskPorts, *, kind: RecordKind, code: str, happened_on: date | None, text: str
) -> None:
    """Store it and log it. Raises LookupError, ConflictError, NotAllowedError."""
    step = Step(by=member.id, at=ports.bot.now())
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        record = CaseRecord(case=case.number, kind=kind, code=code, happened_on=happened_on, staff=member.id, written_at=step.at, text=text)
        changed, entry = case_records.add_record(case, record, step)
        await work.cases.save(changed)
        await work.case_records.add(record)
        await work.case_log.append(entry)
        await work.commit()
