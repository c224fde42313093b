"""What staff is told at once, and who is told; an alert never holds anything that a person wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.case_clocks import running_clocks
from bot.domain.cases import Case, CaseNumber
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Permission, StaffId, StaffMember

DUE_SOON = timedelta(days=3)
REMINDED_FOR = timedelta(days=30)
"""What has been overdue for longer is left to the list of cases: nobody is reminded of it anew."""
CHAT_QUIET = timedelta(minutes=10)
"""For so long after an unseen alert about a chat there is no second one: the list of chats shows them all."""
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
CODE_VALID_FOR = timedelta(minutes=10)


class AlertKind(StrEnum):
    """What happened."""

    NEW_CASE = "new-case"
    ANSWER = "answer"
    """The person wrote something."""
    CHAT_WAITING = "chat-waiting"
    DUE = "due"
    OVERDUE = "overdue"
    ASSIGNED = "assigned"
    CLOSING_PROPOSED = "closing-proposed"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing for one member of staff. `id` is 0 before it is stored; `due_on` says which day a reminder is about."""

    staff: StaffId
    kind: AlertKind
    case: CaseNumber | None
    at: datetime
    due_on: date | None = None
    seen_at: datetime | None = None
    municipality: MunicipalityId | None = None
    """Of the case, when the alert is read."""
    id: int = 0


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A day of a case that comes near or has passed."""

    kind: AlertKind
    due_on: date


def choose_recipients(
    kind: AlertKind,
    staff: Iterable[StaffMember],
    *,
    municipality: MunicipalityId | None,
    assignee: str | None = None,
    by: StaffId | None = None,
) -> tuple[StaffMember, ...]:
    """Who is told: whoever the case is assigned to, else everybody who works for its city; never who did it, nor a disabled account."""
    responsible = tuple(member for member in staff if member.sees_case_of(municipality))
    assigned = tuple(member for member in responsible if member.id == assignee)
    match kind:
        case AlertKind.ASSIGNED:
            told = assigned
        case AlertKind.CLOSING_PROPOSED:
            told = tuple(member for member in responsible if member.may(Permission.CLOSE_CASES))
        case AlertKind.ANSWER | AlertKind.DUE | AlertKind.OVERDUE:
            told = assigned or responsible
        case AlertKind.NEW_CASE | AlertKind.CHAT_WAITING:
            told = responsible
    return tuple(member for member in told if member.id != by)


def find_reminders(case: Case, today: date) -> tuple[Reminder, ...]:
    """What of a case is due within three days, or has become overdue lately."""
    near = {clock.due: clock.is_overdue(today) for clock in running_clocks(case) if today - REMINDED_FOR <= clock.due <= today + DUE_SOON}
    return tuple(Reminder(kind=AlertKind.OVERDUE if late else AlertKind.DUE, due_on=due) for due, late in near.items())


def make_link_code(random_bytes: bytes) -> str:
    """The code for sixteen random bytes that links a chat: eight letters, none that look alike.

    >>> make_link_code(bytes(16))
    'AAAAAAAA'
    """
    number = int.from_bytes(random_bytes[:16], "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def read_link_code(text: str) -> str | None:
    """The code as it was typed, with spaces, dashes or small letters; None when it can be none.

    >>> read_link_code(" abcd-efgh "), read_link_code("hello")
    ('ABCDEFGH', None)
    """
    code = "".join(char for char in text.upper() if char.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else None
