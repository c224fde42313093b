"""Questions without a good answer, for the editors."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from bot.adapters.database.case_rows import open_text, seal_text
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.tables import UnansweredQuestionRow
from bot.adapters.database.transaction import Transaction
from bot.domain.languages import Language
from bot.domain.questions import QuestionKind, UnansweredQuestion

COLUMNS = UnansweredQuestionRow.__table__.c
IN_CLEAR = ("language", "municipality", "asked_on")


class StoredUnansweredQuestions:
    """Implements ports.UnansweredQuestions."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, question: UnansweredQuestion) -> None:
        """Store a question under a random name."""
        reference = make_reference()
        values = {
            "reference": reference,
            "kind": question.kind.value,
            "entries": list(question.entries),
            "text": seal_text(self._cipher, question.text, place(reference)),
            **{name: getattr(question, name) for name in IN_CLEAR},
        }
        await self._transaction.write(insert(UnansweredQuestionRow).values(**values))

    async def all(self) -> list[UnansweredQuestion]:
        """Every question, the newest day first; within a day by their random names."""
        rows = await self._transaction.read(select(*COLUMNS).order_by(COLUMNS.asked_on.desc(), COLUMNS.reference))
        return [self._read(row) for row in rows]

    async def count_by_language(self) -> Mapping[Language, int]:
        """How many there are in each language."""
        counted = select(COLUMNS.language, func.count().label("questions")).group_by(COLUMNS.language)
        return {Language(row.language): row.questions for row in await self._transaction.read(counted)}

    async def find(self, reference: str) -> UnansweredQuestion | None:
        """One question."""
        rows = await self._transaction.read(select(*COLUMNS).where(COLUMNS.reference == reference))
        return self._read(rows[0]) if rows else None

    async def delete(self, references: Sequence[str]) -> int:
        """Remove these questions; how many of them were there."""
        return (await self._transaction.write(delete(UnansweredQuestionRow).where(COLUMNS.reference.in_(references)))).rowcount

    async def delete_before(self, day: date) -> int:
        """Delete what was asked before a day; how many."""
        return (await self._transaction.write(delete(UnansweredQuestionRow).where(COLUMNS.asked_on < day))).rowcount

    def _read(self, row: Row[Any]) -> UnansweredQuestion:
        return UnansweredQuestion(
            kind=QuestionKind(row.kind),
            text=open_text(self._cipher, row.text, place(row.reference)) or "",
            entries=tuple(row.entries),
            reference=row.reference,
            **{name: getattr(row, name) for name in IN_CLEAR},
        )


def place(reference: str) -> str:
    """What a question's text is bound to."""
    return f"unanswered_questions.text:{reference}"
