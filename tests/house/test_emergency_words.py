"""The list of emergency words alone: it catches nearly every cry for help, and nothing that is an ordinary question."""

from collections.abc import Iterator

import pytest

from bot.adapters.rasa.training_data import Phrasing, all_phrasings
from tests.fakes.world import TWELVE, real_knowledge, real_offline_reader
from tests.house.source import ROOT

LEAST_CAUGHT = 0.75
"""Many of the phrasings describe a danger without any word of it; for these there is the classifier."""
MAY_HOLD_THEM = {"emergency", "report"}
"""Who reports what happened may tell of violence; the numbers come before the form then."""
ABOUT_THE_NUMBERS = "emergency.numbers"


def phrasings() -> Iterator[Phrasing]:
    return iter(all_phrasings(real_knowledge(), ROOT / "nlu_data"))


def fires(text: str) -> bool:
    return real_offline_reader().has_emergency_word(text)


def test_no_emergency_word_fires_on_an_ordinary_message() -> None:
    about_numbers = real_knowledge().entries[ABOUT_THE_NUMBERS].intent
    ordinary = [each for each in phrasings() if each.intent not in MAY_HOLD_THEM | {about_numbers}]
    assert len(ordinary) > 10_000
    assert [(each.intent, each.text) for each in ordinary if fires(each.text)] == []


@pytest.mark.parametrize("language", TWELVE)
def test_the_words_alone_catch_cries_for_help(language: str) -> None:
    cries = [each.text for each in phrasings() if each.intent == "emergency" and each.language == language]
    missed = [text for text in cries if not fires(text)]
    assert len(cries) >= 20
    assert len(missed) <= (1 - LEAST_CAUGHT) * len(cries), missed
