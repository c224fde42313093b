"""What is stored of cases and of what happened to them, as protocols."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from bot.domain.case_log import ChainedEntry, LogEntry
from bot.domain.cases import Case, CaseMessage, CaseNumber
from bot.domain.messages import ConversationId


class Cases(Protocol):
    """The case log's cases. What a person wrote is sealed with a key of its own per case."""

    async def add(self, case: Case, receipt_hash: str, chat: ConversationId | None) -> None:
        """Store a new case; `chat` only when the person wants replies there."""
        ...

    async def find_by_receipt(self, receipt_hash: str) -> Case | None: ...
    async def get(self, number: CaseNumber) -> Case: ...
    async def save(self, case: Case) -> None:
        """Store status, codes and dates; the person's words do not change after filing."""
        ...

    async def add_message(self, message: CaseMessage) -> None: ...
    async def messages(self, number: CaseNumber) -> list[CaseMessage]: ...
    async def chat_of(self, number: CaseNumber) -> ConversationId | None:
        """The chat that replies to this case may go to, if the person wants that."""
        ...

    async def unlink_chat(self, number: CaseNumber) -> None:
        """Forget where replies to this case would go."""
        ...

    async def unlink_conversation(self, conversation: ConversationId) -> None:
        """The same for every case that was filed from one chat."""
        ...

    async def delete_contact(self, number: CaseNumber) -> None:
        """Delete a person's contact data for good; saving the case alone keeps it."""
        ...

    async def erase(self, number: CaseNumber, now: datetime) -> None:
        """Destroy the case's key and everything personal; a content-free tombstone stays for the statistics."""
        ...


class CaseLog(Protocol):
    """The append-only, hash-chained log."""

    async def append(self, entry: LogEntry) -> ChainedEntry: ...
    def entries(self) -> AsyncIterator[ChainedEntry]: ...
    async def of(self, case: CaseNumber) -> list[LogEntry]:
        """What happened to one case, in order."""
        ...
