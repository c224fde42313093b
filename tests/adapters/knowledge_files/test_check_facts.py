"""Whether an answer contains a fact, as its language writes it."""

from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.knowledge_files.check_facts import contains_fact
from tests.fakes.world import TWELVE

LANGUAGES = st.sampled_from(TWELVE)
NUMBERS = st.integers(0, 10_000_000)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
PERSIAN, ARABIC = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(NUMBERS, LANGUAGES)
def test_a_number_is_found_as_the_language_writes_it(number: int, language: str) -> None:
    written = format_decimal(number, locale=language)
    for answer in (f"x {written} y", f"{written}.", f"({written})", f"\u2068{written}\u2069 €"):
        assert contains_fact(answer, number, language), answer


@given(NUMBERS, LANGUAGES)
def test_a_number_is_not_found_within_another_one(number: int, language: str) -> None:
    written = format_decimal(number, locale=language)
    for other in (f"9{written}", f"{written}5"):
        assert not contains_fact(f"x {other} y", number, language) or number == 0


@given(NUMBERS, NUMBERS, LANGUAGES)
def test_another_number_is_not_the_fact(number: int, other: int, language: str) -> None:
    if number != other:
        assert not contains_fact(f"x {format_decimal(other, locale=language)} y", number, language)


@given(DAYS, LANGUAGES, st.sampled_from(["long", "medium", "short"]))
def test_a_day_is_found_as_the_language_writes_it(day: date, language: str, style: str) -> None:
    assert contains_fact(f"x {format_date(day, style, locale=language)} y", day, language)


@given(DAYS, DAYS, LANGUAGES)
def test_another_day_is_not_the_fact(day: date, other: date, language: str) -> None:
    if day != other:
        assert not contains_fact(f"x {format_date(other, 'long', locale=language)} y", day, language)


@given(DAYS, LANGUAGES)
def test_the_german_and_the_iso_form_are_found_everywhere(day: date, language: str) -> None:
    for written in (f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}", day.isoformat()):
        assert contains_fact(f"({written})", day, language)


@given(st.integers(1000, 9_999_999))
def test_persian_and_arabic_digits_are_found(number: int) -> None:
    assert contains_fact(f"{number:,}".replace(",", "٬").translate(PERSIAN), number, "fa")
    assert contains_fact(f"{number:,}".replace(",", "٬").translate(ARABIC), number, "ar")


@pytest.mark.parametrize(
    ("answer", "fact", "language"),
    [
        ("до 31 декабря 2025 года", date(2025, 12, 31), "ru"),
        ("до 31 грудня 2025 року", date(2025, 12, 31), "uk"),
        ("حتى 31 ديسمبر 2025", date(2025, 12, 31), "ar"),
        ("đến ngày 31 tháng 12 năm 2025", date(2025, 12, 31), "vi"),
        ("le 1er janvier 2021", date(2021, 1, 1), "fr"),
        ("im Jahr 2025", 2025, "de"),
        ("Konto 1.11120.01", "1.11120.01", "de"),
        ("tel. 0800\u00a0546\u00a0546\u00a05", "0800 546 546 5", "pl"),
        ("das VIELFALTSZENTRUM", "Vielfaltszentrum", "de"),
    ],
)
def test_as_people_write(answer: str, fact: object, language: str) -> None:
    assert contains_fact(answer, fact, language)


@pytest.mark.parametrize(
    ("answer", "fact", "language"),
    [
        ("bis 60.000 Euro", 60, "de"),
        ("bis 60.000 Euro", 6000, "de"),
        ("in den Jahren 20255", 2025, "de"),
        ("31. Dezember 2024", date(2025, 12, 31), "de"),
        ("3. Dezember 2025", date(2025, 12, 31), "de"),
        ("Vielfalt", "Vielfaltszentrum", "de"),
    ],
)
def test_as_people_err(answer: str, fact: object, language: str) -> None:
    assert not contains_fact(answer, fact, language)
