"""A new session, under a new token: at every step into the desk."""

import secrets
from dataclasses import dataclass, replace

from bot.domain.sign_in import is_done_with_password
from bot.domain.staff import StaffId
from bot.services.desk.people.stored_people import StaffSession, Stage
from bot.services.desk.ports import DeskPorts


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The token for the cookie, how far the session has come, and whether a second factor is set up already."""

    token: str
    stage: Stage
    has_code: bool


async def open_session(
    staff: StaffId, ports: DeskPorts, *, device: str, instead_of: StaffSession | None = None, is_multi_factor: bool = False
) -> Opened:
    """Open a session in place of the browser's former one. `is_multi_factor`: a second factor was asked for already."""
    token, now = secrets.token_urlsafe(32), ports.bot.now()
    async with ports.bot.unit_of_work() as work:
        if instead_of:
            await work.staff_sessions.end(instead_of.reference, instead_of.staff)
        has_code = (await work.staff.credentials(staff)).code_secret is not None
        member = await work.staff.find(staff)
        if member is None or member.disabled_at:
            raise LookupError(staff)
        done = is_done_with_password(member, has_code=has_code, is_multi_factor=is_multi_factor)
        stage: Stage = "full" if done else "password"
        session = StaffSession(reference=secrets.token_hex(16), staff=staff, stage=stage, device=device, opened_at=now, seen_at=now)
        await work.staff_sessions.add(ports.bot.cipher.hash("staff-session", token), session)
        if done and member.seen_on != now.date():
            await work.staff.save(replace(member, seen_on=now.date()))
        await work.commit()
    return Opened(token=token, stage=stage, has_code=has_code)
