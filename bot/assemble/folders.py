"""Where everything lies that is data."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
KNOWLEDGE, NLU_DATA, RESPONSES = ROOT / "knowledge", ROOT / "nlu_data", ROOT / "responses"
QUESTIONS = ROOT / "tests" / "questions"


@dataclass(frozen=True, kw_only=True)
class Folders:
    """Facts, phrasings with the Rasa project, and words."""

    knowledge: Path = KNOWLEDGE
    nlu_data: Path = NLU_DATA
    responses: Path = RESPONSES
    questions: Path = QUESTIONS
    """Questions with known answers, for the proof of a publication; may be missing."""


OURS = Folders()
