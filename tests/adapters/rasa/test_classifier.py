"""Our classifier inside Rasa's own environment: lines are phrasings, answers name their model, former models change nothing."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.fakes.world import ROOT


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What check_classifier.py prints."""
    command = [ROOT / "nlu_data/.venv/bin/python", Path(__file__).with_name("check_classifier.py"), tmp_path_factory.mktemp("model")]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_each_line_of_an_example_is_a_phrasing(said: dict) -> None:
    assert [answer["intent"]["name"] for answer in said["by_rasa"]] == ["greeting", "costs", "goodbye", "costs", None]


def test_each_answer_carries_the_name_of_its_model(said: dict) -> None:
    assert {answer["model"] for answer in said["by_rasa"]} == {"a-name"}


def test_a_model_is_the_same_whatever_was_trained_before(said: dict) -> None:
    for known, fresh in zip(said["known"], said["fresh"], strict=True):
        assert [intent for intent, _ in known] == [intent for intent, _ in fresh]
        assert [confidence for _, confidence in known] == pytest.approx([confidence for _, confidence in fresh], abs=0.01)


def test_a_stored_model_says_what_it_said_before(said: dict) -> None:
    rankings = [[[each["name"], each["confidence"]] for each in answer["intent_ranking"]] for answer in said["by_rasa"][:-1]]
    assert rankings == said["fresh"]
