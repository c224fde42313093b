"""Delete a filter of the case list that somebody kept."""

from bot.domain.staff import StaffMember
from bot.services.desk.ports import DeskPorts


async def delete_filter(reference: str, member: StaffMember, ports: DeskPorts) -> None:
    """Delete one of one's own. Raises LookupError for any other."""
    async with ports.bot.unit_of_work() as work:
        if not await work.saved_filters.delete(reference, member.id):
            message = "There is no such filter."
            raise LookupError(message)
        await work.commit()
