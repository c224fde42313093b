"""Who a browser's cookie belongs to, if its session still lasts."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.staff import IDLE_FOR, LASTS_FOR, StaffMember
from bot.services.desk.people.stored_people import StaffSession
from bot.services.desk.ports import DeskPorts

TOUCHED_EVERY = timedelta(seconds=60)
"""A request within so long after the last one does not write to the database."""


async def find_session(token: str, ports: DeskPorts, *, is_used: bool = True) -> tuple[StaffSession, StaffMember] | None:
    """The session and its account; None when it has ended, was idle too long, or the account is disabled.

    What an open page asks for by itself does not count as using it.
    """
    token_hash, now = ports.bot.cipher.hash("staff-session", token), ports.bot.now()
    async with ports.bot.unit_of_work() as work:
        session = await work.staff_sessions.find(token_hash)
        if session is None or not lasts(session, now):
            return None
        member = await work.staff.find(session.staff)
        if member is None or member.disabled_at:
            return None
        if is_used and now - session.seen_at >= TOUCHED_EVERY:
            await work.staff_sessions.touch(token_hash, now)
            await work.commit()
    return replace(session, seen_at=now) if is_used else session, member


def lasts(session: StaffSession, now: datetime) -> bool:
    """Whether a session is neither idle too long nor too old."""
    return now - session.seen_at <= IDLE_FOR and now - session.opened_at <= (LASTS_FOR if session.stage == "full" else IDLE_FOR)
