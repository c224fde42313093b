"""What is stored of a person's case, as machines read it: every field, employees only as "office"."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.case_records import AttachmentInfo, clean_file_name
from bot.services.desk.cases.read_case import CaseFile

OF_THE_OFFICE = ("assignee", "version")
"""Who of the staff works on a case is not the person's data (CJEU C-579/21)."""


def to_personal_data(file: CaseFile, names: Mapping[str, str]) -> dict[str, Any]:
    """Everything but the content of the attachments, which lie beside it under `names`."""
    return {
        "case": {name: value for name, value in asdict(file.case).items() if name not in OF_THE_OFFICE},
        "messages": [without_staff(asdict(message)) for message in file.messages],
        "records": [without_staff(asdict(record)) for record in file.records],
        "attachments": [{**without_staff(asdict(info)), "file": names[info.reference]} for info in file.attachments],
        "log": [to_event(entry) for entry in file.entries],
    }


def without_staff(values: dict[str, Any]) -> dict[str, Any]:
    """The same without who of the staff it was, and without what names a row."""
    return {name: value for name, value in values.items() if name not in ("staff", "case", "reference")}


def to_event(entry: LogEntry) -> dict[str, Any]:
    """One entry of the log."""
    details = {} if entry.event is CaseEvent.ASSIGNED else dict(entry.details)
    return {"at": entry.at, "event": entry.event, "by": who(entry.actor), "details": details}


def who(actor: str) -> str:
    """Person, system or office.

    >>> who("person"), who("4f1c")
    ('person', 'office')
    """
    return actor if actor in ("person", "system") else "office"


def name_files(attachments: tuple[AttachmentInfo, ...]) -> dict[str, str]:
    """Where each file lies in the archive, by its reference; a number keeps equal names apart."""
    return {
        info.reference: f"files/{place}-{clean_file_name(info.name, info.media_type)}" for place, info in enumerate(attachments, start=1)
    }
