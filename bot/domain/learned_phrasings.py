"""What people asked, as something to learn from: a phrasing of an entry, or one that belongs to none."""

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.domain.folding import fold
from bot.domain.languages import Language, without_variety
from bot.domain.mask_personal_data import mask_personal_data, without_marks

LONGEST, FEWEST_LETTERS = 300, 3
"""Characters of a phrasing that can be learned: a longer text tells a story."""
OUT_OF_SCOPE = {"near": "out-of-scope.near", "far": "out-of-scope.far"}


def to_phrasing(text: str) -> str:
    """The words to learn, in one line, without what tells who asked; empty for what is too short or too long to learn from.

    >>> to_phrasing("Ich heiße Ali Yilmaz,  wer hilft?"), to_phrasing("0345 1234567")
    ('Ich heiße, wer hilft?', '')
    """
    words = without_marks(mask_personal_data(text))
    return words if len(words) <= LONGEST and sum(char.isalpha() for char in words) >= FEWEST_LETTERS else ""


def with_phrasing(entry: Mapping[str, Any], language: Language, phrasing: str) -> dict[str, Any]:
    """The content of an entry with one more phrasing, unless it is there already.

    >>> with_phrasing({"questions": {"de": ["Wer hilft?"]}}, Language("de"), "wer hilft")
    {'questions': {'de': ['Wer hilft?']}}
    """
    questions = dict(entry.get("questions") or {})
    known = list(questions.get(without_variety(language)) or ())
    if fold(phrasing) not in {fold(str(each)) for each in known}:
        questions[without_variety(language)] = [*known, phrasing]
    return {**entry, "questions": questions}


def loose_phrasing(intent: str, language: Language, phrasing: str) -> dict[str, Any]:
    """The content of an item that holds a phrasing of no entry; the same words in a language always get the same id."""
    spoken = without_variety(language)
    mark = hashlib.sha256(fold(phrasing).encode()).hexdigest()[:8]
    return {"id": f"{intent}.{spoken}.{mark}", "intent": intent, "language": str(spoken), "text": phrasing}
