"""The tables of chats and queues. Columns of type `bytes` are sealed; all others may be searched and counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped as Column
from sqlalchemy.orm import mapped_column

from bot.adapters.database.columns import Id, Key, Row

WAITING = text("state = 'waiting'")
FOR_PAGE = text("state = 'for-page'")


class ConversationRow(Row):
    """A chat, under its keyed hash."""

    __tablename__ = "conversations"
    id: Column[Key]
    version: Column[int]
    updated_at: Column[datetime] = mapped_column(index=True)
    state: Column[bytes]


class InboxRow(Row):
    """A message that came in. `message_number` is a numeric message id, to find the highest."""

    __tablename__ = "inbox"
    id: Column[Id]
    source: Column[str]
    message_id: Column[str]
    message_number: Column[int | None] = mapped_column(BigInteger)
    conversation: Column[str | None]
    state: Column[str]
    received_at: Column[datetime]
    claim: Column[str | None]
    claimed_until: Column[datetime | None]
    attempts: Column[int]
    done_at: Column[datetime | None]
    payload: Column[bytes | None]
    answer: Column[bytes | None]
    __table_args__ = (
        Unique("source", "message_id"),
        Index("ix_inbox_lane", "conversation", "id", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_inbox_waiting", "id", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_inbox_newest", "source", "message_number"),
        Index("ix_inbox_conversation", "conversation"),
        Index("ix_inbox_done_at", "done_at"),
        {"sqlite_autoincrement": True},
    )


class OutboxRow(Row):
    """A reply to be sent. `reference` is the random name that its content is sealed under; `rank` is 0, or 1 for news, which can wait."""

    __tablename__ = "outbox"
    id: Column[Id]
    reference: Column[str] = mapped_column(unique=True)
    conversation: Column[str | None]
    state: Column[str]
    added_at: Column[datetime]
    due_at: Column[datetime]
    claim: Column[str | None]
    claimed_until: Column[datetime | None]
    attempts: Column[int]
    done_at: Column[datetime | None]
    reason: Column[str | None]
    content: Column[bytes | None]
    rank: Column[int] = mapped_column(server_default="0")
    __table_args__ = (
        Index("ix_outbox_lane", "conversation", "id", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_outbox_waiting", "rank", "id", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_outbox_for_page", "conversation", "id", postgresql_where=FOR_PAGE, sqlite_where=FOR_PAGE),
        Index("ix_outbox_done_at", "done_at"),
        {"sqlite_autoincrement": True},
    )


class WebLinkRow(Row):
    """A one-time link into the web chat."""

    __tablename__ = "web_links"
    token_hash: Column[Key]
    language: Column[str]
    municipality: Column[str | None]
    expires_at: Column[datetime]


class UnansweredQuestionRow(Row):
    """A question without a good answer, under a random name: not even the order of the rows tells when it was asked."""

    __tablename__ = "unanswered_questions"
    reference: Column[Key]
    kind: Column[str]
    language: Column[str]
    municipality: Column[str | None]
    entries: Column[list[Any]]
    asked_on: Column[date] = mapped_column(index=True)
    text: Column[bytes]
    __table_args__ = ({"sqlite_with_rowid": False},)


class SecretRow(Row):
    """A secret made once, sealed with the newest key: above all the index key of the keyed hashes."""

    __tablename__ = "secrets"
    name: Column[Key]
    value: Column[bytes]
