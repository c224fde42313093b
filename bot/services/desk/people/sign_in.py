"""The first step into the desk: address and password."""

from dataclasses import replace

from bot.domain.sign_in import Attempt
from bot.domain.staff import StaffId
from bot.services.desk.people.count_attempt import count_attempt, forgive_attempt
from bot.services.desk.ports import DeskPorts


async def sign_in(email: str, password: str, network: str, ports: DeskPorts) -> StaffId | None:
    """Whose password it is; None tells nothing about what was wrong, nor does the time it takes. Raises TooManyAttemptsError."""
    subjects = {Attempt.ACCOUNT: email.strip().casefold(), Attempt.NETWORK: network}
    counted_at = await count_attempt(subjects, ports)
    async with ports.bot.unit_of_work() as work:
        member = await work.staff.find_by_email(email)
        stored = (await work.staff.credentials(member.id)).password_hash if member and not member.disabled_at else None
    if not await ports.passwords.verify(password, stored) or member is None:
        return None
    newer = await ports.passwords.hash(password) if stored and ports.passwords.is_outdated(stored) else None
    async with ports.bot.unit_of_work() as work:
        await forgive_attempt(subjects, counted_at, work, ports)
        credentials = await work.staff.credentials(member.id)
        if newer and credentials.password_hash == stored:
            await work.staff.save_credentials(member.id, replace(credentials, password_hash=newer))
        await work.commit()
    return member.id
