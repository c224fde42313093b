"""A case that somebody may see; for everybody else it does not exist."""

from bot.domain.cases import Case, CaseNumber
from bot.domain.staff import StaffMember
from bot.services.ports import UnitOfWork


async def find_visible_case(work: UnitOfWork, number: str, member: StaffMember) -> Case:
    """The case, erased or not. Raises LookupError where there is none, and where it belongs to another city: nobody can tell which."""
    case = await work.cases.get(CaseNumber(number))
    if not member.sees_case_of(case.municipality):
        message = f"There is no case {number}."
        raise LookupError(message)
    return case
