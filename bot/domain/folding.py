"""Fold text so that the same words typed in different ways become equal; for search and word lists, not for display."""

import unicodedata

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
    letters = (char for char in plain if not unicodedata.combining(char))
    spaced = (str(unicodedata.digit(char, char)) if char.isalnum() else " " for char in letters)
    return " ".join("".join(spaced).split())
