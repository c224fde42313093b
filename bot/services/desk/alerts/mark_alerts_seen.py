"""Note that a member of staff has seen what they were told."""

from bot.domain.alerts import AlertKind
from bot.domain.cases import CaseNumber
from bot.domain.staff import StaffMember
from bot.services.ports import Ports


async def mark_alerts_seen(
    member: StaffMember, ports: Ports, *, case: CaseNumber | None = None, kind: AlertKind | None = None, alert: int | None = None
) -> None:
    """One alert, or everything about a case or of a kind, or without any of these everything."""
    async with ports.unit_of_work() as work:
        await work.alerts.mark_seen(member.id, ports.now(), case=case, kind=kind, alert=alert)
        await work.commit()
