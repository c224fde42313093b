"""Invented cases, counted by hand below."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.adapters.database.database import Database
from bot.domain.cases import Case, CaseChannel, CaseNumber, CaseStatus, Consent, Statement
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.report_form import Incident

NEW_YEAR_IN_GERMANY = datetime(2024, 12, 31, 23, 0, tzinfo=UTC)
SECRET = "Kanarienvogel-7731"


def a_case(number: int, **changes: Any) -> Case:
    """A case of Halle, filed on 10 March 2025, acknowledged after two days, closed after forty."""
    filed = changes.pop("filed_at", datetime(2025, 3, 10, 12, tzinfo=UTC))
    case = Case(
        number=CaseNumber(f"W-{number:05}"),
        status=CaseStatus.CLOSED,
        municipality=MunicipalityId("halle"),
        channel=CaseChannel.WEB,
        language=Language("de"),
        filed_at=filed,
        incident=Incident(since=None, until=None, precision="unknown", words=""),
        area="work",
        area_detail="pay",
        grounds=("agg.ethnic-origin",),
        form="worse-treatment",
        wish="advice",
        frame="agg-work",
        deadlines=(),
        acknowledge_by=filed + timedelta(days=7),
        feedback_by=filed + timedelta(days=91),
        consent=Consent(version="1", language=Language("de"), given_at=filed),
        statement=Statement(story=SECRET, notes={}),
        contact=SECRET,
        reply_address=None,
        gender="female",
        age_band="27-40",
        outcome="agreement",
        acknowledged_at=filed + timedelta(days=2),
        closed_reason="resolved",
        closed_at=filed + timedelta(days=40),
    )
    return replace(case, **changes)


def several(first: int, count: int, **changes: Any) -> list[Case]:
    """So many cases alike."""
    return [a_case(number, **changes) for number in range(first, first + count)]


def hand_counted() -> Sequence[Case]:
    """Halle, 2025: 12 about work, 6 about housing, 3 about health = 21; one of them erased later, one filed in the first second of it."""
    return [
        a_case(0, filed_at=NEW_YEAR_IN_GERMANY),
        *several(1, 11),
        *several(
            20, 6, area="housing", area_detail="search", gender="male", language=Language("ar"), grounds=("agg.religion", "beyond.language")
        ),
        *several(
            30,
            3,
            area="health",
            area_detail="hospital",
            gender="diverse",
            language=Language("uk"),
            filed_at=datetime(2025, 7, 1, 12, tzinfo=UTC),
        ),
        a_case(40, filed_at=NEW_YEAR_IN_GERMANY - timedelta(seconds=1)),
        *several(50, 9, municipality=MunicipalityId("dresden")),
        a_case(60, municipality=None),
    ]


async def store(database: Database, cases: Iterable[Case]) -> None:
    """Put cases into the database."""
    async with database.unit_of_work() as work:
        for case in cases:
            await work.cases.add(case, f"hash-{case.number}", None)
        await work.commit()
