"""One message on its way through the services: what every step needs, and what it leads to."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.domain.conversations import Activity, Conversation, Reporting
from bot.domain.knowledge import KnowledgeBase
from bot.domain.languages import Language
from bot.domain.messages import Button, IncomingMessage, Reply, Status
from bot.domain.understanding import Understanding
from bot.services.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The message, the chat as it was, the language to answer in, and what the text was read as."""

    ports: Ports
    message: IncomingMessage
    conversation: Conversation
    language: Language
    reading: Understanding
    now: datetime
    knowledge: KnowledgeBase
    """The published knowledge that belongs to the model of the reading: the same from the first step of a turn to its last."""
    former_language: Language | None = None
    """What the chat spoke until this message changed it."""

    def say(self, key: str, /, **values: object) -> str:
        """Words in the person's language."""
        return self.ports.wording.say(key, self.language, **values)

    def button(self, value: str, key: str, /, **values: object) -> Button:
        """A choice labelled in the person's language."""
        return Button(label=self.ports.wording.say_plain(key, self.language, **values), value=value)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a decision led to: replies, and the chat as it is from now on."""

    conversation: Conversation
    status: Status
    replies: tuple[Reply, ...]
    entry: str | None = None
    confidence: float | None = None
    forgotten: bool = False

    def followed_by(self, *buttons: Button) -> Self:
        """The same with more buttons under the last reply."""
        last = replace(self.replies[-1], choices=(*self.replies[-1].choices, *buttons))
        return replace(self, replies=(*self.replies[:-1], last))

    def preceded_by(self, *replies: Reply) -> Self:
        """The same after other replies."""
        return replace(self, replies=(*replies, *self.replies))


def outcome(turn: Turn, status: Status, *replies: Reply, activity: Activity | None = None, **changes: object) -> Outcome:
    """An outcome that keeps the chat as it was but for the activity and what is named."""
    conversation = turn.conversation if activity is None else replace(turn.conversation, activity=activity)
    return Outcome(conversation=replace(conversation, **changes), status=status, replies=replies)  # type: ignore[arg-type]


def with_report(conversation: Conversation, report: Reporting | None) -> Conversation:
    """The chat with its report form moved on, or gone."""
    return replace(conversation, report=report)
