"""Receipt codes: what a person needs to come back to a report, from any channel."""

import re
import string
import unicodedata
from typing import NewType

ReceiptCode = NewType("ReceiptCode", str)
"""Sixteen characters of Crockford's base 32: 80 random bits, no letters that look alike."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
GROUPED = re.compile(r"(?<!\w)(?:[0-9A-Za-z]{4}[-–—]){3}[0-9A-Za-z]{4}(?!\w)")
IN_ANY_FORM = re.compile(r"(?=(?<!\w)((?:[0-9A-Za-z]{4}[ .–—-]?){3}[0-9A-Za-z]{4})(?!\w))")
"""At every place where it may begin, since words of four letters may stand before it."""
LIKE_GROUPS = re.compile(r"(?<!\w)(?:\w{3,5}[\s.,_–—-]+)+\w{3,5}(?!\w)|\w{8,}")
AROUND = string.whitespace + string.punctuation
MIXED = re.compile(r"\d[^\W\d]|[^\W\d]\d")
"""A letter beside a digit, in any writing: very likely within a code, rare in words."""


LIKELY_MIXED = 2
"""So many letters beside digits are no chance within four words."""


def make_receipt(random_bytes: bytes) -> ReceiptCode:
    """The code for ten random bytes.

    >>> make_receipt(bytes(10))
    '0000000000000000'
    """
    number = int.from_bytes(random_bytes[:10], "big")
    return ReceiptCode("".join(ALPHABET[(number >> shift) & 31] for shift in range(75, -1, -5)))


def show_receipt(code: ReceiptCode) -> str:
    """In groups of four, to read and write down.

    >>> show_receipt(ReceiptCode("0123456789ABCDEF"))
    '0123-4567-89AB-CDEF'
    """
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read_receipt(text: str) -> ReceiptCode | None:
    """The code a person typed, forgiving spaces, dashes, case, look-alikes and other digits; None if it is none.

    >>> read_receipt(" o123 4567-89ab-cdef ")
    '0123456789ABCDEF'
    >>> read_receipt("hello") is None
    True
    """
    latin = "".join(str(unicodedata.digit(char, char)) for char in unicodedata.normalize("NFKC", text))
    code = re.sub(r"[\W_]", "", latin).upper().translate(LOOK_ALIKE)
    return ReceiptCode(code) if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def find_receipt(text: str) -> ReceiptCode | None:
    """A code in its written form (four groups with dashes) anywhere in a message; in another form where it has enough digits in it."""
    written = _find_written(text)
    return read_receipt(written or text) if written or is_like_receipt(text) else None


def _find_written(text: str) -> str:
    with_dashes = GROUPED.search(text)
    if with_dashes:
        return with_dashes.group()
    likely = [found.group(1) for found in IN_ANY_FORM.finditer(text) if len(MIXED.findall(found.group(1))) >= LIKELY_MIXED]
    return likely[-1] if likely else ""


def is_like_receipt(text: str) -> bool:
    """Whether a text is nothing but a code, mistyped perhaps: groups or one word, about as long, letters beside digits.

    >>> is_like_receipt("7kab 3czy wfsz 9m2"), is_like_receipt("ich bin 17 jahre alt")
    (True, False)
    """
    return _is_as_long(text) and bool(MIXED.search(text) and LIKE_GROUPS.fullmatch(text.strip(AROUND)))


def without_receipt(text: str) -> str:
    """What is left to understand: a code is no words of any language, and concerns nobody but the case log.

    >>> without_receipt("my code is 7KAB-3CZY-WFSZ-9M2K, any news?"), without_receipt("7kab3czywfsz9m2k")
    ('my code is  , any news?', '')
    """
    written = _find_written(text)
    return "" if is_like_receipt(text) else text.replace(written, " ").strip() if written else text.strip()


def looks_like_code(text: str) -> bool:
    """Whether a text is an attempt at a receipt code rather than a new question: short with digits, or one word as long as a code.

    >>> looks_like_code("ABCD-1234"), looks_like_code("where is the office in Halle?"), looks_like_code("hello")
    (True, False, False)
    """
    letters = "".join(char for char in text if char.isalnum())
    has_digits = any(char.isdigit() for char in letters) and len(letters) <= 24  # noqa: PLR2004
    return has_digits or (len(text.split()) == 1 and _is_as_long(text))


def may_hold_receipt(text: str) -> bool:
    """Whether a text may hold a code or a large part of one, mistyped or not; says yes rather too often.

    >>> may_hold_receipt("my code is 7kab 3czy wfsz"), may_hold_receipt("what about 1.11120.01 in 2025 and 2026?")
    (True, False)
    """
    return read_receipt(text) is not None or any(MIXED.search(found.group()) for found in LIKE_GROUPS.finditer(text))


def _is_as_long(text: str) -> bool:
    return abs(sum(char.isalnum() for char in text) - LENGTH) <= 2  # noqa: PLR2004
