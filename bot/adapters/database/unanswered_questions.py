"""Questions without a good answer, for the editors."""

from datetime import date

from sqlalchemy import delete, insert, select

from bot.adapters.database.case_rows import open_text, seal_text
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.tables import UnansweredQuestionRow
from bot.adapters.database.transaction import Transaction
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
        return [
            UnansweredQuestion(
                kind=QuestionKind(row.kind),
                text=open_text(self._cipher, row.text, place(row.reference)) or "",
                entries=tuple(row.entries),
                **{name: getattr(row, name) for name in IN_CLEAR},
            )
            for row in rows
        ]

    async def delete_before(self, day: date) -> int:
        """Delete what was asked before a day; how many."""
        return (await self._transaction.write(delete(UnansweredQuestionRow).where(COLUMNS.asked_on < day))).rowcount


def place(reference: str) -> str:
    """What a question's text is bound to."""
    return f"unanswered_questions.text:{reference}"
