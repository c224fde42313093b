"""The tables of the knowledge desk. Columns of type `bytes` are sealed; `content`, `items` and `report` are JSON with marked dates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped as Column
from sqlalchemy.orm import mapped_column

from bot.adapters.database.columns import Id, Key, Row


class KnowledgeItemRow(Row):
    """One accepted item: what the next publication takes."""

    __tablename__ = "knowledge_items"
    kind: Column[Key]
    id: Column[Key]
    content: Column[str]
    imported_hash: Column[str]
    content_hash: Column[str]
    owner: Column[str | None]


class KnowledgeDraftRow(Row):
    """What somebody is changing about an item: at most one draft for each."""

    __tablename__ = "knowledge_drafts"
    kind: Column[Key]
    id: Column[Key]
    version: Column[int]
    state: Column[str]
    content: Column[str]
    base_hash: Column[str]
    authors: Column[list[Any]]
    remark: Column[str]
    saved_by: Column[str]
    saved_at: Column[datetime]


class KnowledgeVersionRow(Row):
    """An item as it was accepted once; never changed."""

    __tablename__ = "knowledge_versions"
    number: Column[Id]
    kind: Column[str]
    item: Column[str]
    cause: Column[str]
    content: Column[str]
    content_hash: Column[str]
    authors: Column[list[Any]]
    reviewer: Column[str | None]
    accepted_at: Column[datetime]
    __table_args__ = (Index("ix_knowledge_versions_item", "kind", "item", "number"), {"sqlite_autoincrement": True})


class PublicationRow(Row):
    """What was published; the highest number is current."""

    __tablename__ = "publications"
    number: Column[int] = mapped_column(primary_key=True)
    fingerprint: Column[str]
    model: Column[str]
    items: Column[str]
    published_at: Column[datetime]
    published_by: Column[str | None]
    reason: Column[str]
    restores: Column[int | None]


class PublicationRunRow(Row):
    """An attempt to publish. `active` is 1 until it ends, then NULL: a unique column that lets only one run at a time."""

    __tablename__ = "publication_runs"
    number: Column[Id]
    active: Column[int | None] = mapped_column(unique=True)
    state: Column[str]
    percent: Column[int]
    items: Column[str]
    model: Column[str]
    report: Column[str]
    fault: Column[str]
    reason: Column[str]
    asked_by: Column[str]
    asked_at: Column[datetime]
    claim: Column[str | None]
    claimed_until: Column[datetime | None]
    ended_at: Column[datetime | None]
    __table_args__ = ({"sqlite_autoincrement": True},)


class CheckQuestionRow(Row):
    """A question that editors want answered rightly for ever, under a random name."""

    __tablename__ = "check_questions"
    reference: Column[Key]
    language: Column[str]
    municipality: Column[str | None]
    entry: Column[str]
    text: Column[bytes]
    added_by: Column[str]
    added_on: Column[date]


class UsageRow(Row):
    """How often something happened on a day. Empty where it does not apply."""

    __tablename__ = "usage"
    day: Column[date] = mapped_column(primary_key=True)
    outcome: Column[Key]
    entry: Column[Key]
    language: Column[Key]
    municipality: Column[Key]
    times: Column[int]


class LinkRow(Row):
    """An address that stands in the knowledge, and what came of asking it. `status` 0: no answer; `fault` says why."""

    __tablename__ = "links"
    address: Column[Key]
    due_at: Column[datetime] = mapped_column(index=True)
    checked_at: Column[datetime | None]
    status: Column[int | None]
    fault: Column[str]
    moved_to: Column[str]
    failing_since: Column[datetime | None]


class SubscriptionRow(Row):
    """A chat that wants news about a topic, under a random name; `address` is where Telegram sends to."""

    __tablename__ = "subscriptions"
    reference: Column[Key]
    conversation: Column[str]
    channel: Column[str]
    topic: Column[str]
    language: Column[str]
    municipality: Column[str | None]
    address: Column[bytes]
    subscribed_on: Column[date]
    __table_args__ = (Unique("conversation", "topic"), Index("ix_subscriptions_topic", "topic", "reference"))


class AnnouncementRow(Row):
    """News on its way to the subscribers of a topic. `occasion` tells what it is about, so that nothing is announced twice."""

    __tablename__ = "announcements"
    occasion: Column[Key]
    topic: Column[str]
    announced_by: Column[str | None]
    announced_at: Column[datetime]
    sent_after: Column[str]
    recipients: Column[int]
    ended_at: Column[datetime | None]
