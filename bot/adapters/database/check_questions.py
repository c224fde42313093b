"""Questions that every publication has to answer rightly, sealed."""

from sqlalchemy import delete, insert, select

from bot.adapters.database.case_rows import open_text, seal_text
from bot.adapters.database.knowledge_tables import CheckQuestionRow
from bot.adapters.database.sealing import MasterCipher, make_reference
from bot.adapters.database.transaction import Transaction
from bot.domain.questions import CheckQuestion

COLUMNS = CheckQuestionRow.__table__.c
IN_CLEAR = ("language", "municipality", "entry", "added_by", "added_on")


class StoredCheckQuestions:
    """Implements desk.knowledge.stored_checks.CheckQuestions."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """Work within one transaction."""
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, question: CheckQuestion) -> None:
        """Store a question under a random name."""
        reference = make_reference()
        text = seal_text(self._cipher, question.text, place(reference))
        clear = {name: getattr(question, name) for name in IN_CLEAR}
        await self._transaction.write(insert(CheckQuestionRow).values(reference=reference, text=text, **clear))

    async def all(self) -> list[CheckQuestion]:
        """Every question by its entry, the newest day first."""
        order = (COLUMNS.entry, COLUMNS.added_on.desc(), COLUMNS.reference)
        return [
            CheckQuestion(
                reference=row.reference,
                text=open_text(self._cipher, row.text, place(row.reference)) or "",
                **{name: getattr(row, name) for name in IN_CLEAR},
            )
            for row in await self._transaction.read(select(*COLUMNS).order_by(*order))
        ]

    async def delete(self, reference: str) -> bool:
        """Remove a question; whether it was there."""
        gone = await self._transaction.write(delete(CheckQuestionRow).where(COLUMNS.reference == reference))
        return gone.rowcount > 0


def place(reference: str) -> str:
    """What a question's text is bound to."""
    return f"check_questions.text:{reference}"
