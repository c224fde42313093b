"""What is stored about invitations and failed attempts to sign in, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId

Purpose = Literal["first", "join", "recover"]
"""What a link is for: the first admin, a new member, or a new password and second factor for an account that is there."""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A one-time link. Its token is stored only as a hash, which also names it on pages."""

    token_hash: str
    purpose: Purpose
    staff: StaffId | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[Role]
    municipalities: frozenset[MunicipalityId] = frozenset()
    invited_by: StaffId | None = None
    expires_at: datetime


class StaffInvitations(Protocol):
    """Open invitations; name and address are sealed."""

    async def add(self, invitation: Invitation) -> None: ...
    async def find(self, token_hash: str, now: datetime) -> Invitation | None: ...
    async def take(self, token_hash: str, now: datetime) -> Invitation | None:
        """The invitation, once; None when it was used, revoked, has expired or never was."""
        ...

    async def all(self, now: datetime) -> list[Invitation]:
        """What is open, the soonest to expire first."""
        ...

    async def revoke(self, token_hash: str) -> bool: ...
    async def revoke_for(self, purpose: Purpose, staff: StaffId | None = None) -> None:
        """Revoke every link for one purpose (and account): a new one replaces it."""
        ...

    async def revoke_from(self, staff: StaffId) -> None:
        """Revoke every link that somebody made."""
        ...

    async def delete_expired(self, now: datetime) -> int: ...


class SignInFailures(Protocol):
    """Failed attempts, under keyed hashes of accounts and networks."""

    async def add(self, subject: str, at: datetime) -> Sequence[datetime]:
        """Count an attempt as failed until it turns out otherwise; when the earlier ones were."""
        ...

    async def forget(self, subject: str, at: datetime) -> None:
        """Take one attempt back."""
        ...

    async def clear(self, subject: str) -> None: ...
    async def delete_before(self, moment: datetime) -> int: ...
