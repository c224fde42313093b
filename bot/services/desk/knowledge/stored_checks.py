"""Questions that every publication has to answer rightly."""

from typing import Protocol

from bot.domain.questions import CheckQuestion


class CheckQuestions(Protocol):
    """Kept until somebody deletes them; their text is encrypted."""

    async def add(self, question: CheckQuestion) -> None:
        """Store it under a random name."""
        ...

    async def all(self) -> list[CheckQuestion]:
        """Every question by its entry, the newest day first."""
        ...

    async def delete(self, reference: str) -> bool:
        """Remove a question; whether it was there."""
        ...
