"""What happened with a case, in order: the log, what was written to and fro, and what staff keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.console.labels import city_name, label, staff_name
from bot.console.visit import Visit
from bot.domain.case_codes import AREAS
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.case_records import CaseRecord
from bot.domain.cases import CaseMessage
from bot.services.desk.cases.read_case import CaseFile

NOT_SHOWN = frozenset(
    {
        CaseEvent.MESSAGE_FROM_PERSON,
        CaseEvent.MESSAGE_TO_PERSON,
        CaseEvent.NOTE_ADDED,
        CaseEvent.INTERVENTION_ADDED,
        CaseEvent.REFERRAL_ADDED,
        CaseEvent.CASE_READ,
    }
)
"""Events whose words are shown themselves; and who looked at the case, which is for the auditor."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that happened."""

    at: datetime
    who: str
    what: str
    details: tuple[str, ...] = ()
    words: str = ""
    german: str = ""
    language: str = ""
    happened_on: date | None = None
    kind: str = "event"
    """event, record, or message; the last two hold words."""


def tell_timeline(visit: Visit, file: CaseFile) -> list[Item]:
    """Everything, newest last."""
    items = [
        *(tell_event(visit, entry, file) for entry in file.entries if entry.event not in NOT_SHOWN),
        *(tell_message(visit, message, file) for message in file.messages),
        *(tell_record(visit, record, file) for record in file.records),
    ]
    return sorted(items, key=lambda item: item.at)


def tell_event(visit: Visit, entry: LogEntry, file: CaseFile) -> Item:
    """An entry of the log."""
    return Item(
        at=entry.at,
        who=staff_name(visit, entry.actor, file.members),
        what=label(visit, "event", entry.event.value),
        details=tuple(tell_details(visit, entry, file)),
    )


def tell_message(visit: Visit, message: CaseMessage, file: CaseFile) -> Item:
    """Something that was written to or by the person."""
    from_office = message.author == "office"
    return Item(
        at=message.written_at,
        who=staff_name(visit, message.staff if from_office else "person", file.members),
        what=label(visit, "event", (CaseEvent.MESSAGE_TO_PERSON if from_office else CaseEvent.MESSAGE_FROM_PERSON).value),
        words=message.text,
        german=message.german,
        language=message.language,
        kind="message",
    )


def tell_record(visit: Visit, record: CaseRecord, file: CaseFile) -> Item:
    """A note, an intervention or a referral."""
    return Item(
        at=record.written_at,
        who=staff_name(visit, record.staff, file.members),
        what=label(visit, "record", record.kind.value),
        details=(label(visit, record.kind.value, record.code),) if record.code else (),
        words=record.text,
        happened_on=record.happened_on,
        kind="record",
    )


def tell_details(visit: Visit, entry: LogEntry, file: CaseFile) -> Iterator[str]:
    """What the codes of an entry mean."""
    match entry.event:
        case CaseEvent.OPENED:
            yield label(visit, "channel", entry.details.get("channel"))
        case CaseEvent.STATUS_CHANGED:
            yield f"{label(visit, 'status', entry.details.get('from'))} → {label(visit, 'status', entry.details.get('to'))}"
        case CaseEvent.ASSIGNED:
            to = entry.details.get("to")
            yield staff_name(visit, to, file.members) if to else visit.said("case.nobody")
        case CaseEvent.CODES_CORRECTED:
            for name, change in entry.details.items():
                yield tell_correction(visit, name, change)
        case CaseEvent.ATTACHMENT_ADDED | CaseEvent.ATTACHMENT_READ | CaseEvent.ATTACHMENT_DELETED:
            yield label(visit, "file-type", entry.details.get("type", "").rpartition("/")[2])
        case CaseEvent.CONTACT_READ:
            yield label(visit, "contact-reason", entry.details.get("reason"))
    if reason := entry.details.get("reason") if entry.event is not CaseEvent.CONTACT_READ else None:
        yield label(visit, "close-reason", reason)


def tell_correction(visit: Visit, name: str, change: str) -> str:
    """One code before and after; of incident dates only that they changed, since the log must not keep them."""
    field = label(visit, "field", name)
    if name == "incident":
        return field
    before, _, after = change.partition(" → ")
    return f"{field}: {tell_codes(visit, name, before)} → {tell_codes(visit, name, after)}"


def tell_codes(visit: Visit, name: str, codes: str) -> str:
    """The labels of one or several codes as the log keeps them."""
    if name == "municipality":
        return city_name(visit, codes)
    if name == "area_detail":
        area = next((area for area, details in AREAS.items() if codes in details), "")
        return label(visit, name, f"{area}.{codes}")
    return ", ".join(label(visit, name, code) for code in codes.split(", "))
