"""Notes, interventions and referrals, sealed with the key of their case."""

from typing import Any

from sqlalchemy import Row, insert, select

from bot.adapters.database.case_rows import open_text, place, seal_text
from bot.adapters.database.case_tables import CaseRecordRow, CaseRow
from bot.adapters.database.cases import StoredCases
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.transaction import Transaction
from bot.domain.case_records import CaseRecord, RecordKind
from bot.domain.cases import CaseNumber
from bot.domain.staff import StaffId
from bot.services.ports import Cipher


class StoredCaseRecords:
    """Implements desk.stored_case_file.CaseRecords."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, record: CaseRecord) -> None:
        """Store a record under the case's key. Raises ConflictError when the case was erased or never was."""
        cipher, reference = await StoredCases(self._transaction, self._cipher).cipher_of(record.case), make_reference()
        values = {
            "reference": reference,
            "case_number": record.case,
            "kind": record.kind.value,
            "code": record.code,
            "happened_on": record.happened_on,
            "staff": record.staff,
            "written_at": record.written_at,
            "text": seal_text(cipher, record.text, place("case_records.text", reference)),
        }
        await self._transaction.write(insert(CaseRecordRow).values(**values))

    async def of(self, number: CaseNumber) -> list[CaseRecord]:
        """All records of a case, oldest first; none for an erased one."""
        of_case = select(CaseRow.key, *CaseRecordRow.__table__.c).join(CaseRecordRow).where(CaseRow.number == number)
        rows = await self._transaction.read(of_case.order_by(CaseRecordRow.written_at, CaseRecordRow.reference))
        if not rows:
            return []
        cipher = self._cipher.under(rows[0].key, place("cases.key", number))
        return [read_record(row, cipher) for row in rows]


def read_record(row: Row[Any], cipher: Cipher) -> CaseRecord:
    """One record, opened with the case's key."""
    return CaseRecord(
        case=CaseNumber(row.case_number),
        kind=RecordKind(row.kind),
        code=row.code,
        happened_on=row.happened_on,
        staff=StaffId(row.staff),
        written_at=row.written_at,
        text=open_text(cipher, row.text, place("case_records.text", row.reference)) or "",
    )
