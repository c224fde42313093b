"""What is stored about the work on a case, as protocols; and what checks a file before it is stored."""

from datetime import datetime
from typing import Protocol

from bot.domain.case_records import AttachmentInfo, CaseRecord
from bot.domain.cases import CaseNumber
from bot.domain.errors import WegweiserError
from bot.domain.staff import StaffId


class CaseRecords(Protocol):
    """Notes, interventions and referrals, sealed with the case's key."""

    async def add(self, record: CaseRecord) -> None:
        """Store a record. Raises ConflictError when the case was erased."""
        ...

    async def of(self, number: CaseNumber) -> list[CaseRecord]:
        """All records of a case, oldest first; none for an erased one."""
        ...


class CaseAttachments(Protocol):
    """Files, sealed with the case's key."""

    async def add(self, info: AttachmentInfo, content: bytes) -> None:
        """Store a file. Raises ConflictError when the case was erased."""
        ...

    async def of(self, number: CaseNumber) -> list[AttachmentInfo]:
        """The files of a case, oldest first, without their content."""
        ...

    async def read(self, number: CaseNumber, reference: str) -> tuple[AttachmentInfo, bytes]:
        """One file of this case. Raises LookupError."""
        ...

    async def delete(self, number: CaseNumber, reference: str) -> None: ...


class CaseVisits(Protocol):
    """Who has which case open."""

    async def note(self, number: CaseNumber, staff: StaffId, now: datetime) -> None:
        """Somebody looks at a case right now."""
        ...

    async def since(self, number: CaseNumber, moment: datetime) -> list[StaffId]:
        """Who has looked at it since then."""
        ...

    async def delete_before(self, moment: datetime) -> int: ...


class FileNotAcceptedError(WegweiserError):
    """A file is not kept. `reason` is the last part of a key of the desk's words: type, broken, encrypted, too-large, empty."""

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(f"The file is not accepted: {reason}.")
        self.reason = reason


class FileCleaner(Protocol):
    """Checks a file that somebody brings, and takes out of it what nobody sees."""

    async def clean(self, content: bytes) -> tuple[str, bytes]:
        """The media type and the file without metadata and active content. Raises FileNotAcceptedError, NotAvailableError."""
        ...
