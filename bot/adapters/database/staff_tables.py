"""The tables of the desk. Columns of type `bytes` are sealed; all others may be searched and counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped as Column
from sqlalchemy.orm import mapped_column

from bot.adapters.database.columns import Id, Key, Row

UNSEEN = text("seen_at IS NULL")


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
    seen_on: Column[date | None]
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
    """A filter of the case list that somebody keeps; codes only, and a sealed name."""

    __tablename__ = "saved_filters"
    reference: Column[Key]
    staff: Column[str] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Column[bytes]
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
    told_at: Column[datetime | None]
    due_on: Column[date | None]
    __table_args__ = (
        Unique("staff", "kind", "case_number", "due_on"),
        Index("ix_alerts_unseen", "staff", postgresql_where=UNSEEN, sqlite_where=UNSEEN),
        {"sqlite_autoincrement": True},
    )


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
