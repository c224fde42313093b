"""Somebody takes a case that nobody works on yet."""

from bot.domain.staff import StaffMember
from bot.services.desk.cases.assign_case import assign_case
from bot.services.desk.ports import DeskPorts


async def take_case(number: str, version: int, member: StaffMember, ports: DeskPorts) -> None:
    """Assign it to oneself. Raises LookupError, ConflictError, NotAllowedError when it is somebody else's."""
    await assign_case(number, version, member.id, member, ports)
