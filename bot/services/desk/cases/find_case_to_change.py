"""A case that somebody is about to change, exactly as they saw it."""

from bot.domain.cases import Case
from bot.domain.errors import ConflictError
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.ports import UnitOfWork


async def find_case_to_change(work: UnitOfWork, number: str, member: StaffMember, version: int) -> Case:
    """The case. Raises LookupError as find_visible_case does, ConflictError when it is another version now, or erased."""
    case = await find_visible_case(work, number, member)
    if case.version != version or case.erased_at:
        message = "Somebody else changed this case in the meantime, or it was erased."
        raise ConflictError(message)
    return case
