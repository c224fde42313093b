"""One spelling for the many ways people type a word."""

import re
import unicodedata

LONGEST_TEXT = 1000  # characters; no question needs more, and parsing stays quick on a megabyte

FEWEST_DIGITS = 6  # a number this long names something: a budget line, a paper

_LETTERS = str.maketrans(
    {
        # Arabic letters that Persian keyboards write differently, and the marks that are often left out
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و",
        # Latin and Cyrillic letters that Unicode does not decompose
        "ı": "i", "đ": "d", "ł": "l", "ø": "o", "æ": "a", "œ": "o", "ґ": "г", "’": "'", "ʼ": "'", "`": "'",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_UMLAUT_AS_TWO_LETTERS = re.compile(r"(a|o|u)e")


def clean(text: str) -> str:
    r"""Compose, lower and shorten a text, and drop what nobody sees: control characters, joiners, lone surrogates, tatweel.

    >>> clean("  WIR\u200b-Geld\x00\ud800 ２０２１ İŞ")
    'wir-geld 2021 iş'
    """
    composed = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()
    seen = "".join(_visible(char) for char in composed)
    return _SPACES.sub(" ", seen).strip()


def fold(text: str) -> str:
    """Reduce a clean text to what survives a foreign keyboard: no diacritics, one form of each Arabic letter, Latin digits.

    >>> fold(clean("Förderung foerderung STRAẞE şikâyet ۱۲ می‌خواهم"))
    'forderung forderung strasse sikayet 12 میخواهم'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(_digit(char) for char in decomposed if unicodedata.category(char) != "Mn")
    return _UMLAUT_AS_TWO_LETTERS.sub(r"\1", plain)


def has_words(text: str) -> bool:
    """Tell whether there is anything to understand: letters, or a long number such as a budget line; not emoji or "12".

    >>> has_words("??? 🙂 12"), has_words("да"), has_words("1.11120.01")
    (False, True, True)
    """
    return any(char.isalpha() for char in text) or sum(char.isdigit() for char in text) >= FEWEST_DIGITS


def _visible(char: str) -> str:
    category = unicodedata.category(char)  # U+0307 is what lower() leaves of a Turkish İ
    if char in "ـ\u0307" or category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category == "Cc" else char


def _digit(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdigit() else char
