"""How somebody gets into the desk: how long to wait after failures, how far a session has come, and what a browser is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.staff import StaffMember

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
"""Long enough that guessing is hopeless, short enough that nobody is locked out for good by somebody else's guesses."""
RECOVERY_CODES = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no letter looks like a digit."""
TYPED_AS = str.maketrans("OIL", "011", "- \t")


class Attempt(StrEnum):
    """What attempts to sign in are counted by."""

    ACCOUNT = "account"
    CODE = "code"
    NETWORK = "network"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many failures are free; those after a while no longer count."""

    free: int
    counts_for: timedelta


LIMITS = {
    Attempt.ACCOUNT: Limit(free=5, counts_for=timedelta(days=1)),
    Attempt.CODE: Limit(free=5, counts_for=timedelta(days=1)),
    Attempt.NETWORK: Limit(free=30, counts_for=timedelta(hours=1)),
}
"""A whole town hall may stand behind one network."""
FAILURES_KEPT_FOR = max(limit.counts_for for limit in LIMITS.values())


def find_wait(attempt: Attempt, failures: Sequence[datetime], now: datetime) -> timedelta:
    """How long to wait before the next attempt; the wait doubles with each failure.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    >>> [find_wait(Attempt.ACCOUNT, [now] * count, now).total_seconds() for count in (4, 5, 6, 7, 50)]
    [0.0, 30.0, 60.0, 120.0, 900.0]
    """
    limit = LIMITS[attempt]
    counted = [at for at in failures if now - at < limit.counts_for]
    if len(counted) < limit.free:
        return timedelta()
    wait = min(FIRST_WAIT * (1 << min(len(counted) - limit.free, 10)), LONGEST_WAIT)
    return max(max(counted) + wait - now, timedelta())


def is_done_with_password(member: StaffMember, *, has_code: bool, is_multi_factor: bool = False) -> bool:
    """Whether nothing more is asked: the identity provider asked for a second factor, or this person has and needs none."""
    return is_multi_factor or not (has_code or member.needs_second_factor())


def find_way(target: str) -> str:
    """Where to go after signing in: a path below /console, without that, and nothing else.

    >>> find_way("/console/cases?status=new"), find_way("https://bad.example/console/"), find_way("//bad.example"), find_way("/console")
    ('/cases?status=new', '/', '/', '/')
    """
    path = target.removeprefix("/console")
    is_ours = target.startswith("/console/") and target.isprintable() and "\\" not in target and not path.startswith(("//", "/sign-"))
    return path if is_ours else "/"


def name_device(user_agent: str) -> str:
    """A browser's family and system, and no more than that.

    >>> name_device("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
    'Firefox, Linux'
    >>> name_device("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile/15E148 Safari/604.1")
    'Safari, iOS'
    >>> name_device("")
    ''
    """
    families = (("Firefox", "Firefox|FxiOS"), ("Edge", "Edg"), ("Opera", "OPR"), ("Chrome", "Chrome|CriOS"), ("Safari", "Safari"))
    systems = (("Android", "Android"), ("iOS", "iPhone|iPad"), ("Windows", "Windows"), ("macOS", "Macintosh"), ("Linux", "Linux|X11"))
    found = (next((name for name, pattern in names if re.search(pattern, user_agent)), "") for names in (families, systems))
    return ", ".join(filter(None, found))


def make_recovery_codes(random: bytes) -> tuple[str, ...]:
    """Codes of 50 bits, ten of them, from 100 random bytes.

    >>> make_recovery_codes(bytes(range(100)))[:2]
    ('01234-56789', 'ABCDE-FGHJK')
    """
    signs = "".join(ALPHABET[byte % 32] for byte in random)
    return tuple(f"{signs[at : at + 5]}-{signs[at + 5 : at + 10]}" for at in range(0, 10 * RECOVERY_CODES, 10))


def read_code(typed: str) -> str:
    """A typed code as it is compared: without spaces, capitals, letters that look like digits read as such.

    >>> read_code("abcde-fghjk"), read_code(" 123 456 "), read_code("o1l-x")
    ('ABCDEFGHJK', '123456', '011X')
    """
    return typed.strip().upper().translate(TYPED_AS)
