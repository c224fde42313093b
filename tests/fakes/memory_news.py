"""Who wants news, and what was announced, in memory."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count
from typing import Any

from bot.domain.errors import ConflictError
from bot.domain.knowledge import MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.messages import ConversationId
from bot.domain.news import Announcement, Audience, Occasion, Subscription

NAMES = count(1)


class MemorySubscriptions:
    """Implements stored_subscriptions.Subscriptions."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def add(self, subscription: Subscription) -> None:
        tables = await self._work.write()
        if not any(each.topic == subscription.topic for each in await self.of_conversation(subscription.conversation)):
            tables.subscriptions.append(replace(subscription, reference=f"{next(NAMES):06}"))

    async def of_conversation(self, conversation: ConversationId) -> list[Subscription]:
        mine = [each for each in self._work.tables.subscriptions if each.conversation == conversation]
        return sorted(mine, key=lambda each: each.topic)

    async def delete(self, conversation: ConversationId, topics: Collection[Topic]) -> None:
        await self._keep(lambda each: each.conversation != conversation or each.topic not in topics)

    async def delete_conversation(self, conversation: ConversationId) -> None:
        await self._keep(lambda each: each.conversation != conversation)

    async def _keep(self, is_kept: Callable[[Subscription], bool]) -> None:
        tables = await self._work.write()
        tables.subscriptions = [each for each in tables.subscriptions if is_kept(each)]

    async def set_language(self, conversation: ConversationId, language: Language) -> None:
        await self._change(conversation, language=language)

    async def set_municipality(self, conversation: ConversationId, municipality: MunicipalityId) -> None:
        await self._change(conversation, municipality=municipality)

    async def _change(self, conversation: ConversationId, **values: Any) -> None:
        tables = await self._work.write()
        rows = tables.subscriptions
        tables.subscriptions = [replace(each, **values) if each.conversation == conversation else each for each in rows]

    async def count(self, audience: Audience, *, after: str = "") -> int:
        return len(self._of(audience, after))

    async def next(self, audience: Audience, *, after: str, most: int) -> list[Subscription]:
        return self._of(audience, after)[:most]

    def _of(self, audience: Audience, after: str) -> list[Subscription]:
        cities = (audience.municipality, None)
        found = [each for each in self._work.tables.subscriptions if each.topic == audience.topic and each.reference > after]
        return sorted(
            (each for each in found if audience.municipality is None or each.municipality in cities), key=lambda each: each.reference
        )


class MemoryAnnouncements:
    """Implements stored_subscriptions.Announcements."""

    def __init__(self, work: Any) -> None:
        self._work = work

    async def add(self, announcement: Announcement) -> bool:
        tables = await self._work.write()
        if await self.find(announcement.occasion):
            return False
        tables.announcements.append(announcement)
        return True

    async def find(self, occasion: Occasion) -> Announcement | None:
        return next((each for each in self._work.tables.announcements if each.occasion == occasion), None)

    async def newest(self, most: int) -> list[Announcement]:
        by_name = sorted(self._work.tables.announcements, key=lambda each: str(each.occasion))
        return sorted(by_name, key=lambda each: each.announced_at, reverse=True)[:most]

    async def running(self) -> Announcement | None:
        rows = [each for each in self._work.tables.announcements if each.ended_at is None]
        return min(rows, key=lambda each: (each.announced_at, str(each.occasion)), default=None)

    async def move(self, announcement: Announcement, before: Announcement) -> None:
        tables = await self._work.write()
        stored = await self.find(before.occasion)
        if stored is None or stored.ended_at or stored.sent_after != before.sent_after:
            raise ConflictError("Another process moved this announcement meanwhile.")
        tables.announcements = [announcement if each is stored else each for each in tables.announcements]
