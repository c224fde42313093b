"""Change who somebody is at the desk and what they may do; somebody who manages people always stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.staff import Role, StaffId, StaffMember, find_email_fault, find_role_fault, is_admin
from bot.services.desk.people.make_invitation import make_recovery_link
from bot.services.desk.ports import DeskPorts


async def change_member(
    staff: StaffId, ports: DeskPorts, *, name: str, email: str, roles: frozenset[Role], municipalities: frozenset[MunicipalityId]
) -> None:
    """Store name, address, roles and cities. Raises LookupError, and NotAllowedError with what is wrong, as a key.

    Who needs a second factor from now on is signed out, and sets it up at the next sign-in.
    """
    fault = ("" if name else "people.fault.no-name") or find_email_fault(email) or find_role_fault(roles, municipalities)
    if fault:
        raise NotAllowedError(fault)
    await _change(staff, ports, lambda member, _: replace(member, name=name, email=email, roles=roles, municipalities=municipalities))


async def disable_member(staff: StaffId, ports: DeskPorts) -> None:
    """Nobody gets in with this account any more, from this moment on. Raises LookupError, NotAllowedError."""
    await _change(staff, ports, lambda member, now: replace(member, disabled_at=member.disabled_at or now))


async def enable_member(staff: StaffId, ports: DeskPorts) -> None:
    """The account can be used again. Raises LookupError."""
    await _change(staff, ports, lambda member, _: replace(member, disabled_at=None))


async def change_own(staff: StaffId, ports: DeskPorts, *, name: str, language: Language) -> None:
    """One's own name and language. Raises LookupError, NotAllowedError."""
    if not name:
        raise NotAllowedError("people.fault.no-name")
    await _change(staff, ports, lambda member, _: replace(member, name=name, language=language))


async def renew_access(staff: StaffId, ports: DeskPorts, *, by: StaffId) -> str:
    """The token of a link for a new password and second factor. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        member = await work.staff.find(staff)
        if member is None or member.disabled_at:
            raise LookupError(staff)
        token = await make_recovery_link(member, work, ports.bot.cipher, ports.bot.now(), by=by)
        await work.commit()
    return token


async def _change(staff: StaffId, ports: DeskPorts, change: Callable[[StaffMember, datetime], StaffMember]) -> None:
    async with ports.bot.unit_of_work() as work:
        await work.staff.lock()  # two who change at once overwrite nothing, and do not both leave as the last but one admin
        member = await work.staff.find(staff)
        if member is None:
            raise LookupError(staff)
        changed = change(member, ports.bot.now())
        try:
            await work.staff.save(changed)
        except ConflictError as error:
            raise NotAllowedError("people.fault.address-taken") from error
        if is_admin(member) and not any(map(is_admin, await work.staff.all())):
            raise NotAllowedError("people.fault.last-admin")
        if changed.disabled_at or (changed.needs_second_factor() and not member.needs_second_factor()):
            await work.staff_sessions.end_all(staff)
        if changed.disabled_at:
            await work.staff_invitations.revoke_for("recover", staff)
        if is_admin(member) and not is_admin(changed):
            await work.staff_invitations.revoke_from(staff)
        await work.commit()
