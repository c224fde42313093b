"""Entries of the log as a page shows them: codes by their names, people by theirs, nothing of any case's content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.cases.timeline import tell_correction
from bot.console.labels import city_name, label, staff_name
from bot.console.visit import Visit
from bot.domain.account_log import CHANGED
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.case_messages import FREE, Way
from bot.domain.log_check import LogRow
from bot.domain.staff import StaffMember
from bot.services.desk.records.read_log import LogPage

Members = Sequence[StaffMember]
RIGHTS = ("roles", "cities")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry; without `at` when it cannot be read any more."""

    position: int
    at: datetime | None = None
    what: str = ""
    case: str = ""
    who: str = ""
    details: tuple[str, ...] = ()


def tell_lines(visit: Visit, page: LogPage) -> list[Line]:
    """All entries of a page."""
    return [tell_line(visit, row, page.members) for row in page.rows]


def tell_line(visit: Visit, row: LogRow, members: Members) -> Line:
    """One entry."""
    entry = row.entry
    if entry is None:
        return Line(position=row.position, what=visit.said("log.unreadable"))
    return Line(
        position=row.position,
        at=entry.at,
        what=label(visit, "event", entry.event.value),
        case=entry.case,
        who=tell_actor(visit, entry.actor, members),
        details=tuple(tell_details(visit, entry, members)),
    )


def tell_actor(visit: Visit, actor: str, members: Members) -> str:
    """The person who reported, the system, or somebody at the desk."""
    return visit.said("log.actor.person") if actor == "person" else staff_name(visit, actor, members)


def tell_details(visit: Visit, entry: LogEntry, members: Members) -> Iterator[str]:
    """What the codes of an entry mean."""
    if entry.event is CaseEvent.CODES_CORRECTED:
        yield from (tell_correction(visit, name, change) for name, change in entry.details.items())
        return
    for name, code in entry.details.items():
        if name == "from":
            continue
        if name == "account":
            yield staff_name(visit, code, members)
        elif name in RIGHTS:
            yield tell_rights(visit, name, code)
        elif name == "to" and entry.event in (CaseEvent.ASSIGNED, CaseEvent.CHAT_HANDED_ON):
            yield tell_actor(visit, code, members) if code else visit.said("log.nobody")
        elif name == "to":
            yield f"{label(visit, 'status', entry.details.get('from'))} → {label(visit, 'status', code)}"
        else:
            yield tell_code(visit, entry.event, name, code)


def tell_rights(visit: Visit, name: str, codes: str) -> str:
    """Roles or cities of an account; before and after, where they changed."""
    told = (tell_all(visit, name, each) for each in codes.split(" → "))
    return f"{visit.said('log.roles' if name == 'roles' else 'log.cities')}: {' → '.join(told)}"


def tell_all(visit: Visit, name: str, codes: str) -> str:
    """Roles or cities by their names."""
    names = [visit.said(f"people.role.{code}") if name == "roles" else city_name(visit, code) for code in codes.split(", ") if code]
    return ", ".join(names) or visit.said("log.none-of-them")


def tell_code(visit: Visit, event: CaseEvent, name: str, code: str) -> str:
    """One code; as it stands where nobody gave it a name."""
    if name == "consent":
        return visit.said(f"intake.consent-way.{code}")
    if name == "template":
        return visit.said("work.own-words") if code == FREE else visit.said(f"work.template.{code}")
    if (name, code) == ("way", Way.CODE):
        return visit.said("log.way-code")
    if name in ("invitation", "chat"):
        return visit.said("log.invitation" if name == "invitation" else "log.chat", reference=code)
    if code == CHANGED:
        return visit.said("log.name-changed" if name == "name" else "log.address-changed")
    lists = {
        "channel": "channel",
        "way": "channel",
        "language": "language",
        "type": "file-type",
        "file": "download",
        "status": "status",
        "hold": "hold-reason",
        "cause": "erasure-cause",
        "rule": "retention-rule",
        "reason": "contact-reason" if event is CaseEvent.CONTACT_READ else "close-reason",
        "code": "intervention" if event is CaseEvent.INTERVENTION_ADDED else "referral",
    }
    if name not in lists:
        return code
    words = label(visit, lists[name], code.rpartition("/")[2] if name == "type" else code)
    return code if words.startswith("code.") else words
