"""What comes in from a person and what goes back, whatever the channel."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

from bot.domain.languages import Language

ConversationId = NewType("ConversationId", str)
"""A keyed hash of the chat; never a Telegram id or a web secret itself."""

DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
MESSAGE_CHARACTERS = 4000
"""Longest text that is read; a longer one is refused in words, never cut silently."""


def clean(text: str) -> str:
    r"""The text without lone surrogates, control characters and direction overrides, which no person types on purpose.

    >>> clean("a\x00b\ud800c\n")
    'abc'
    """
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    return "".join(char for char in kept if char not in DIRECTION_OVERRIDES).strip()


class Channel(StrEnum):
    """The public doors."""

    TELEGRAM = "telegram"
    WEB = "web"


@dataclass(frozen=True, kw_only=True)
class Text:
    """Something a person typed."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button that was pressed; the value may be forged or stale."""

    value: str
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, kw_only=True)
class Command:
    """A slash command with what followed it, for example a deep link's parameter."""

    name: str
    argument: str = ""
    kind: Literal["command"] = "command"


@dataclass(frozen=True, kw_only=True)
class Unsupported:
    """A photo, voice message, sticker or edited message: answered kindly, never with silence."""

    what: Literal["media", "edited", "too-long"]
    kind: Literal["unsupported"] = "unsupported"


Content = Text | Choice | Command | Unsupported


@dataclass(frozen=True, kw_only=True)
class IncomingMessage:
    """One thing a person sent, ready to be answered.

    `source` and `message_id` together name it once and for all: the same pair is never answered twice.
    `address` is where replies go when they do not travel in the HTTP response (a Telegram chat id).
    """

    channel: Channel
    source: str
    message_id: str
    conversation: ConversationId
    content: Content
    received_at: datetime
    address: str | None = None
    language_hint: Language | None = None
    language_choice: Language | None = None
    in_group: bool = False
    callback: str | None = None
    """The pressed button as "query id:message id" (Telegram)."""


@dataclass(frozen=True, kw_only=True)
class Button:
    """One offered choice. `value` comes back as Choice; with `url` it opens an address instead."""

    label: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One message to a person: Markdown text, buttons in reading order, and where its facts come from.

    `replaces` asks the channel to put it in the place of the message whose button was pressed, where it can.
    """

    text: str
    choices: tuple[Button, ...] = ()
    source: str | None = None
    replaces: bool = False


class Status(StrEnum):
    """What became of a message; part of the public API."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    UNANSWERED = "unanswered"
    SMALLTALK = "smalltalk"
    MENU = "menu"
    FORM = "form"
    FILED = "filed"
    EMERGENCY = "emergency"
    HANDOVER = "handover"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything that is said back to one message."""

    language: Language
    status: Status
    replies: tuple[Reply, ...] = field(default=())
    entry: str | None = None
    confidence: float | None = None
