"""Receipts, languages, folding, search, cleaning and the clocks of a chat: the small things that must be right."""

import re
import string
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.conversations import Conversation, WithCase
from bot.domain.folding import fold
from bot.domain.knowledge import in_language, order_by_city
from bot.domain.languages import LanguageGuess, choose_language, is_right_to_left, match_language
from bot.domain.lexical_search import LexicalIndex
from bot.domain.messages import Channel, ConversationId, clean
from bot.domain.receipts import (
    ALPHABET,
    LENGTH,
    ReceiptCode,
    find_receipt,
    looks_like_code,
    make_receipt,
    read_receipt,
    show_receipt,
    without_receipt,
)
from bot.domain.understanding import Understanding
from tests.domain.sample import DRESDEN, ENTRIES, NOW, a_reading

CODES = st.binary(min_size=10, max_size=10).map(make_receipt)
ARABIC_DIGITS = str.maketrans(string.digits, "٠١٢٣٤٥٦٧٨٩")


class TestReceiptCodes:
    @given(CODES)
    def test_what_was_shown_can_be_read_back(self, code: ReceiptCode) -> None:
        assert len(code) == LENGTH
        assert set(code) <= set(ALPHABET)
        for written in (show_receipt(code), code.lower(), show_receipt(code).replace("-", " "), show_receipt(code).replace("-", "–")):
            assert read_receipt(written) == code
        assert find_receipt(f"Here it is: {show_receipt(code)}.") == code

    @given(CODES)
    def test_look_alikes_and_other_digits_are_forgiven(self, code: ReceiptCode) -> None:
        assert read_receipt(code.replace("0", "O").replace("1", "l").replace("V", "u")) == code
        assert read_receipt(code.translate(ARABIC_DIGITS)) == code

    @given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
    def test_different_bytes_make_different_codes(self, one: bytes, other: bytes) -> None:
        assert (make_receipt(one) == make_receipt(other)) == (one == other)

    @given(st.text())
    @example("\u2066\ud800")
    @example("²" * 16)
    def test_no_text_makes_it_stumble(self, text: str) -> None:
        for found in (read_receipt(text), find_receipt(text)):
            assert found is None or set(found) <= set(ALPHABET)

    @pytest.mark.parametrize("text", ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFG", "where is my report please", "0123 4567 89AB CDE!"])
    def test_what_is_no_code(self, text: str) -> None:
        assert read_receipt(text) is None

    @pytest.mark.parametrize("text", ["x0123-4567-89AB-CDEF", "0123-4567-89AB-CDEFx", "it is 0123 4567 89AB CDEF", "0123-4567"])
    def test_only_the_whole_written_form_is_found_within_a_text(self, text: str) -> None:
        assert find_receipt(text) is None

    @pytest.mark.parametrize("text", ["0123 4567 89AB CDEF", "o123456789abcdef", " 0123.4567.89ab.cdef. "])
    def test_a_whole_message_is_found_however_it_is_written(self, text: str) -> None:
        assert find_receipt(text) == "0123456789ABCDEF"

    @pytest.mark.parametrize("text", ["mein code ist 8zcn me9m vjqh 9705", "code: 8zcnme9mvjqh9705!", "mein code hier 8ZCN ME9M VJQH 9705"])
    def test_a_likely_one_is_found_in_a_sentence(self, text: str) -> None:
        assert find_receipt(text) == "8ZCNME9MVJQH9705"
        assert "8zcn" not in without_receipt(text).lower()

    @pytest.mark.parametrize("text", ["was hat dein chef gesagt", "in 2024 oder 2025 2026 2027 2028", "0151 2345 6789 1234"])
    def test_words_and_numbers_are_none(self, text: str) -> None:
        assert find_receipt(text) is None

    @given(CODES.filter(lambda code: re.search(r"\d[A-Z]", code)))
    def test_nothing_is_left_to_understand_of_a_code(self, code: ReceiptCode) -> None:
        for written in (show_receipt(code), show_receipt(code).lower(), code, f" {show_receipt(code)} "):
            assert without_receipt(written) == ""

    @pytest.mark.parametrize("text", ["7kab 3czy wfsz 9m2", "7KAB-3CZY-WFSZ-9M2KX", "0123456789ABCDE"])
    def test_nor_of_a_mistyped_one(self, text: str) -> None:
        assert without_receipt(text) == ""

    @pytest.mark.parametrize(
        "text",
        [
            "please help me now",
            "ich bin 17 jahre alt",
            "hilfe er hat 2 messer",
            "he hit me 3 times",
            "مرا با چاقو زد ۲ بار",
            "112",
            "1.11120.01",
        ],
    )
    def test_words_are_left_as_they_are(self, text: str) -> None:
        assert without_receipt(text) == text

    def test_a_cry_beside_a_code_is_left(self) -> None:
        assert without_receipt("0123-4567-89AB-CDEF he is killing me").strip() == "he is killing me"

    @pytest.mark.parametrize(
        "text", ["hello", "menu", "I lost my code", "Antidiskriminierungsstelle", "مرحبا", "what is the AGG and who pays for 1 of us"]
    )
    def test_a_new_question_is_no_attempt(self, text: str) -> None:
        assert not looks_like_code(text)

    @pytest.mark.parametrize("text", ["0123456789ABCDE", "abcdefghjkmnpqrs", "12 34", "٠١٢٣"])
    def test_an_attempt_is_one(self, text: str) -> None:
        assert looks_like_code(text)


class TestLanguages:
    def test_the_order_of_what_counts(self) -> None:
        sure = LanguageGuess(language="tr", probability=0.9, words=3)
        assert choose_language(chosen="ar", guess=sure, current="uk", hint="fr") == "ar"
        assert choose_language(chosen=None, guess=sure, current="uk", hint="fr") == "tr"
        assert choose_language(chosen=None, guess=replace(sure, words=1), current="uk", hint="fr") == "uk"
        assert choose_language(chosen=None, guess=replace(sure, probability=0.49), current=None, hint="fr") == "fr"
        assert choose_language(chosen=None, guess=None, current=None, hint=None) == "de"

    @pytest.mark.parametrize(
        ("tag", "language"),
        [("de-AT", "de"), ("UK_ua", "uk"), ("de-simple", "de-simple"), ("DE-SIMPLE", "de-simple"), ("ja", None), ("", None), (None, None)],
    )
    def test_tags(self, tag: str | None, language: str | None) -> None:
        assert match_language(tag, frozenset({"de", "uk", "de-simple"})) == language

    def test_direction(self) -> None:
        assert [code for code in ("ar", "de", "fa", "ar-EG", "vi") if is_right_to_left(code)] == ["ar", "fa", "ar-EG"]

    def test_words_fall_back_to_english_and_then_german(self) -> None:
        assert in_language({"de": "ja", "en": "yes"}, "fr") == ("yes", "en")
        assert in_language({"de": "ja", "fr": ""}, "fr") == ("ja", "de")
        assert in_language({}, "fr") == ("", "de")


class TestFolding:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Straße", "STRASSE"),
            ("können Sie", "konnen  sie"),
            ("İstanbul", "istanbul"),
            ("ĐƯỜNG PHỐ", "duong pho"),
            ("łódź", "LODZ"),
            ("كيف", "کیف"),
            ("مدرسة", "مدرسه"),
            ("إجراءات", "اجراءات"),
            ("١٢٣ ۴۵۶", "123 456"),
            ("mi\u200cravam", "mi ravam"),
            ("e\u0301tat!?", "état"),
        ],
    )
    def test_the_same_words_become_equal(self, one: str, other: str) -> None:
        assert fold(one) == fold(other)

    @pytest.mark.parametrize(("one", "other"), [("halle", "hallo"), ("мова", "мава"), ("1", "2"), ("بله", "نه")])
    def test_different_words_stay_different(self, one: str, other: str) -> None:
        assert fold(one) != fold(other)

    @given(st.text())
    @example("𝑨")
    @example("ﬀ①ϓ")
    def test_folding_twice_changes_nothing_more(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)


class TestSearch:
    INDEX = LexicalIndex([
        ("where is the office in halle", "office"),
        ("phone number of the office", "office"),
        ("how much money is there", "money"),
        ("wie viel geld gibt es", "money"),
        ("рада з інтеграції", "council"),
    ])  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "intent"), [("wheres teh ofice", "office"), ("wie vil gelt", "money"), ("интеграция рада", "council"), ("MONEY", "money")]
    )
    def test_typos_do_not_matter(self, text: str, intent: str) -> None:
        assert self.INDEX.search(text)[0].intent == intent

    def test_the_very_phrasing_is_certain_and_each_meaning_comes_once(self) -> None:
        found = self.INDEX.search("where is the office in halle")
        assert found[0].confidence == pytest.approx(1.0)
        assert len({ranked.intent for ranked in found}) == len(found)
        assert [ranked.confidence for ranked in found] == sorted((ranked.confidence for ranked in found), reverse=True)

    @pytest.mark.parametrize("text", ["", "!!!", "一二三四"])
    def test_nothing_is_found_for_nothing(self, text: str) -> None:
        assert self.INDEX.search(text) == ()
        assert LexicalIndex([]).search("anything") == ()


class TestCleaning:
    @given(st.text(st.characters()))
    def test_nothing_is_left_that_nobody_types(self, text: str) -> None:
        cleaned = clean(text + "\x00\ud800\u202e")
        cleaned.encode()
        assert not set(cleaned) & set("\x00\u202e\x1b\x7f")
        assert clean(cleaned) == cleaned

    def test_words_stay(self) -> None:
        assert clean(" Zeile\n\tzwei \u2068مرحبا\u2069 👩\u200d👧 ") == "Zeile\n\tzwei \u2068مرحبا\u2069 👩\u200d👧"


class TestTheClocksOfAChat:
    CHAT = Conversation(id=ConversationId("c"), channel=Channel.WEB)

    def test_a_case_stays_open_for_a_quarter_of_an_hour(self) -> None:
        chat = replace(self.CHAT, activity=WithCase(case="W-1", since=NOW))
        assert chat.open_case(NOW + timedelta(minutes=14, seconds=59)) == "W-1"
        assert chat.open_case(NOW + timedelta(minutes=15)) is None
        assert self.CHAT.open_case(NOW) is None

    def test_five_wrong_codes_within_a_quarter_of_an_hour_mean_waiting(self) -> None:
        minutes = [NOW + timedelta(minutes=number) for number in range(5)]
        assert not replace(self.CHAT, wrong_codes=tuple(minutes[:4])).must_wait_for_code(minutes[4])
        chat = replace(self.CHAT, wrong_codes=tuple(minutes))
        assert chat.must_wait_for_code(NOW + timedelta(minutes=14))
        assert not chat.must_wait_for_code(NOW + timedelta(minutes=15))


def test_ones_own_city_comes_first_and_then_what_holds_everywhere() -> None:
    assert [entry.id for entry in order_by_city(ENTRIES, DRESDEN)][:3] == ["dresden.contact", "general.report", "rights"]


def test_how_sure_a_reading_is_of_one_meaning() -> None:
    assert a_reading(("a", 0.6), ("b", 0.3)).confidence_in("b") == 0.3
    assert Understanding().confidence_in("b") == 0.0
