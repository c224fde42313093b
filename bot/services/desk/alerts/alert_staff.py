"""Tell whoever is responsible that something happened, in the same unit of work."""

from datetime import datetime

from bot.domain.alerts import Alert, AlertKind, choose_recipients
from bot.domain.cases import Case
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import StaffId
from bot.services.ports import UnitOfWork


async def alert_staff(
    work: UnitOfWork,
    kind: AlertKind,
    case: Case | None,
    now: datetime,
    *,
    by: StaffId | None = None,
    municipality: MunicipalityId | None = None,
) -> None:
    """Alert about a case as it is now, or without one about a city; `by` is who did it and needs no alert."""
    recipients = choose_recipients(
        kind,
        await work.staff.all(),
        municipality=case.municipality if case else municipality,
        assignee=case.assignee if case else None,
        by=by,
    )
    number = case.number if case else None
    await work.alerts.add(Alert(staff=member.id, kind=kind, case=number, at=now) for member in recipients)
