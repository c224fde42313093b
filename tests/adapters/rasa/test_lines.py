"""Lines that are fitted on the examples that matter are the lines that would be fitted on all of them, inside Rasa's own environment."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.fakes.world import ROOT

SLACK = 0.02


@pytest.fixture(scope="module")
def said() -> dict[str, float]:
    """What check_lines.py prints."""
    command = [ROOT / "nlu_data/.venv/bin/python", Path(__file__).with_name("check_lines.py")]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    differences: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return differences


@pytest.mark.parametrize("examples", ["many", "few", "few at a time", "after another model"])
def test_the_lines_are_those_of_all_examples(said: dict[str, float], examples: str) -> None:
    assert said[examples] < SLACK


def test_what_was_left_out_and_matters_is_read_after_all(said: dict[str, float]) -> None:
    assert said["rounds"] > 3
