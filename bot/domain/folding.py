"""Fold text so that the same words typed in different ways become equal; for search and word lists, not for display."""

import unicodedata
from functools import lru_cache

ALIKE = str.maketrans({
    "ß": "ss", "đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i",
    "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ـ": None,
    "\u200c": " ", "ʼ": " ",
})  # fmt: skip
"""Letters that decomposition leaves apart, and the Arabic and Persian forms of the same letter."""


def fold(text: str) -> str:
    """Lower case, without marks above and below letters, one space between words, Latin digits.

    >>> fold("Straße  ĐẾN İstanbul, können")
    'strasse den istanbul konnen'
    >>> fold("كيف ١٢") == fold("کیف 12")
    True
    """
    small = unicodedata.normalize("NFKC", text).casefold().translate(ALIKE)
    plain = unicodedata.normalize("NFKD", small).translate(ALIKE)
    return " ".join("".join(map(_fold_letter, plain)).split())


@lru_cache(maxsize=8192)
def _fold_letter(char: str) -> str:
    """A letter or Latin digit; nothing for a mark, a space for anything else."""
    if unicodedata.combining(char):
        return ""
    return str(unicodedata.digit(char, char)) if char.isalnum() else " "
