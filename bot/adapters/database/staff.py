"""The desk's accounts: name, address and second factor sealed, roles in clear."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.serialisation import Codec
from bot.adapters.database.staff_tables import StaffRow
from bot.adapters.database.transaction import Transaction
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.stored_people import Credentials

COLUMNS = StaffRow.__table__.c


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What is sealed of an account."""

    name: str
    email: str
    code_secret: str | None = None
    recovery_hashes: tuple[str, ...] = ()
    subject: str | None = None


PROFILES = Codec(Profile)


class StoredStaff:
    """Implements desk.stored_people.Staff."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, member: StaffMember, credentials: Credentials) -> None:
        """Store a new account. Raises ConflictError when the address has one already."""
        profile = prove(Profile(name=member.name, email=member.email), credentials)
        values = {"id": member.id, "created_at": member.created_at, "password_hash": credentials.password_hash}
        await self._transaction.write(
            insert(StaffRow).values(
                **values, **self._clear(member), last_code_step=credentials.last_code_step, profile=self._seal(member.id, profile)
            )
        )

    async def find(self, staff: StaffId) -> StaffMember | None:
        """The account, disabled or not."""
        rows = await self._transaction.read(select(*COLUMNS).where(StaffRow.id == staff))
        return self._read(rows[0]) if rows else None

    async def find_by_email(self, email: str) -> StaffMember | None:
        """The account with an address, however it is capitalised."""
        rows = await self._transaction.read(select(*COLUMNS).where(StaffRow.email_hash == self._hash(email)))
        return self._read(rows[0]) if rows else None

    async def all(self) -> list[StaffMember]:
        """Every account, by name."""
        rows = await self._transaction.read(select(*COLUMNS))
        return sorted(map(self._read, rows), key=lambda member: member.name.casefold())

    async def lock(self) -> None:
        """Until the end of this transaction nobody else changes an account that is there now; always in the same order."""
        await self._transaction.write(select(StaffRow.id).order_by(StaffRow.id).with_for_update())

    async def save(self, member: StaffMember) -> None:
        """Store name, address, roles, cities, language and whether it is disabled."""
        profile = replace(await self._profile(member.id), name=member.name, email=member.email)
        await self._update(member.id, **self._clear(member), profile=self._seal(member.id, profile))

    async def credentials(self, staff: StaffId) -> Credentials:
        """What proves that it is them. Raises LookupError."""
        row = await self._row(staff)
        profile = PROFILES.read(self._cipher.open(row.profile, place(staff)))
        return Credentials(
            password_hash=row.password_hash,
            code_secret=profile.code_secret,
            recovery_hashes=profile.recovery_hashes,
            last_code_step=row.last_code_step,
            subject=profile.subject,
        )

    async def save_credentials(self, staff: StaffId, credentials: Credentials) -> None:
        """Store a new password, second factor, or what was used up of it."""
        profile = prove(await self._profile(staff), credentials)
        values = {"password_hash": credentials.password_hash, "last_code_step": credentials.last_code_step}
        await self._update(staff, **values, profile=self._seal(staff, profile))

    async def _row(self, staff: StaffId) -> Row[Any]:
        rows = (await self._transaction.write(select(*COLUMNS).where(StaffRow.id == staff).with_for_update())).all()
        if not rows:
            message = f"There is no account {staff}."
            raise LookupError(message)
        return rows[0]

    async def _profile(self, staff: StaffId) -> Profile:
        return PROFILES.read(self._cipher.open((await self._row(staff)).profile, place(staff)))

    async def _update(self, staff: StaffId, **values: Any) -> None:  # noqa: ANN401  # whatever the columns take
        await self._transaction.write(update(StaffRow).where(StaffRow.id == staff).values(**values))

    def _clear(self, member: StaffMember) -> dict[str, Any]:
        return {
            "email_hash": self._hash(member.email),
            "roles": sorted(member.roles),
            "municipalities": sorted(member.municipalities),
            "language": member.language,
            "disabled_at": member.disabled_at,
            "seen_on": member.seen_on,
        }

    def _hash(self, email: str) -> str:
        return self._cipher.hash("staff-email", email.strip().casefold())

    def _seal(self, staff: StaffId, profile: Profile) -> bytes:
        return self._cipher.seal(PROFILES.to_bytes(profile), place(staff))

    def _read(self, row: Row[Any]) -> StaffMember:
        profile = PROFILES.read(self._cipher.open(row.profile, place(row.id)))
        return StaffMember(
            id=StaffId(row.id),
            name=profile.name,
            email=profile.email,
            roles=frozenset(map(Role, row.roles)),
            municipalities=frozenset(map(MunicipalityId, row.municipalities)),
            language=row.language,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
            seen_on=row.seen_on,
        )


def prove(profile: Profile, credentials: Credentials) -> Profile:
    """The profile with what proves that it is them."""
    return replace(profile, code_secret=credentials.code_secret, recovery_hashes=credentials.recovery_hashes, subject=credentials.subject)


def place(staff: str) -> str:
    """What a profile is bound to."""
    return f"staff.profile:{staff}"
