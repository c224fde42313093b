"""Say when humans answer the chats of a city."""

from collections.abc import Mapping

from bot.domain.knowledge import MunicipalityId
from bot.domain.office_hours import DAYS, HoursError, OfficeHours, Span, read_hours
from bot.domain.staff import StaffMember
from bot.services.desk.ports import DeskPorts


async def set_office_hours(city: str, typed: Mapping[str, str], member: StaffMember, ports: DeskPorts) -> dict[str, str]:
    """Store what was typed per day ("mo" to "su"). Where a day cannot be read nothing is stored, and its fault is returned.

    Raises LookupError for a city that is not one's own.
    """
    municipality = own_city(city, member, ports)
    spans: list[Span] = []
    faults: dict[str, str] = {}
    for weekday, day in enumerate(DAYS):
        try:
            spans += read_hours(typed.get(day, ""), weekday)
        except HoursError as error:
            faults[day] = str(error)
    if not faults:
        async with ports.bot.unit_of_work() as work:
            await work.office_hours.put(municipality, tuple(spans))
            await work.commit()
    return faults


async def find_office_hours(city: str, member: StaffMember, ports: DeskPorts) -> OfficeHours:
    """The hours as they are. Raises LookupError for a city that is not one's own."""
    async with ports.bot.unit_of_work() as work:
        return await work.office_hours.of(own_city(city, member, ports))


def own_city(city: str, member: StaffMember, ports: DeskPorts) -> MunicipalityId:
    """The city by its id. Raises LookupError for one that is not one's own, or that nothing is known of."""
    municipality = MunicipalityId(city)
    if municipality not in member.municipalities or municipality not in ports.bot.published.knowledge.municipalities:
        message = "This is not one of your cities."
        raise LookupError(message)
    return municipality
