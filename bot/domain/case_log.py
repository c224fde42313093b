"""The append-only log of cases, accounts and chats: every entry carries the hash of the one before, so a change or a gap shows."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

FIRST_HASH = "0" * 64


class CaseEvent(StrEnum):
    """What happened to a case; below, what happened at the desk apart from cases."""

    OPENED = "opened"
    STATUS_CHANGED = "status-changed"
    MESSAGE_FROM_PERSON = "message-from-person"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    ASSIGNED = "assigned"
    CODES_CORRECTED = "codes-corrected"
    ASSESSED = "assessed"
    NOTE_ADDED = "note-added"
    INTERVENTION_ADDED = "intervention-added"
    REFERRAL_ADDED = "referral-added"
    ATTACHMENT_ADDED = "attachment-added"
    ATTACHMENT_READ = "attachment-read"
    ATTACHMENT_DELETED = "attachment-deleted"
    MESSAGE_TO_PERSON = "message-to-person"
    CONTACT_READ = "contact-read"
    CONTACT_REMOVED = "contact-removed"
    CASE_READ = "case-read"
    """Once a day for each who opens it."""
    CLOSING_PROPOSED = "closing-proposed"
    CLOSING_DECLINED = "closing-declined"
    HOLD_SET = "hold-set"
    HOLD_RELEASED = "hold-released"
    EXPORTED = "exported"
    ACCOUNT_INVITED = "account-invited"
    INVITATION_REVOKED = "invitation-revoked"
    ACCOUNT_JOINED = "account-joined"
    ACCOUNT_CHANGED = "account-changed"
    ACCOUNT_DISABLED = "account-disabled"
    ACCOUNT_ENABLED = "account-enabled"
    ACCESS_LINK_MADE = "access-link-made"
    ACCESS_RESET = "second-factor-reset"
    """A new password through such a link; the second factor has to be set up anew."""
    SECOND_FACTOR_SET = "second-factor-set"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105  # the name of an event
    SESSIONS_ENDED = "sessions-ended"
    CHAT_TAKEN = "chat-taken"
    CHAT_HANDED_ON = "chat-handed-on"
    CHAT_ENDED = "chat-ended"
    DOWNLOADED = "downloaded"


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One event; `case` is empty where it is about none. Never holds anything a person wrote, so that nothing ever has to be erased."""

    case: str
    event: CaseEvent
    actor: str
    at: datetime
    details: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ChainedEntry:
    """A stored entry with its position and hashes (SHA-256, hexadecimal)."""

    position: int
    entry: LogEntry
    previous_hash: str
    hash: str


def chain(previous_hash: str, position: int, entry: LogEntry) -> ChainedEntry:
    """The entry as it is stored after the one with `previous_hash`."""
    record = [
        position,
        entry.case,
        entry.event.value,
        entry.actor,
        entry.at.astimezone(UTC).isoformat(),
        dict(entry.details),
        previous_hash,
    ]
    canonical = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return ChainedEntry(position=position, entry=entry, previous_hash=previous_hash, hash=digest)
