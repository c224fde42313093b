"""Follow a one-time link: choose a password, and be somebody at the desk."""

import secrets
from dataclasses import replace

from bot.domain.account_log import log_account, tell_invitation, tell_rights
from bot.domain.case_log import CaseEvent
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.languages import Language
from bot.domain.passwords import find_password_fault
from bot.domain.sign_in import Attempt
from bot.domain.staff import StaffId, StaffMember, find_email_fault, is_admin
from bot.services.desk.people.count_attempt import name as name_subject
from bot.services.desk.people.make_invitation import hash_token
from bot.services.desk.people.stored_entry import Invitation
from bot.services.desk.people.stored_people import Credentials
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def find_invitation(token: str, ports: DeskPorts) -> Invitation:
    """What a link invites to. Raises LookupError when it was used, revoked, has expired or never was."""
    async with ports.bot.unit_of_work() as work:
        invitation = await work.staff_invitations.find(hash_token(token, ports.bot.cipher), ports.bot.now())
    if invitation is None:
        raise LookupError("There is no such invitation.")
    return invitation


async def accept_invitation(token: str, ports: DeskPorts, *, name: str, email: str, password: str, language: Language) -> StaffId:
    """The account, made or recovered. Raises LookupError, and NotAllowedError with what is wrong, as a key.

    Only the first admin says who they are; all others are who was invited.
    """
    found = await find_invitation(token, ports)
    guest = replace(found, name=name, email=email) if found.purpose == "first" else found
    fault = ("" if guest.name else "people.fault.no-name") or find_email_fault(guest.email)
    fault = fault or find_password_fault(password, name=guest.name, email=guest.email)
    if fault:
        raise NotAllowedError(fault)
    credentials = Credentials(password_hash=await ports.passwords.hash(password))
    async with ports.bot.unit_of_work() as work:
        if await work.staff_invitations.take(guest.token_hash, ports.bot.now()) is None:
            raise LookupError("There is no such invitation.")
        staff = await (_recover if guest.purpose == "recover" else _join)(guest, credentials, language, work, ports)
        await work.commit()
    return staff


async def _join(guest: Invitation, credentials: Credentials, language: Language, work: UnitOfWork, ports: DeskPorts) -> StaffId:
    if guest.purpose == "first" and any(map(is_admin, await work.staff.all())):
        raise LookupError("There is an admin already.")
    member = StaffMember(
        id=StaffId(secrets.token_hex(8)),
        name=guest.name,
        email=guest.email,
        roles=guest.roles,
        municipalities=guest.municipalities,
        language=language,
        created_at=ports.bot.now(),
    )
    try:
        await work.staff.add(member, credentials)
    except ConflictError as error:
        raise NotAllowedError("people.fault.address-taken") from error
    said = {"invitation": tell_invitation(guest.token_hash), **tell_rights(member.roles, member.municipalities)}
    await work.case_log.append(log_account(CaseEvent.ACCOUNT_JOINED, member.id, by=member.id, at=member.created_at, **said))
    return member.id


async def _recover(guest: Invitation, credentials: Credentials, _: Language, work: UnitOfWork, ports: DeskPorts) -> StaffId:
    member = await work.staff.find(guest.staff) if guest.staff else None
    if member is None or member.disabled_at:
        raise LookupError("This account is not in use.")
    await work.staff.save_credentials(member.id, credentials)
    await work.staff_sessions.end_all(member.id)
    await work.sign_in_failures.clear(name_subject(Attempt.ACCOUNT, member.email.strip().casefold(), ports))
    await work.sign_in_failures.clear(name_subject(Attempt.CODE, member.id, ports))
    said = {"invitation": tell_invitation(guest.token_hash)}
    await work.case_log.append(log_account(CaseEvent.ACCESS_RESET, member.id, by=member.id, at=ports.bot.now(), **said))
    return member.id
