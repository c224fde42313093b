"""A case as a row and back: codes and dates in clear, what the person wrote sealed with the case's own key."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.serialisation import Codec
from bot.domain.case_clocks import next_due
from bot.domain.cases import Case, CaseChannel, CaseNumber, CaseStatus, Consent, Deadline, Statement
from bot.domain.report_form import Incident
from bot.services.ports import Cipher

STATEMENTS = Codec(Statement)
SAME_IN_BOTH = (
    "kind", "reporter", "municipality", "language", "filed_at", "area", "area_detail", "form", "wish", "frame", "acknowledge_by",
    "feedback_by", "code_list_version", "closed_reason", "closed_at", "erased_at", "gender", "age_band", "contact_on", "evidence",
    "witnesses", "body", "own_administration", "outcome", "assignee", "proposed_closing", "on_hold", "acknowledged_at",
    "feedback_given_at", "touched_at", "version",
)  # fmt: skip


def to_clear_values(case: Case) -> dict[str, Any]:
    """The columns that may be searched, counted and changed later."""
    return {
        **{name: getattr(case, name) for name in SAME_IN_BOTH},
        "status": case.status.value,
        "channel": case.channel.value,
        "incident_since": case.incident.since,
        "incident_until": case.incident.until,
        "incident_precision": case.incident.precision,
        "incident_repeated": case.incident.repeated,
        "grounds": list(case.grounds),
        "deadlines": [[deadline.rule, deadline.due.isoformat()] for deadline in case.deadlines],
        "consent_version": case.consent.version,
        "consent_language": case.consent.language,
        "consent_given_at": case.consent.given_at,
        "next_due": next_due(case),
    }


def to_sealed_values(case: Case, master: MasterCipher) -> dict[str, bytes | None]:
    """A new key for this case, and what it seals. The incident in the person's words is kept within the statement only."""
    key = master.make_sealed_key(place("cases.key", case.number))
    cipher = master.under(key, place("cases.key", case.number))
    words = {"contact": case.contact, "reply_address": case.reply_address, "assessment": case.assessment}
    sealed = {name: text if text is None else seal_text(cipher, text, place(f"cases.{name}", case.number)) for name, text in words.items()}
    statement = cipher.seal(STATEMENTS.to_bytes(case.statement), place("cases.statement", case.number)) if case.statement else None
    return {"key": key, "statement": statement, **sealed}


def read_case(row: Row[Any], master: MasterCipher | None) -> Case:
    """The case of a row; an erased one, or one read without keys, comes back without the person's words."""
    cipher = master.under(row.key, place("cases.key", row.number)) if master and row.key else None
    statement = STATEMENTS.read(cipher.open(row.statement, place("cases.statement", row.number))) if cipher and row.statement else None
    incident = Incident(
        since=row.incident_since,
        until=row.incident_until,
        precision=row.incident_precision,
        repeated=row.incident_repeated,
        words=statement.when if statement else "",
    )
    return Case(
        number=CaseNumber(row.number),
        status=CaseStatus(row.status),
        channel=CaseChannel(row.channel),
        incident=incident,
        grounds=tuple(row.grounds),
        deadlines=tuple(Deadline(rule=rule, due=date.fromisoformat(due)) for rule, due in row.deadlines),
        consent=Consent(version=row.consent_version, language=row.consent_language, given_at=row.consent_given_at),
        statement=statement,
        contact=open_text(cipher, row.contact, place("cases.contact", row.number)),
        assessment=open_text(cipher, row.assessment, place("cases.assessment", row.number)),
        reply_address=open_text(cipher, row.reply_address, place("cases.reply_address", row.number)),
        **{name: getattr(row, name) for name in SAME_IN_BOTH},
    )


def seal_text(cipher: Cipher, text: str, context: str) -> bytes:
    """A text, sealed; lone surrogates included."""
    return cipher.seal(text.encode("utf-8", "surrogatepass"), context)


def open_text(cipher: Cipher | None, sealed: bytes | None, context: str) -> str | None:
    """The text, or None when there is none or its key was destroyed."""
    return cipher.open(sealed, context).decode("utf-8", "surrogatepass") if cipher and sealed is not None else None


def place(column: str, name: str) -> str:
    """What a value is bound to."""
    return f"{column}:{name}"
