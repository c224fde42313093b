"""One-time links into the desk: for the first admin, for new members, and for who lost password or second factor."""

import secrets
from datetime import datetime, timedelta

from bot.domain.account_log import SYSTEM, log_account, log_at_desk, tell_invitation, tell_rights
from bot.domain.case_log import CaseEvent
from bot.domain.staff import Role, StaffId, StaffMember, is_admin
from bot.services.desk.people.stored_entry import Invitation
from bot.services.ports import Cipher, UnitOfWork

LINK_VALID_FOR = timedelta(hours=24)
"""Of a link to an account that can do something already; one for new members is valid longer."""


async def make_first_invitation(work: UnitOfWork, cipher: Cipher, now: datetime) -> str | None:
    """The token of a link for the first admin, in place of any older one; None when there is an admin already."""
    if any(map(is_admin, await work.staff.all())):
        return None
    await work.staff_invitations.revoke_for("first")
    invitation = Invitation(token_hash="", purpose="first", roles=frozenset({Role.ADMIN}), expires_at=now + LINK_VALID_FOR)
    return await add_invitation(invitation, work, cipher, now)


async def make_recovery_link(member: StaffMember, work: UnitOfWork, cipher: Cipher, now: datetime, *, by: StaffId | None = None) -> str:
    """The token of a link for a new password and second factor, in place of any older one; what they have works until then."""
    await work.staff_invitations.revoke_for("recover", member.id)
    invitation = Invitation(
        token_hash="",
        purpose="recover",
        staff=member.id,
        name=member.name,
        email=member.email,
        roles=member.roles,
        municipalities=member.municipalities,
        invited_by=by,
        expires_at=now + LINK_VALID_FOR,
    )
    return await add_invitation(invitation, work, cipher, now)


async def add_invitation(invitation: Invitation, work: UnitOfWork, cipher: Cipher, now: datetime) -> str:
    """Store a link under the hash of a new token, and log that; the token."""
    token = secrets.token_urlsafe(32)
    hashed = Invitation(**{**invitation.__dict__, "token_hash": hash_token(token, cipher)})
    await work.staff_invitations.add(hashed)
    by, named = hashed.invited_by or SYSTEM, tell_invitation(hashed.token_hash)
    if hashed.staff:
        entry = log_account(CaseEvent.ACCESS_LINK_MADE, hashed.staff, by=by, at=now, invitation=named)
    else:
        rights = tell_rights(hashed.roles, hashed.municipalities)
        entry = log_at_desk(CaseEvent.ACCOUNT_INVITED, by=by, at=now, invitation=named, **rights)
    await work.case_log.append(entry)
    return token


def hash_token(token: str, cipher: Cipher) -> str:
    """What a link is stored under."""
    return cipher.hash("staff-invitation", token)
