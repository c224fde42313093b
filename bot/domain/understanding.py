"""What a text seems to mean, and how sure one must be to act on it."""

from dataclasses import dataclass
from typing import NewType

from bot.domain.knowledge import Intent, MunicipalityId

Confidence = NewType("Confidence", float)


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One possible meaning with its confidence (0-1)."""

    intent: Intent
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """The NLU server's reading of one text: meanings, best first, and what the text names.

    `remainder` is the text without the names of cities, so that "In Halle?" can be told from a question.
    """

    ranking: tuple[Ranked, ...] = ()
    municipalities: tuple[MunicipalityId, ...] = ()
    other_cities: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    remainder: str = ""
    model: str = ""
    """The model it was read with: only the knowledge that was published with it knows what its meanings stand for."""

    def confidence_in(self, intent: str) -> float:
        """How sure the reading is of one intent; 0.0 when it is not in the ranking."""
        return next((ranked.confidence for ranked in self.ranking if ranked.intent == intent), 0.0)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From cross-validation, per language: answer at or above `answer`, offer buttons at or above `suggest`."""

    answer: float
    suggest: float
