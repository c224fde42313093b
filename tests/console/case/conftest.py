"""A case at the desk, and what its pages say."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.cases import Case, CaseNumber, Deadline, log_of
from bot.domain.knowledge import MunicipalityId
from bot.domain.report_form import Incident
from tests.adapters.database.samples import make_case
from tests.console.conftest import HALLE, Desk

NUMBER = CaseNumber("W-4711-ABCD")
STORY = "قالوا لي إن الشقة ذهبت، ثم أعلنوا عنها من جديد. \ud83d"
CONTACT = "0345 kanarienvogel"
WHEN = "zu Beginn der Herbstferien"


async def file_case(desk: Desk, city: MunicipalityId | None = HALLE, number: CaseNumber = NUMBER, **changes: object) -> Case:
    """A report about a flat, filed just now; its words are all different."""
    now = desk.world.clock()
    sample = make_case(number)
    assert sample.statement
    case = replace(
        sample,
        municipality=city,
        filed_at=now,
        incident=Incident(since=date(2026, 10, 12), until=date(2026, 10, 12), precision="day", words=WHEN),
        deadlines=(Deadline(rule="agg-civil-claim", due=date(2026, 12, 12)),),
        acknowledge_by=now.replace(day=27),
        feedback_by=now.replace(year=2027, month=2),
        statement=replace(sample.statement, story=STORY, place="beim Besichtigungstermin", when=WHEN, notes={"area": "Maklerbüro"}),
        contact=CONTACT,
        **changes,
    )
    async with desk.database.unit_of_work() as work:
        await work.cases.add(case, f"receipt-{number}", None)
        await work.case_log.append(log_of(case, CaseEvent.OPENED, actor="person", at=now, channel="web", status="new"))
        await work.commit()
    return case


async def read_stored(desk: Desk, number: CaseNumber = NUMBER) -> tuple[Case, list[LogEntry]]:
    """The case and its log as they are stored."""
    async with desk.database.unit_of_work() as work:
        return await work.cases.get(number), await work.case_log.of(number)


@pytest.fixture
async def case(desk: Desk) -> Case:
    return await file_case(desk)
