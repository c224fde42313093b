"""Change who somebody is at the desk and what they may do; somebody who manages people always stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.account_log import log_account, tell_changes
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.staff import Role, StaffId, StaffMember, find_email_fault, find_role_fault, is_admin
from bot.services.desk.people.make_invitation import make_recovery_link
from bot.services.desk.ports import DeskPorts


async def change_member(
    staff: StaffId,
    ports: DeskPorts,
    *,
    name: str,
    email: str,
    roles: frozenset[Role],
    municipalities: frozenset[MunicipalityId],
    by: StaffId,
) -> None:
    """Store name, address, roles and cities. Raises LookupError, and NotAllowedError with what is wrong, as a key.

    Nobody gives themselves roles or cities. Who needs a second factor from now on is signed out, and sets it up at the next sign-in.
    """
    fault = ("" if name else "people.fault.no-name") or find_email_fault(email) or find_role_fault(roles, municipalities)
    if fault:
        raise NotAllowedError(fault)

    def change(member: StaffMember, _: datetime) -> StaffMember:
        if by == staff and (roles, municipalities) != (member.roles, member.municipalities):
            raise NotAllowedError("people.fault.own-roles")
        return replace(member, name=name, email=email, roles=roles, municipalities=municipalities)

    await _change(staff, ports, change, by)


async def disable_member(staff: StaffId, ports: DeskPorts, *, by: StaffId) -> None:
    """Nobody gets in with this account any more, from this moment on. Raises LookupError, NotAllowedError."""
    await _change(staff, ports, lambda member, now: replace(member, disabled_at=member.disabled_at or now), by)


async def enable_member(staff: StaffId, ports: DeskPorts, *, by: StaffId) -> None:
    """The account can be used again. Raises LookupError."""
    await _change(staff, ports, lambda member, _: replace(member, disabled_at=None), by)


async def change_own(staff: StaffId, ports: DeskPorts, *, name: str, language: Language) -> None:
    """One's own name and language. Raises LookupError, NotAllowedError."""
    if not name:
        raise NotAllowedError("people.fault.no-name")
    await _change(staff, ports, lambda member, _: replace(member, name=name, language=language), staff)


async def renew_access(staff: StaffId, ports: DeskPorts, *, by: StaffId) -> str:
    """The token of a link for a new password and second factor. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        member = await work.staff.find(staff)
        if member is None or member.disabled_at:
            raise LookupError(staff)
        token = await make_recovery_link(member, work, ports.bot.cipher, ports.bot.now(), by=by)
        await work.commit()
    return token


async def _change(staff: StaffId, ports: DeskPorts, change: Callable[[StaffMember, datetime], StaffMember], by: StaffId) -> None:
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
        for entry in _tell(member, changed, by, ports.bot.now()):
            await work.case_log.append(entry)
        await work.commit()


def _tell(before: StaffMember, after: StaffMember, by: StaffId, at: datetime) -> list[LogEntry]:
    """What the log says about it."""
    changes, was, stays = tell_changes(before, after), before.disabled_at is None, after.disabled_at is None
    entries = [log_account(CaseEvent.ACCOUNT_CHANGED, after.id, by=by, at=at, **changes)] if changes else []
    if was != stays:
        event = CaseEvent.ACCOUNT_ENABLED if stays else CaseEvent.ACCOUNT_DISABLED
        entries.append(log_account(event, after.id, by=by, at=at))
    return entries
