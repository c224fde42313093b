"""A second factor: a secret is offered, a first code proves that the app has it, and recovery codes are made."""

import secrets
from dataclasses import dataclass, replace

from bot.domain.account_log import log_account
from bot.domain.case_log import CaseEvent
from bot.domain.sign_in import RECOVERY_CODES, make_recovery_codes, read_code
from bot.domain.staff import StaffId
from bot.services.desk.people.confirm_code import hash_recovery_code
from bot.services.desk.people.sign_in_ports import Square
from bot.services.desk.people.stored_people import Credentials, StaffSession
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork

SEED_BYTES = 20
"""RFC 4226 asks for 16 and advises 20."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A secret to be scanned or typed. `replaces` tells whether there is a second factor already."""

    secret: str
    square: Square
    replaces: bool


async def offer_second_factor(session: StaffSession, issuer: str, ports: DeskPorts) -> Offer:
    """What this session may set up; the same until it has been set up, and stored nowhere until then."""
    async with ports.bot.unit_of_work() as work:
        credentials, member = await work.staff.credentials(session.staff), await work.staff.find(session.staff)
    if member is None:
        raise LookupError(session.staff)
    secret = derive_secret(session, credentials, ports)
    address = ports.codes.make_address(secret, member.email, issuer)
    return Offer(secret=secret, square=ports.codes.draw(address), replaces=credentials.code_secret is not None)


async def set_up_second_factor(session: StaffSession, typed: str, ports: DeskPorts, *, may_replace: bool) -> tuple[str, ...] | None:
    """Store the offered secret; the recovery codes, to be shown once. None when the code is not of that secret.

    Without `may_replace` (somebody who only gave a password) an existing second factor stays: LookupError.
    All other sessions end.
    """
    async with ports.bot.unit_of_work() as work:
        credentials = await work.staff.credentials(session.staff)
        if credentials.code_secret and not may_replace:
            raise LookupError(session.staff)
        secret = derive_secret(session, credentials, ports)
        step = ports.codes.find_step(secret, read_code(typed), ports.bot.now())
        if step is None:
            return None
        codes = await _renew(session.staff, replace(credentials, code_secret=secret, last_code_step=step), work, ports)
        await work.staff_sessions.end_all(session.staff, but=session.reference)
        await work.case_log.append(log_account(CaseEvent.SECOND_FACTOR_SET, session.staff, by=session.staff, at=ports.bot.now()))
        await work.commit()
    return codes


async def renew_recovery_codes(staff: StaffId, ports: DeskPorts) -> tuple[str, ...]:
    """New recovery codes, to be shown once; the old ones end."""
    async with ports.bot.unit_of_work() as work:
        codes = await _renew(staff, await work.staff.credentials(staff), work, ports)
        await work.commit()
    return codes


async def _renew(staff: StaffId, credentials: Credentials, work: UnitOfWork, ports: DeskPorts) -> tuple[str, ...]:
    codes = make_recovery_codes(secrets.token_bytes(10 * RECOVERY_CODES))
    hashes = tuple(hash_recovery_code(staff, read_code(code), ports) for code in codes)
    await work.staff.save_credentials(staff, replace(credentials, recovery_hashes=hashes))
    return codes


def derive_secret(session: StaffSession, credentials: Credentials, ports: DeskPorts) -> str:
    """A secret from the session's random reference and the former secret, under our key."""
    seed = ports.bot.cipher.hash("staff-code-secret", f"{session.reference}:{credentials.code_secret or ''}")
    return ports.codes.make_secret(bytes.fromhex(seed)[:SEED_BYTES])
