"""Invite somebody to the desk."""

from datetime import datetime

from bot.domain.account_log import log_at_desk, tell_invitation
from bot.domain.case_log import CaseEvent
from bot.domain.errors import NotAllowedError
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import INVITATION_VALID_FOR, Role, StaffId, find_email_fault, find_role_fault
from bot.services.desk.people.make_invitation import add_invitation
from bot.services.desk.people.stored_entry import Invitation
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def invite(
    ports: DeskPorts, *, name: str, email: str, roles: frozenset[Role], municipalities: frozenset[MunicipalityId], by: StaffId
) -> str:
    """The token of a new link, in place of an open one for the same address. Raises NotAllowedError with what is wrong, as a key."""
    fault = ("" if name else "people.fault.no-name") or find_email_fault(email) or find_role_fault(roles, municipalities)
    if fault:
        raise NotAllowedError(fault)
    now, cipher = ports.bot.now(), ports.bot.cipher
    async with ports.bot.unit_of_work() as work:
        if await work.staff.find_by_email(email):
            raise NotAllowedError("people.fault.address-taken")
        for other in await work.staff_invitations.all(now):
            if other.purpose == "join" and other.email.casefold() == email.casefold():
                await work.staff_invitations.revoke(other.token_hash)
                await _log_revoked(other.token_hash, work, by, now)
        invitation = Invitation(
            token_hash="",
            purpose="join",
            name=name,
            email=email,
            roles=roles,
            municipalities=municipalities,
            invited_by=by,
            expires_at=now + INVITATION_VALID_FOR,
        )
        token = await add_invitation(invitation, work, cipher, now)
        await work.commit()
    return token


async def revoke_invitation(token_hash: str, ports: DeskPorts, *, by: StaffId) -> None:
    """Make a link useless. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        if not await work.staff_invitations.revoke(token_hash):
            raise LookupError(token_hash)
        await _log_revoked(token_hash, work, by, ports.bot.now())
        await work.commit()


async def _log_revoked(token_hash: str, work: UnitOfWork, by: StaffId, at: datetime) -> None:
    await work.case_log.append(log_at_desk(CaseEvent.INVITATION_REVOKED, by=by, at=at, invitation=tell_invitation(token_hash)))
