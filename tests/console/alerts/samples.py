"""Cases to be alerted about."""

from dataclasses import replace
from typing import Any

from bot.domain.alerts import AlertKind
from bot.domain.cases import Case, CaseNumber
from bot.services.desk.alerts.alert_staff import alert_staff
from tests.adapters.database.samples import make_case
from tests.console.conftest import HALLE, Desk


async def add_case(desk: Desk, number: str = "W-AAAA-0001", **changes: Any) -> Case:
    """A case in Halle, filed just now; nobody is alerted."""
    case = replace(make_case(CaseNumber(number)), **{"municipality": HALLE, "filed_at": desk.world.clock(), **changes})
    async with desk.database.unit_of_work() as work:
        await work.cases.add(case, f"receipt of {number}", None)
        await work.commit()
    return case


async def alert(desk: Desk, kind: AlertKind, case: Case | None, **about: Any) -> None:
    """Alert about it, and keep that."""
    async with desk.database.unit_of_work() as work:
        await alert_staff(work, kind, case, desk.world.clock(), **about)
        await work.commit()
