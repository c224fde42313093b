"""Who wants news, and which news are on their way, as protocols."""

from collections.abc import Collection
from typing import Protocol

from bot.domain.knowledge import MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.messages import ConversationId
from bot.domain.news import Announcement, Audience, Occasion, Subscription


class Subscriptions(Protocol):
    """The chats that want news, one row for each topic; where to send to is sealed."""

    async def add(self, subscription: Subscription) -> None:
        """Store it under a random name. One that is there already stays as it is."""
        ...

    async def of_conversation(self, conversation: ConversationId) -> list[Subscription]:
        """What one chat subscribed to."""
        ...

    async def delete(self, conversation: ConversationId, topics: Collection[Topic]) -> None:
        """No more news about these topics."""
        ...

    async def delete_conversation(self, conversation: ConversationId) -> None: ...
    async def set_language(self, conversation: ConversationId, language: Language) -> None:
        """From now on the chat gets its news in this language."""
        ...

    async def set_municipality(self, conversation: ConversationId, municipality: MunicipalityId) -> None:
        """From now on the chat gets news about this city, and no other."""
        ...

    async def count(self, audience: Audience, *, after: str = "") -> int:
        """How many of an audience come after a name."""
        ...

    async def next(self, audience: Audience, *, after: str, most: int) -> list[Subscription]:
        """The next ones of an audience after a name, by their names."""
        ...


class Announcements(Protocol):
    """What was announced, and how far it is."""

    async def add(self, announcement: Announcement) -> bool:
        """Store it; False (and nothing else) when this occasion was announced already."""
        ...

    async def find(self, occasion: Occasion) -> Announcement | None: ...
    async def newest(self, most: int) -> list[Announcement]:
        """The newest announcements, newest first."""
        ...

    async def running(self) -> Announcement | None:
        """The oldest one that has not ended."""
        ...

    async def move(self, announcement: Announcement, before: Announcement) -> None:
        """Store how far it is. Raises ConflictError when somebody moved it since it was read as `before`."""
        ...
