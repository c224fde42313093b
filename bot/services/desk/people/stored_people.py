"""What is stored about the people at the desk, as protocols."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.domain.staff import StaffId, StaffMember

Stage = Literal["password", "full"]
"""How far a session has come: only the password was right, or everything that this person needs."""


@dataclass(frozen=True, kw_only=True)
class StaffSession:
    """A signed-in browser. `reference` names it on pages; the cookie's token itself is stored only as a hash."""

    reference: str
    staff: StaffId
    stage: Stage
    device: str
    opened_at: datetime
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What proves that it is them. `recovery_hashes` are used up one by one; `last_code_step` guards against a replayed code.

    `subject` is who they are at the identity provider, once they came from there.
    """

    password_hash: str | None
    code_secret: str | None = None
    recovery_hashes: tuple[str, ...] = ()
    last_code_step: int | None = None
    subject: str | None = None


class Staff(Protocol):
    """The accounts; names and addresses are sealed."""

    async def add(self, member: StaffMember, credentials: Credentials) -> None:
        """Store a new account. Raises ConflictError when the address has one already."""
        ...

    async def find(self, staff: StaffId) -> StaffMember | None: ...
    async def find_by_email(self, email: str) -> StaffMember | None: ...
    async def all(self) -> list[StaffMember]:
        """Every account, disabled ones too, by name."""
        ...

    async def lock(self) -> None:
        """Until the end of this transaction nobody else changes an account that is there now."""
        ...

    async def save(self, member: StaffMember) -> None: ...
    async def credentials(self, staff: StaffId) -> Credentials: ...
    async def save_credentials(self, staff: StaffId, credentials: Credentials) -> None: ...


class StaffSessions(Protocol):
    """Who is signed in where."""

    async def add(self, token_hash: str, session: StaffSession) -> None: ...
    async def find(self, token_hash: str) -> StaffSession | None: ...
    async def touch(self, token_hash: str, seen_at: datetime) -> None: ...
    async def of(self, staff: StaffId) -> list[StaffSession]: ...
    async def end(self, reference: str, staff: StaffId) -> bool:
        """End one of somebody's sessions; False when there is no such session."""
        ...

    async def end_all(self, staff: StaffId, *, but: str = "") -> None:
        """End all of somebody's sessions, except the one with this reference."""
        ...

    async def delete_seen_before(self, moment: datetime) -> int: ...
