"""What the log says about accounts: who changed what about whom, by ids and codes, never by names or addresses."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId, StaffMember

SYSTEM = "system"
"""Who acts on the command line, and at a start."""
NO_CASE = ""
CHANGED = "changed"


def log_account(event: CaseEvent, account: StaffId, *, by: str, at: datetime, **details: str) -> LogEntry:
    """An entry on an account."""
    return log_at_desk(event, by=by, at=at, account=account, **details)


def log_at_desk(event: CaseEvent, *, by: str, at: datetime, **details: str) -> LogEntry:
    """An entry that is about no case."""
    return LogEntry(case=NO_CASE, event=event, actor=by, at=at, details=details)


def tell_rights(roles: Iterable[Role], municipalities: Iterable[MunicipalityId]) -> dict[str, str]:
    """Roles and cities as the log keeps them.

    >>> tell_rights({Role.LEAD, Role.ANALYST}, {MunicipalityId("halle")})
    {'roles': 'analyst, lead', 'cities': 'halle'}
    """
    return {"roles": ", ".join(sorted(roles)), "cities": ", ".join(sorted(municipalities))}


def tell_changes(before: StaffMember, after: StaffMember) -> dict[str, str]:
    """Roles and cities before and after; of name and address only that they changed."""
    old, new = (tell_rights(each.roles, each.municipalities) for each in (before, after))
    rights = {name: f"{old[name]} → {new[name]}" for name in old if old[name] != new[name]}
    return {**rights, **{name: CHANGED for name in ("name", "email") if getattr(before, name) != getattr(after, name)}}


def tell_invitation(token_hash: str) -> str:
    """What an invitation is called in the log, from its making to its use: a beginning of the keyed hash that it is stored under."""
    return token_hash[:12]
