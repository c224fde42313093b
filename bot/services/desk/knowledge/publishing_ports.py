"""What publishing needs from outside: a workshop in which models are trained and tried, and questions to try them with."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.proof import ProofQuestion
from bot.services.ports import Published, Understander
from bot.services.stored_knowledge import KnowledgeItem


class Workshop(Protocol):
    """An NLU server beside the one that answers. Every step may be repeated; raises NotAvailableError when it does not answer."""

    def model_for(self, items: Sequence[KnowledgeItem]) -> str:
        """The name of the model that these items need; it changes whenever a model trained now would differ."""
        ...

    def has_model(self, name: str) -> bool:
        """Whether the model is there already."""
        ...

    async def train(self, items: Sequence[KnowledgeItem]) -> None:
        """Train and keep their model, unless it is there."""
        ...

    async def load(self, model: str, published: Published) -> Understander:
        """What reads texts with a model in the workshop, until the next one is loaded."""
        ...

    def forget(self, models: Sequence[str]) -> None:
        """Delete models that nothing goes back to any more."""
        ...


class ProofQuestions(Protocol):
    """Questions with known answers that come with the program."""

    def __call__(self) -> Sequence[ProofQuestion]: ...
