"""The cases of the Ombuds function."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_new  # its ON CONFLICT is SQLite's, too

from bot.adapters.database.case_rows import open_text, place, read_case, seal_text, to_clear_values, to_sealed_values
from bot.adapters.database.case_tables import CaseAttachmentRow, CaseMessageRow, CaseRecordRow, CaseRow, CaseVisitRow, ErasureRow
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.staff_tables import AlertRow
from bot.adapters.database.tables import OutboxRow
from bot.adapters.database.transaction import Transaction
from bot.domain.cases import Case, CaseMessage, CaseNumber
from bot.domain.errors import ConflictError
from bot.domain.messages import ConversationId
from bot.services.ports import Cipher

COLUMNS = CaseRow.__table__.c
ERASED: dict[str, Any] = dict.fromkeys(
    (
        "receipt_hash", "conversation", "key", "statement", "contact", "reply_address", "assessment", "incident_since", "incident_until",
        "contact_on", "assignee", "next_due",
    )
)  # fmt: skip
"""What is overwritten when a case is erased; the codes stay for the statistics."""


class StoredCases:
    """Implements stored_cases.Cases."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, case: Case, receipt_hash: str, chat: ConversationId | None) -> None:
        """Store a new case, with the chat that replies may go to. Raises ConflictError when number or receipt exist."""
        values = {**to_clear_values(case), **to_sealed_values(case, self._cipher)}
        names = {"number": case.number, "receipt_hash": receipt_hash, "conversation": chat}
        await self._transaction.write(insert(CaseRow), {**names, **values})

    async def find_by_receipt(self, receipt_hash: str) -> Case | None:
        """The case that a receipt code opens; None for an erased one."""
        rows = await self._transaction.read(select(*COLUMNS).where(CaseRow.receipt_hash == receipt_hash))
        return read_case(rows[0], self._cipher) if rows else None

    async def get(self, number: CaseNumber) -> Case:
        """The case, erased or not. Raises LookupError."""
        rows = await self._transaction.read(select(*COLUMNS).where(CaseRow.number == number))
        if not rows:
            message = f"There is no case {number}."
            raise LookupError(message)
        return read_case(rows[0], self._cipher)

    async def save(self, case: Case) -> None:
        """Store status, codes, dates and assessment as version + 1. Raises ConflictError when it was changed or erased meanwhile."""
        values = {name: value for name, value in to_clear_values(case).items() if name != "erased_at"}
        values |= {"version": case.version + 1, "assessment": await self._seal_assessment(case)}
        kept = update(CaseRow).where(CaseRow.number == case.number, CaseRow.version == case.version, CaseRow.erased_at.is_(None))
        saved = await self._transaction.write(kept.values(values))
        if saved.rowcount != 1:
            message = "Somebody else changed this case in the meantime, or it was erased."
            raise ConflictError(message)

    async def _seal_assessment(self, case: Case) -> bytes | None:
        if case.assessment is None:
            return None
        cipher = await self.cipher_of(case.number)
        return seal_text(cipher, case.assessment, place("cases.assessment", case.number))

    async def cipher_of(self, number: CaseNumber) -> Cipher:
        """The cipher of the case's own key; the row stays locked. Raises ConflictError when the case was erased or never was."""
        locked = select(CaseRow.key).where(CaseRow.number == number, CaseRow.key.is_not(None)).with_for_update()
        row = (await self._transaction.write(locked)).one_or_none()
        if row is None:
            error = "This case was erased in the meantime."
            raise ConflictError(error)
        return self._cipher.under(row.key, place("cases.key", number))

    async def add_message(self, message: CaseMessage) -> None:
        """Store an addition under the case's key. Raises ConflictError when the case was erased or never was."""
        cipher = await self.cipher_of(message.case)
        reference = make_reference()
        values = {
            "case_number": message.case,
            "reference": reference,
            "author": message.author,
            "staff": message.staff,
            "language": message.language,
            "written_at": message.written_at,
            "text": seal_text(cipher, message.text, place("case_messages.text", reference)),
            "german": seal_text(cipher, message.german, place("case_messages.german", reference)) if message.german else None,
        }
        await self._transaction.write(insert(CaseMessageRow).values(**values))

    async def messages(self, number: CaseNumber) -> list[CaseMessage]:
        """All additions to a case, oldest first; none for an erased one."""
        of_case = select(CaseRow.key, *CaseMessageRow.__table__.c).join(CaseMessageRow).where(CaseRow.number == number)
        rows = await self._transaction.read(of_case.order_by(CaseMessageRow.id))
        if not rows:
            return []
        cipher = self._cipher.under(rows[0].key, place("cases.key", number))
        return [read_message(row, number, cipher) for row in rows]

    async def chat_of(self, number: CaseNumber) -> ConversationId | None:
        """The chat that replies to this case may go to; None for an unlinked or erased one."""
        rows = await self._transaction.read(select(CaseRow.conversation).where(CaseRow.number == number))
        return rows[0].conversation if rows else None

    async def unlink_chat(self, number: CaseNumber) -> None:
        """Forget where replies to this case would go, and which chat it came from."""
        await self._transaction.write(update(CaseRow).where(CaseRow.number == number).values(reply_address=None, conversation=None))

    async def unlink_conversation(self, conversation: ConversationId) -> None:
        """The same for every case that was filed from one chat."""
        unlinked = update(CaseRow).where(CaseRow.conversation == conversation).values(reply_address=None, conversation=None)
        await self._transaction.write(unlinked)

    async def delete_contact(self, number: CaseNumber) -> None:
        """Delete a person's contact data, and nothing else."""
        self._transaction.destroys = True
        await self._transaction.write(update(CaseRow).where(CaseRow.number == number).values(contact=None))

    async def erase(self, number: CaseNumber, now: datetime) -> None:
        """Destroy the case's key and everything personal; a content-free tombstone stays. Erasing twice changes nothing."""
        self._transaction.destroys = True
        chat = select(CaseRow.conversation).where(CaseRow.number == number, CaseRow.conversation.is_not(None)).scalar_subquery()
        await self._transaction.write(delete(OutboxRow).where(OutboxRow.conversation == chat))  # what the office wrote may wait there
        erased = update(CaseRow).where(CaseRow.number == number, CaseRow.erased_at.is_(None))
        await self._transaction.write(erased.values(erased_at=now, deadlines=[], **ERASED))
        for table in (CaseMessageRow, CaseRecordRow, CaseAttachmentRow, CaseVisitRow, AlertRow):
            await self._transaction.write(delete(table).where(table.case_number == number))
        await self._transaction.write(insert_new(ErasureRow).on_conflict_do_nothing(), {"case_number": number, "erased_at": now})


def read_message(row: Row[Any], number: CaseNumber, cipher: Cipher) -> CaseMessage:
    """One addition, opened with the case's key."""
    text = open_text(cipher, row.text, place("case_messages.text", row.reference)) or ""
    german = open_text(cipher, row.german, place("case_messages.german", row.reference)) or ""
    return CaseMessage(
        case=number, author=row.author, staff=row.staff, language=row.language, written_at=row.written_at, text=text, german=german
    )
