"""The tables. Columns of type `bytes` are sealed; all others may be searched and counted."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Index, Integer, LargeBinary, MetaData, Text, TypeDecorator, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.orm import Mapped as Column
from sqlalchemy.types import JSON

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
WAITING = text("state = 'waiting'")


class UtcDateTime(TypeDecorator[datetime]):
    """Moments with a time zone, stored in UTC; SQLite knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment without time zone: nobody could tell what it means."""
        if value is not None and value.tzinfo is None:
            message = "A moment to be stored has no time zone."
            raise ValueError(message)
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Every moment comes back in UTC."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


PlainJson = JSON().with_variant(JSONB, "postgresql")
BigId = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True)]
Key = Annotated[str, mapped_column(Text, primary_key=True)]


class Row(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        bytes: LargeBinary,
        datetime: UtcDateTime,
        list[Any]: PlainJson,
        dict[str, str]: PlainJson,
    }


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
    """A reply to be sent. `reference` is the random name that its content is sealed under."""

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
    __table_args__ = (
        Index("ix_outbox_lane", "conversation", "id", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_outbox_waiting", "id", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_outbox_done_at", "done_at"),
        {"sqlite_autoincrement": True},
    )


class CaseRow(Row):
    """A case. `key` seals the person's words and is itself sealed; without it they are gone."""

    __tablename__ = "cases"
    number: Column[Key]
    kind: Column[str]
    reporter: Column[str]
    status: Column[str] = mapped_column(index=True)
    municipality: Column[str | None] = mapped_column(index=True)
    channel: Column[str]
    language: Column[str]
    filed_at: Column[datetime] = mapped_column(index=True)
    incident_since: Column[date | None]
    incident_until: Column[date | None]
    incident_precision: Column[str]
    incident_repeated: Column[bool]
    area: Column[str]
    area_detail: Column[str]
    grounds: Column[list[Any]]
    form: Column[str]
    wish: Column[str]
    frame: Column[str]
    deadlines: Column[list[Any]]
    acknowledge_by: Column[datetime]
    feedback_by: Column[datetime]
    consent_version: Column[str]
    consent_language: Column[str]
    consent_given_at: Column[datetime]
    code_list_version: Column[str]
    closed_reason: Column[str | None]
    closed_at: Column[datetime | None]
    erased_at: Column[datetime | None]
    receipt_hash: Column[str | None] = mapped_column(unique=True)
    conversation: Column[str | None] = mapped_column(index=True)
    key: Column[bytes | None]
    statement: Column[bytes | None]
    contact: Column[bytes | None]
    reply_address: Column[bytes | None]
    assessment: Column[bytes | None]
    gender: Column[str]
    age_band: Column[str]
    contact_on: Column[date | None]
    evidence: Column[str]
    witnesses: Column[str]
    body: Column[str]
    own_administration: Column[str]
    outcome: Column[str]
    assignee: Column[str | None] = mapped_column(index=True)
    proposed_closing: Column[str | None]
    on_hold: Column[bool]
    acknowledged_at: Column[datetime | None]
    feedback_given_at: Column[datetime | None]
    touched_at: Column[datetime | None]
    next_due: Column[date | None] = mapped_column(index=True)
    version: Column[int]


class CaseMessageRow(Row):
    """Something added to a case later."""

    __tablename__ = "case_messages"
    id: Column[Id]
    case_number: Column[str] = mapped_column(ForeignKey("cases.number"), index=True)
    reference: Column[str] = mapped_column(unique=True)
    author: Column[str]
    language: Column[str]
    written_at: Column[datetime]
    text: Column[bytes]
    staff: Column[str | None]
    german: Column[bytes | None]


class CaseRecordRow(Row):
    """What staff keeps with a case: notes, interventions, referrals. Sealed with the case's key."""

    __tablename__ = "case_records"
    reference: Column[Key]
    case_number: Column[str] = mapped_column(ForeignKey("cases.number"), index=True)
    kind: Column[str]
    code: Column[str]
    happened_on: Column[date | None]
    staff: Column[str]
    written_at: Column[datetime]
    text: Column[bytes]


class CaseAttachmentRow(Row):
    """A file with a case, sealed with the case's key."""

    __tablename__ = "case_attachments"
    reference: Column[Key]
    case_number: Column[str] = mapped_column(ForeignKey("cases.number"), index=True)
    staff: Column[str]
    added_at: Column[datetime]
    media_type: Column[str]
    size_bytes: Column[int]
    name: Column[bytes]
    content: Column[bytes]


class CaseVisitRow(Row):
    """Who has a case open right now, so that the second one sees it."""

    __tablename__ = "case_visits"
    case_number: Column[Key]
    staff: Column[Key]
    seen_at: Column[datetime]


class StaffRow(Row):
    """An account of the desk. `profile` holds name, address and second factor, sealed."""

    __tablename__ = "staff"
    id: Column[Key]
    email_hash: Column[str] = mapped_column(unique=True)
    profile: Column[bytes]
    password_hash: Column[str | None]
    roles: Column[list[Any]]
    municipalities: Column[list[Any]]
    language: Column[str]
    created_at: Column[datetime]
    disabled_at: Column[datetime | None]
    last_code_step: Column[int | None] = mapped_column(BigInteger)


class StaffSessionRow(Row):
    """A signed-in browser, under the hash of its cookie."""

    __tablename__ = "staff_sessions"
    token_hash: Column[Key]
    reference: Column[str] = mapped_column(unique=True)
    staff: Column[str] = mapped_column(ForeignKey("staff.id"), index=True)
    stage: Column[str]
    device: Column[str]
    opened_at: Column[datetime]
    seen_at: Column[datetime] = mapped_column(index=True)


class StaffInvitationRow(Row):
    """A one-time link that makes an account or sets a new password, under its hash. `profile` is sealed."""

    __tablename__ = "staff_invitations"
    token_hash: Column[Key]
    purpose: Column[str]
    staff: Column[str | None]
    profile: Column[bytes]
    roles: Column[list[Any]]
    municipalities: Column[list[Any]]
    invited_by: Column[str | None]
    expires_at: Column[datetime] = mapped_column(index=True)


class SignInFailureRow(Row):
    """A failed attempt to sign in, under a keyed hash of account or network."""

    __tablename__ = "sign_in_failures"
    id: Column[Id]
    subject: Column[str] = mapped_column(index=True)
    at: Column[datetime] = mapped_column(index=True)
    __table_args__ = ({"sqlite_autoincrement": True},)


class SavedFilterRow(Row):
    """A filter of the case list that somebody keeps; codes only, no words."""

    __tablename__ = "saved_filters"
    reference: Column[Key]
    staff: Column[str] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Column[str]
    query: Column[str]


class AlertRow(Row):
    """Something that somebody at the desk should know; never with content."""

    __tablename__ = "alerts"
    id: Column[Id]
    staff: Column[str] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Column[str]
    case_number: Column[str | None] = mapped_column(index=True)
    at: Column[datetime]
    seen_at: Column[datetime | None]
    __table_args__ = ({"sqlite_autoincrement": True},)


class StaffChatRow(Row):
    """The Telegram chat in which somebody at the desk gets alerts; the address is sealed."""

    __tablename__ = "staff_chats"
    staff: Column[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    conversation: Column[str] = mapped_column(unique=True)
    address: Column[bytes]
    linked_at: Column[datetime]


class StaffChatCodeRow(Row):
    """A one-time code that links such a chat, under its hash."""

    __tablename__ = "staff_chat_codes"
    code_hash: Column[Key]
    staff: Column[str] = mapped_column(ForeignKey("staff.id"), index=True)
    expires_at: Column[datetime]


class HandoverRow(Row):
    """A chat in which a person wants to speak to a human. `address` is sealed."""

    __tablename__ = "handovers"
    reference: Column[Key]
    conversation: Column[str] = mapped_column(index=True)
    channel: Column[str]
    address: Column[bytes | None]
    language: Column[str]
    municipality: Column[str | None] = mapped_column(index=True)
    state: Column[str] = mapped_column(index=True)
    opened_at: Column[datetime]
    taken_by: Column[str | None]
    touched_at: Column[datetime]
    ended_at: Column[datetime | None]


class HandoverMessageRow(Row):
    """What was said in such a chat; sealed."""

    __tablename__ = "handover_messages"
    id: Column[Id]
    reference: Column[str] = mapped_column(unique=True)
    handover: Column[str] = mapped_column(ForeignKey("handovers.reference"), index=True)
    author: Column[str]
    staff: Column[str | None]
    written_at: Column[datetime]
    text: Column[bytes]
    __table_args__ = ({"sqlite_autoincrement": True},)


class OfficeHoursRow(Row):
    """When humans answer in chats, per municipality: weekday number to opening and closing time."""

    __tablename__ = "office_hours"
    municipality: Column[Key]
    hours: Column[list[Any]]


class ErasureRow(Row):
    """Which cases were erased, so that they stay erased after a restore."""

    __tablename__ = "erasures"
    case_number: Column[Key]
    erased_at: Column[datetime]


class CaseLogRow(Row):
    """The append-only log; triggers refuse every change."""

    __tablename__ = "case_log"
    position: Column[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    case_number: Column[str] = mapped_column(index=True)
    event: Column[str]
    actor: Column[str]
    at: Column[datetime]
    details: Column[dict[str, str]]
    previous_hash: Column[str]
    hash: Column[str]


class CaseLogHeadRow(Row):
    """The end of the log: one row, locked while an entry is appended."""

    __tablename__ = "case_log_head"
    id: Column[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Column[int] = mapped_column(BigInteger)
    hash: Column[str]


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


class KnowledgeItemRow(Row):
    """One curated file; `content` is JSON in which dates are marked (knowledge_items.py)."""

    __tablename__ = "knowledge_items"
    kind: Column[Key]
    id: Column[Key]
    content: Column[str]
    imported_hash: Column[str]
    content_hash: Column[str]


class PublicationRow(Row):
    """What was published; the highest number is current. `items` is JSON like the content of the items."""

    __tablename__ = "publications"
    number: Column[int] = mapped_column(primary_key=True)
    fingerprint: Column[str]
    model: Column[str]
    items: Column[str]
    published_at: Column[datetime]


class SecretRow(Row):
    """A secret made once, sealed with the newest key: above all the index key of the keyed hashes."""

    __tablename__ = "secrets"
    name: Column[Key]
    value: Column[bytes]
