"""Cases of long ago."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.cases import Case, CaseNumber, CaseStatus
from bot.domain.knowledge import MunicipalityId
from tests.console.case.conftest import file_case
from tests.console.conftest import HALLE, Desk

LONG_AGO = datetime(2021, 5, 4, 12, tzinfo=UTC)


async def file_closed(desk: Desk, number: str, city: MunicipalityId | None = HALLE, **changes: Any) -> Case:
    """A case that was closed so long ago that its time is over."""
    old = {"status": CaseStatus.CLOSED, "closed_reason": "resolved", "closed_at": LONG_AGO, "touched_at": LONG_AGO, **changes}
    before, desk.world.clock.now = desk.world.clock.now, LONG_AGO
    case = await file_case(desk, city, CaseNumber(number), **old)
    desk.world.clock.now = before
    return case
