"""Days as people write them, in twelve languages; never one that is still to come."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.dates.day_reader import LONGEST_DATE, DateparserDayReader

READER = DateparserDayReader()
TODAY = date(2026, 11, 20)
YESTERDAY, TWO_WEEKS_AGO = TODAY - timedelta(days=1), TODAY - timedelta(weeks=2)
OCTOBER_12 = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "gestern", YESTERDAY),
        ("de", "vor zwei Wochen", TWO_WEEKS_AGO),
        ("de", "12. Oktober 2026", OCTOBER_12),
        ("de", "12.10.", OCTOBER_12),
        ("de", "am 12.10.2026", OCTOBER_12),
        ("de", "am 12. Oktober", OCTOBER_12),
        ("en", "yesterday", YESTERDAY),
        ("en", "two weeks ago", TWO_WEEKS_AGO),
        ("en", "12 October 2026", OCTOBER_12),
        ("ar", "أمس", YESTERDAY),
        ("ar", "١٢.١٠.٢٠٢٦", OCTOBER_12),
        ("tr", "dün", YESTERDAY),
        ("tr", "12 Ekim 2026", OCTOBER_12),
        ("uk", "вчора", YESTERDAY),
        ("uk", "12 жовтня 2026", OCTOBER_12),
        ("ru", "вчера", YESTERDAY),
        ("ru", "две недели назад", TWO_WEEKS_AGO),
        ("ru", "12 октября 2026", OCTOBER_12),
        ("fa", "دیروز", YESTERDAY),
        ("fa", "۱۲/۱۰/۲۰۲۶", OCTOBER_12),
        ("fr", "hier", YESTERDAY),
        ("fr", "il y a deux semaines", TWO_WEEKS_AGO),
        ("fr", "le 12 octobre 2026", OCTOBER_12),
        ("pl", "wczoraj", YESTERDAY),
        ("pl", "12 października 2026", OCTOBER_12),
        ("ro", "ieri", YESTERDAY),
        ("ro", "12 octombrie 2026", OCTOBER_12),
        ("vi", "hôm qua", YESTERDAY),
        ("vi", "12/10/2026", OCTOBER_12),
        ("es", "ayer", YESTERDAY),
        ("es", "hace 2 semanas", TWO_WEEKS_AGO),
        ("es", "12 de octubre de 2026", OCTOBER_12),
        ("de-simple", "gestern", YESTERDAY),
        ("ar", "gestern", YESTERDAY),
    ],
)
def test_examples(language: str, text: str, day: date) -> None:
    assert READER.read_day(text, language, TODAY) == day


@pytest.mark.parametrize("text", ["12.10.2026", "12/10/2026", "12-10-2026", "12.10.26", "2026-10-12"])
@pytest.mark.parametrize("language", ["de", "en", "ar", "tr", "uk", "ru", "fa", "fr", "pl", "ro", "vi", "es"])
def test_the_day_stands_before_the_month_in_every_language(language: str, text: str) -> None:
    assert READER.read_day(text, language, TODAY) == OCTOBER_12


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "im Frühling",
        "2025",
        "Oktober 2025",
        "ich weiß es nicht mehr",
        "31.02.2026",
        "31.2.",
        "um 10.30 Uhr",
        "14:30",
        "x" * (LONGEST_DATE + 1),
    ],
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert READER.read_day(text, "de", TODAY) is None


@pytest.mark.parametrize("text", ["morgen", "21.11.2026", "in zwei Wochen", "1.1.2030"])
def test_a_day_to_come_is_none(text: str) -> None:
    assert READER.read_day(text, "de", TODAY) is None


def test_a_day_without_a_year_is_the_last_one() -> None:
    for text in ("24. Dezember", "24.12.", "24/12", "am 24.12."):
        assert READER.read_day(text, "de", TODAY) == date(2025, 12, 24)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["de", "ar", "fa", "vi"]))
@example("99999999", "de")
@example("00.00.0000", "de")
@example("in 5 days", "de")
@example("١٢٣٤٥٦٧٨٩٠", "ar")
def test_whatever_is_typed_no_day_to_come_is_read(text: str, language: str) -> None:
    found = READER.read_day(text, language, TODAY)
    assert found is None or found <= TODAY
