"""Somebody has a case open: note it, and tell who else has."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.ports import DeskPorts

PRESENT_FOR = timedelta(seconds=60)
"""An open page tells every 20 seconds that it is open; twice unheard, and it counts as closed."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who else has the case open, and which version of it is stored now."""

    others: tuple[StaffMember, ...]
    version: int


async def note_visit(number: str, member: StaffMember, ports: DeskPorts) -> Company:
    """The others on this case. Raises LookupError."""
    now = ports.bot.now()
    async with ports.bot.unit_of_work() as work:
        case = await find_visible_case(work, number, member)
        await work.case_visits.delete_before(now - PRESENT_FOR)
        await work.case_visits.note(case.number, member.id, now)
        present = [await work.staff.find(staff) for staff in await work.case_visits.since(case.number, now - PRESENT_FOR)]
        await work.commit()
    return Company(others=tuple(other for other in present if other and other.id != member.id), version=case.version)
