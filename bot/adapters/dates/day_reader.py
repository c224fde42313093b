"""A day as a person writes it: "gestern", "12.10.2026", "vor zwei Wochen", "الأمس"."""

import re
import unicodedata
from datetime import date, datetime, time

import dateparser

from bot.domain.languages import Language, without_variety

LONGEST_DATE = 60
"""Characters; a longer text tells something and is no date."""
ON = re.compile(r"(am|den|dem|on|the|le|el|pe|dnia|ngày|يوم|في|روز|در)\s+(?=\d)", re.IGNORECASE)
WITHOUT_YEAR = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?")


class DateparserDayReader:
    """Implements the DayReader port."""

    def read_day(self, text: str, language: Language, today: date) -> date | None:
        """The past day a text names, day before month as in Germany; None when it names none or one still to come."""
        if not text.strip() or len(text) > LONGEST_DATE:
            return None
        code = without_variety(language)
        settings = {
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "REQUIRE_PARTS": ["day", "month"],
        }
        latin_digits = "".join(str(unicodedata.digit(char, char)) for char in text.strip())
        plain = ON.sub("", latin_digits, count=1)
        if short := WITHOUT_YEAR.fullmatch(plain):
            return _last(int(short[1]), int(short[2]), today)
        found = dateparser.parse(plain, languages=list(dict.fromkeys([code, "de", "en"])), settings=settings)
        return found.date() if found and found.date() <= today else None


def _last(day: int, month: int, today: date) -> date | None:
    """The last such day up to today; None for a day that no month has."""
    for year in (today.year, today.year - 1):
        try:
            if (found := date(year, month, day)) <= today:
                return found
        except ValueError:
            continue
    return None
