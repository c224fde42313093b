"""The chats that want news; where to send to is sealed."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.knowledge_tables import SubscriptionRow
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.transaction import Transaction
from bot.domain.knowledge import MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.news import Audience, Subscription

COLUMNS = SubscriptionRow.__table__.c
IN_CLEAR = ("reference", "conversation", "language", "municipality", "subscribed_on")


class StoredSubscriptions:
    """Implements stored_subscriptions.Subscriptions."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, subscription: Subscription) -> None:
        """Store it under a random name; one for the same chat and topic stays as it is."""
        reference = make_reference()
        values = {
            **{name: getattr(subscription, name) for name in IN_CLEAR},
            "reference": reference,
            "channel": subscription.channel.value,
            "topic": subscription.topic.value,
            "address": self._cipher.seal(subscription.address.encode(), place(reference)),
        }
        await self._transaction.write(insert(SubscriptionRow).on_conflict_do_nothing(), values)

    async def of_conversation(self, conversation: ConversationId) -> list[Subscription]:
        """What one chat subscribed to, by topic."""
        found = select(*COLUMNS).where(COLUMNS.conversation == conversation).order_by(COLUMNS.topic)
        return [self._read(row) for row in await self._transaction.read(found)]

    async def delete(self, conversation: ConversationId, topics: Collection[Topic]) -> None:
        """Delete one chat's subscriptions to some topics."""
        named = COLUMNS.topic.in_([topic.value for topic in topics])
        await self._transaction.write(delete(SubscriptionRow).where(COLUMNS.conversation == conversation, named))

    async def delete_conversation(self, conversation: ConversationId) -> None:
        """Delete all of one chat."""
        await self._transaction.write(delete(SubscriptionRow).where(COLUMNS.conversation == conversation))

    async def set_language(self, conversation: ConversationId, language: Language) -> None:
        """Note the language of a chat."""
        await self._change(conversation, language=language)

    async def set_municipality(self, conversation: ConversationId, municipality: MunicipalityId) -> None:
        """Note the city of a chat."""
        await self._change(conversation, municipality=municipality)

    async def count(self, audience: Audience, *, after: str = "") -> int:
        """How many of an audience come after a name."""
        counted = select(func.count()).select_from(SubscriptionRow).where(is_of(audience), COLUMNS.reference > after)
        [(count,)] = await self._transaction.read(counted)
        return int(count)

    async def next(self, audience: Audience, *, after: str, most: int) -> list[Subscription]:
        """The next ones of an audience."""
        found = select(*COLUMNS).where(is_of(audience), COLUMNS.reference > after).order_by(COLUMNS.reference).limit(most)
        return [self._read(row) for row in await self._transaction.read(found)]

    async def _change(self, conversation: ConversationId, **values: str) -> None:
        await self._transaction.write(update(SubscriptionRow).where(COLUMNS.conversation == conversation).values(**values))

    def _read(self, row: Row[Any]) -> Subscription:
        return Subscription(
            channel=Channel(row.channel),
            topic=Topic(row.topic),
            address=self._cipher.open(row.address, place(row.reference)).decode(),
            **{name: getattr(row, name) for name in IN_CLEAR},
        )


def is_of(audience: Audience) -> ColumnElement[bool]:
    """Whether a row belongs to an audience."""
    about = COLUMNS.topic == audience.topic.value
    if audience.municipality is None:
        return about
    return about & or_(COLUMNS.municipality == audience.municipality, COLUMNS.municipality.is_(None))


def place(reference: str) -> str:
    """What an address is bound to."""
    return f"subscriptions.address:{reference}"
