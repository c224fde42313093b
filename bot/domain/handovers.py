"""A chat that a human answers in place of the bot: waiting, running, ended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NewType

from bot.domain.errors import NotAllowedError
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.office_hours import OfficeHours, next_opening
from bot.domain.staff import Permission, StaffId, StaffMember

HandoverId = NewType("HandoverId", str)
"""Random; stands in addresses of the desk."""

ENDS_AFTER = timedelta(hours=24)
"""After so long without a word a chat ends by itself; while nobody is at the office, the clock stands still."""
KEPT_FOR = timedelta(days=30)
"""How long an ended chat stays readable before it is deleted."""
STOP_WORDS = frozenset({"stop", "stopp", "стоп"})


class HandoverState(StrEnum):
    """Where a chat stands."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One chat with a human. `address` is where replies go in Telegram; `taken_by` stays when the chat has ended."""

    reference: HandoverId
    conversation: ConversationId
    channel: Channel
    address: str
    language: Language
    municipality: MunicipalityId | None
    opened_at: datetime
    touched_at: datetime
    state: HandoverState = HandoverState.WAITING
    taken_by: StaffId | None = None
    ended_at: datetime | None = None

    def is_open(self) -> bool:
        """Whether what is written goes to the human."""
        return self.state is not HandoverState.ENDED


@dataclass(frozen=True, kw_only=True)
class HandoverMessage:
    """One thing that was said in such a chat."""

    handover: HandoverId
    author: Literal["person", "office"]
    written_at: datetime
    text: str
    staff: StaffId | None = None


def take_handover(handover: Handover, by: StaffId, now: datetime) -> Handover:
    """Somebody answers from now on, in place of whoever did. Raises NotAllowedError when it has ended."""
    check_open(handover)
    return replace(handover, state=HandoverState.RUNNING, taken_by=by, touched_at=now)


def end_handover(handover: Handover, now: datetime) -> Handover:
    """The bot answers again. Raises NotAllowedError when it had ended already."""
    check_open(handover)
    return replace(handover, state=HandoverState.ENDED, ended_at=now)


def check_open(handover: Handover) -> None:
    """Raises NotAllowedError when a chat has ended."""
    if not handover.is_open():
        message = "This chat has ended."
        raise NotAllowedError(message)


def ends_at(handover: Handover, hours: OfficeHours) -> datetime:
    """When a chat ends by itself: a day after the last word, counted from when the office is there to read it."""
    return max(handover.touched_at, next_opening(hours, handover.touched_at) or handover.touched_at) + ENDS_AFTER


def find_answering(staff: Iterable[StaffMember], municipality: MunicipalityId | None) -> tuple[StaffMember, ...]:
    """Who answers the chats of a city; where nobody does, none may be opened."""
    return tuple(member for member in staff if member.may(Permission.ANSWER_CHATS) and member.sees_case_of(municipality))


def is_stop_word(text: str) -> bool:
    """Whether somebody types that they no longer want to speak to a human.

    >>> is_stop_word("Stop!"), is_stop_word("please stop calling me")
    (True, False)
    """
    return text.strip().strip(".!/„“”\"'«»").casefold() in STOP_WORDS
