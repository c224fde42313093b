"""The second step into the desk: a one-time code, or one of the recovery codes."""

from dataclasses import replace

from bot.domain.sign_in import Attempt, read_code
from bot.domain.staff import StaffId
from bot.services.desk.people.count_attempt import count_attempt, forgive_attempt
from bot.services.desk.people.stored_people import Credentials
from bot.services.desk.ports import DeskPorts


async def confirm_code(staff: StaffId, typed: str, ports: DeskPorts) -> bool:
    """Whether the code is theirs; it is used up by that. Raises TooManyAttemptsError."""
    subjects = {Attempt.CODE: staff}
    counted_at = await count_attempt(subjects, ports)
    async with ports.bot.unit_of_work() as work:
        used = use_code(staff, await work.staff.credentials(staff), read_code(typed), ports)
        if used is None:
            return False
        await work.staff.save_credentials(staff, used)
        await forgive_attempt(subjects, counted_at, work, ports)
        await work.commit()
    return True


def use_code(staff: StaffId, credentials: Credentials, code: str, ports: DeskPorts) -> Credentials | None:
    """The credentials after a code was used, so that nobody can use it again; None when it is wrong."""
    if credentials.code_secret is None:
        return None
    step = ports.codes.find_step(credentials.code_secret, code, ports.bot.now())
    if step is not None:
        is_new = credentials.last_code_step is None or step > credentials.last_code_step
        return replace(credentials, last_code_step=step) if is_new else None
    given = hash_recovery_code(staff, code, ports)
    left = tuple(each for each in credentials.recovery_hashes if each != given)
    return replace(credentials, recovery_hashes=left) if len(left) < len(credentials.recovery_hashes) else None


def hash_recovery_code(staff: StaffId, code: str, ports: DeskPorts) -> str:
    """What is stored of a recovery code: keyed, and only good for this account."""
    return ports.bot.cipher.hash("staff-recovery-code", f"{staff}:{code}")
