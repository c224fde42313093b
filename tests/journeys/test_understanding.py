"""What the real model makes of questions that nobody trained it on (tests/questions), held against docs/quality.json."""

import json
from typing import Any

import pytest

from bot.assemble.folders import ROOT
from bot.assemble.house import House
from tests.fakes.world import TWELVE
from tests.quality.measure import Outcome, Result, measure
from tests.quality.questions import Stray
from tests.quality.summary import AT_MOST, Quality, summarise

RECORDED: dict[str, dict[str, Any]] = json.loads((ROOT / "docs/quality.json").read_text(encoding="utf-8"))["languages"]
MAY_NOT_FALL = ("answered_right", "right_or_suggested", "out_of_scope_rejected", "emergencies_recognised")
POINTS_LOST, POINTS_WRONG = 2.0, 1.0
"""How far a figure may fall behind what is recorded; and how far wrong answers may rise, where they are above their bar already."""


@pytest.fixture(scope="module")
async def results(house: House) -> list[Result]:
    return await measure(house.ports, TWELVE)


@pytest.fixture(scope="module")
def measured(results: list[Result]) -> dict[str, Quality]:
    return {language: summarise(result for result in results if result.case.language == language) for language in TWELVE}


def test_every_language_is_recorded_on_these_very_questions(measured: dict[str, Quality]) -> None:
    counts = ("questions", "out_of_scope", "emergencies", "other_wishes", "nothing")
    now = {language: [getattr(own, count) for count in counts] for language, own in measured.items()}
    assert now == {language: [RECORDED[language][count] for count in counts] for language in TWELVE}, "run make nlu-report"


@pytest.mark.parametrize("figure", MAY_NOT_FALL)
@pytest.mark.parametrize("language", TWELVE)
def test_no_language_falls_by_more_than_two_points(measured: dict[str, Quality], language: str, figure: str) -> None:
    assert getattr(measured[language], figure) >= RECORDED[language][figure] - POINTS_LOST


@pytest.mark.parametrize("language", TWELVE)
def test_wrong_answers_stay_rare(measured: dict[str, Quality], results: list[Result], language: str) -> None:
    most = max(AT_MOST["answered_wrong"], RECORDED[language]["answered_wrong"] + POINTS_WRONG)
    wrong = [result for result in results if result.case.language == language and result.outcome is Outcome.WRONG]
    assert measured[language].answered_wrong <= most, [(result.case.text, result.said.entry) for result in wrong]


def test_questions_that_belong_to_nobody_get_no_knowledge_answer(results: list[Result]) -> None:
    """Weather, recipes, visa renewal, gibberish: 92 % or more must not be answered from the knowledge."""
    strays = [result for result in results if isinstance(result.case, Stray)]
    answered = [result.case.text for result in strays if result.outcome is Outcome.WRONG]
    assert len(strays) >= 200
    assert len(answered) <= 0.08 * len(strays), answered


def test_messages_that_say_nothing_stay_left_alone(measured: dict[str, Quality]) -> None:
    now = sum(own.nothing_left_alone for own in measured.values()) / len(measured)
    assert now >= sum(RECORDED[language]["nothing_left_alone"] for language in TWELVE) / len(TWELVE) - POINTS_LOST
