"""One-time links into the desk, with name and address sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.staff_tables import StaffInvitationRow
from bot.adapters.database.transaction import Transaction
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId
from bot.services.desk.people.stored_entry import Invitation, Purpose

COLUMNS = StaffInvitationRow.__table__.c


@dataclass(frozen=True, kw_only=True)
class Guest:
    """What is sealed of an invitation."""

    name: str
    email: str


GUESTS = Codec(Guest)


class StoredStaffInvitations:
    """Implements desk.stored_entry.StaffInvitations."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, invitation: Invitation) -> None:
        """Store a new one."""
        guest = GUESTS.to_bytes(Guest(name=invitation.name, email=invitation.email))
        values = {name: getattr(invitation, name) for name in ("token_hash", "purpose", "staff", "invited_by", "expires_at")}
        lists = {"roles": sorted(invitation.roles), "municipalities": sorted(invitation.municipalities)}
        profile = self._cipher.seal(guest, place(invitation.token_hash))
        await self._transaction.write(insert(StaffInvitationRow).values(**values, **lists, profile=profile))

    async def find(self, token_hash: str, now: datetime) -> Invitation | None:
        """The invitation of a link, as long as it is valid."""
        rows = await self._transaction.read(select(*COLUMNS).where(*valid(token_hash, now)))
        return self._read(rows[0]) if rows else None

    async def take(self, token_hash: str, now: datetime) -> Invitation | None:
        """The invitation, which is gone afterwards."""
        taken = delete(StaffInvitationRow).where(*valid(token_hash, now)).returning(*COLUMNS)
        row = (await self._transaction.write(taken)).one_or_none()
        return self._read(row) if row else None

    async def all(self, now: datetime) -> list[Invitation]:
        """What is open, the soonest to expire first."""
        found = select(*COLUMNS).where(StaffInvitationRow.expires_at > now).order_by(StaffInvitationRow.expires_at)
        return [self._read(row) for row in await self._transaction.read(found)]

    async def revoke(self, token_hash: str) -> bool:
        """Revoke one; False when there is none."""
        gone = delete(StaffInvitationRow).where(StaffInvitationRow.token_hash == token_hash)
        return bool((await self._transaction.write(gone)).rowcount)

    async def revoke_for(self, purpose: Purpose, staff: StaffId | None = None) -> None:
        """Revoke every link for one purpose and account."""
        same_account = StaffInvitationRow.staff == staff if staff else StaffInvitationRow.staff.is_(None)
        await self._transaction.write(delete(StaffInvitationRow).where(StaffInvitationRow.purpose == purpose, same_account))

    async def revoke_from(self, staff: StaffId) -> None:
        """Revoke every link that somebody made."""
        await self._transaction.write(delete(StaffInvitationRow).where(StaffInvitationRow.invited_by == staff))

    async def delete_expired(self, now: datetime) -> int:
        """Delete what nobody can use any more; how many."""
        return (await self._transaction.write(delete(StaffInvitationRow).where(StaffInvitationRow.expires_at <= now))).rowcount

    def _read(self, row: Row[Any]) -> Invitation:
        guest = GUESTS.read(self._cipher.open(row.profile, place(row.token_hash)))
        return Invitation(
            token_hash=row.token_hash,
            purpose=row.purpose,
            staff=StaffId(row.staff) if row.staff else None,
            name=guest.name,
            email=guest.email,
            roles=frozenset(map(Role, row.roles)),
            municipalities=frozenset(map(MunicipalityId, row.municipalities)),
            invited_by=StaffId(row.invited_by) if row.invited_by else None,
            expires_at=row.expires_at,
        )


def valid(token_hash: str, now: datetime) -> tuple[Any, ...]:
    """What a usable link fulfils."""
    return StaffInvitationRow.token_hash == token_hash, StaffInvitationRow.expires_at > now


def place(token_hash: str) -> str:
    """What a guest's name is bound to."""
    return f"staff_invitations.profile:{token_hash}"
