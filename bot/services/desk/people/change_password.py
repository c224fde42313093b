"""Change one's own password; the old one is asked for."""

from dataclasses import replace

from bot.domain.account_log import log_account
from bot.domain.case_log import CaseEvent
from bot.domain.errors import NotAllowedError
from bot.domain.passwords import find_password_fault
from bot.domain.sign_in import Attempt
from bot.domain.staff import StaffMember
from bot.services.desk.people.count_attempt import count_attempt, forgive_attempt
from bot.services.desk.ports import DeskPorts


async def change_password(member: StaffMember, old: str, new: str, ports: DeskPorts, *, session: str) -> None:
    """Store a new password; all other sessions end. Raises NotAllowedError with what is wrong, as a key, and TooManyAttemptsError."""
    if fault := find_password_fault(new, name=member.name, email=member.email):
        raise NotAllowedError(fault)
    if not await check_password(member, old, ports):
        raise NotAllowedError("people.fault.old-password")
    stored = await ports.passwords.hash(new)
    async with ports.bot.unit_of_work() as work:
        await work.staff.save_credentials(member.id, replace(await work.staff.credentials(member.id), password_hash=stored))
        await work.staff_sessions.end_all(member.id, but=session)
        await work.case_log.append(log_account(CaseEvent.PASSWORD_CHANGED, member.id, by=member.id, at=ports.bot.now()))
        await work.commit()


async def check_password(member: StaffMember, password: str, ports: DeskPorts) -> bool:
    """Whether it is theirs. Raises TooManyAttemptsError."""
    subjects = {Attempt.ACCOUNT: member.email.strip().casefold()}
    counted_at = await count_attempt(subjects, ports)
    async with ports.bot.unit_of_work() as work:
        stored = (await work.staff.credentials(member.id)).password_hash
    if not await ports.passwords.verify(password, stored):
        return False
    async with ports.bot.unit_of_work() as work:
        await forgive_attempt(subjects, counted_at, work, ports)
        await work.commit()
    return True
