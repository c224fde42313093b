"""Whether an answer contains a fact, written the way its language writes numbers and dates."""

import re
import unicodedata
from datetime import date
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

INVISIBLE = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))
SPACES = re.compile(r"[\u00a0\u202f\u2009 ]")
APART = r"(?<![\d.,])(?<!\d[\u00a0\u202f]){}(?![\d]|[.,]\d|[\u00a0\u202f]\d{{3}})"
"""With nothing of a longer number around it, whose groups of three may be kept apart by a space that does not break."""


def contains_fact(answer: str, fact: float | date | str, language: str) -> bool:
    """Whether the fact stands in the answer.

    >>> contains_fact("up to 60,000 euros", 60000, "en"), contains_fact("bis 60.001 Euro", 60000, "de")
    (True, False)
    >>> contains_fact("bis Ende Dezember (31.12.2025)", date(2025, 12, 31), "de")
    True
    """
    text = _latin(answer)
    if isinstance(fact, date):
        return _contains_date(text, fact, language)
    if isinstance(fact, str):
        return SPACES.sub(" ", unicodedata.normalize("NFC", fact)).casefold() in SPACES.sub(" ", text).casefold()
    return any(_contains_number(text, form) for form in _number_forms(fact, language))


def _contains_number(text: str, form: str) -> bool:
    spaced = re.escape(form).replace(r"\ ", " ")
    return re.search(APART.format(SPACES.sub(lambda _: SPACES.pattern, spaced)), text) is not None


@cache
def _number_forms(number: float, language: str) -> frozenset[str]:
    """As the language and as German write it; plain digits only for what needs no grouping, such as years."""
    locales = [_locale(language), Locale("de")]
    forms = {_latin(format_decimal(abs(number), locale=locale)) for locale in locales}
    return frozenset(forms | ({str(number)} if isinstance(number, int) and abs(number) < 10_000 else set()))  # noqa: PLR2004


def _contains_date(text: str, day: date, language: str) -> bool:
    locale = _locale(language)
    forms = {_latin(format_date(day, style, locale=each)) for style in ("short", "medium", "long") for each in (locale, Locale("de"))}
    forms |= {f"{day.day}.{day.month}.{day.year}", f"{day.day:02}.{day.month:02}.{day.year}", day.isoformat()}
    if any(_contains_number(text, form) for form in forms):
        return True
    months = {
        _latin(name).casefold()
        for width in ("wide", "abbreviated")
        for form in ("format", "stand-alone")
        for name in _months(width, form, locale, day.month)
    }
    has_month = any(month.rstrip(".") in text.casefold() for month in months)
    return has_month and _contains_number(text, str(day.year)) and re.search(rf"(?<!\d){day.day}(?!\d)", text) is not None


def _months(width: str, form: str, locale: Locale, month: int) -> list[str]:
    return [get_month_names(width, form, locale)[month], get_month_names(width, form, Locale("de"))[month]]  # type: ignore[arg-type]


def _locale(language: str) -> Locale:
    return Locale.parse(language.split("-", maxsplit=1)[0])


@lru_cache(maxsize=512)
def _latin(text: str) -> str:
    """Latin digits, composed letters, and nothing invisible."""
    digits = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFC", text))
    return digits.translate(INVISIBLE).replace("٬", ",").replace("٫", ".").replace("\u2019", "'")
