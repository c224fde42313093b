"""Files with a case, sealed with its key."""

from typing import Any

from sqlalchemy import Row, delete, insert, select

from bot.adapters.database.case_rows import open_text, place, seal_text
from bot.adapters.database.case_tables import CaseAttachmentRow, CaseRow
from bot.adapters.database.cases import StoredCases
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.transaction import Transaction
from bot.domain.case_records import AttachmentInfo
from bot.domain.cases import CaseNumber
from bot.domain.staff import StaffId
from bot.services.ports import Cipher

WITHOUT_CONTENT = tuple(column for column in CaseAttachmentRow.__table__.c if column.name != "content")


class StoredCaseAttachments:
    """Implements desk.stored_case_file.CaseAttachments."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, info: AttachmentInfo, content: bytes) -> None:
        """Store a file under the case's key. Raises ConflictError when the case was erased or never was."""
        cipher = await StoredCases(self._transaction, self._cipher).cipher_of(info.case)
        values = {
            "reference": info.reference,
            "case_number": info.case,
            "staff": info.staff,
            "added_at": info.added_at,
            "media_type": info.media_type,
            "size_bytes": info.size_bytes,
            "name": seal_text(cipher, info.name, place("case_attachments.name", info.reference)),
            "content": cipher.seal(content, place("case_attachments.content", info.reference)),
        }
        await self._transaction.write(insert(CaseAttachmentRow).values(**values))

    async def of(self, number: CaseNumber) -> list[AttachmentInfo]:
        """The files of a case, oldest first, without their content; none for an erased one."""
        of_case = select(CaseRow.key, *WITHOUT_CONTENT).join(CaseAttachmentRow).where(CaseRow.number == number)
        rows = await self._transaction.read(of_case.order_by(CaseAttachmentRow.added_at, CaseAttachmentRow.reference))
        if not rows:
            return []
        cipher = self._cipher.under(rows[0].key, place("cases.key", number))
        return [read_info(row, cipher) for row in rows]

    async def read(self, number: CaseNumber, reference: str) -> tuple[AttachmentInfo, bytes]:
        """One file of this case. Raises LookupError."""
        one = select(CaseRow.key, *CaseAttachmentRow.__table__.c).join(CaseAttachmentRow)
        rows = await self._transaction.read(one.where(CaseRow.number == number, CaseAttachmentRow.reference == reference))
        if not rows:
            message = "There is no such file with this case."
            raise LookupError(message)
        cipher = self._cipher.under(rows[0].key, place("cases.key", number))
        return read_info(rows[0], cipher), cipher.open(rows[0].content, place("case_attachments.content", reference))

    async def delete(self, number: CaseNumber, reference: str) -> None:
        """Delete one file of this case, so that nothing of it lingers in the write-ahead log, either."""
        self._transaction.destroys = True
        gone = delete(CaseAttachmentRow).where(CaseAttachmentRow.case_number == number, CaseAttachmentRow.reference == reference)
        await self._transaction.write(gone)


def read_info(row: Row[Any], cipher: Cipher) -> AttachmentInfo:
    """What is known of a file."""
    return AttachmentInfo(
        reference=row.reference,
        case=CaseNumber(row.case_number),
        name=open_text(cipher, row.name, place("case_attachments.name", row.reference)) or "",
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        staff=StaffId(row.staff),
        added_at=row.added_at,
    )
