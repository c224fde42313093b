"""The tables of the cases. Columns of type `bytes` are sealed; all others may be searched and counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped as Column
from sqlalchemy.orm import mapped_column

from bot.adapters.database.columns import BigId, Id, Key, Row

LISTED = (
    "municipality", "status", "next_due", "filed_at", "number", "assignee", "language", "channel", "area", "area_detail", "form",
    "grounds", "on_hold", "proposed_closing", "erased_at",
)  # fmt: skip
"""Everything that the case list shows, sorts and filters by: with all of it in one index, no list has to read the rows themselves."""


class CaseRow(Row):
    """A case. `key` seals the person's words and is itself sealed; without it they are gone."""

    __tablename__ = "cases"
    number: Column[Key]
    kind: Column[str]
    reporter: Column[str]
    status: Column[str]
    municipality: Column[str | None]
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
    assignee: Column[str | None]
    proposed_closing: Column[str | None]
    on_hold: Column[bool]
    acknowledged_at: Column[datetime | None]
    feedback_given_at: Column[datetime | None]
    touched_at: Column[datetime | None]
    next_due: Column[date | None] = mapped_column(index=True)
    version: Column[int]
    __table_args__ = (Index("ix_cases_list", *LISTED),)


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
