"""The proof asks the questions that come with the program, and nothing that has no right answer."""

from collections import Counter

from bot.adapters.knowledge_files.read_questions import read_questions
from bot.domain.proof import Asked
from tests.fakes.world import ROOT


def test_every_kind_that_has_a_right_answer_is_asked() -> None:
    questions = read_questions(ROOT / "tests/questions")
    kinds = Counter(question.kind for question in questions)
    assert min(kinds[Asked.QUESTION], kinds[Asked.STRAY], kinds[Asked.EMERGENCY]) > 200
    assert len({question.key for question in questions}) == len(questions)
    assert all(question.entries for question in questions if question.kind is Asked.QUESTION)
    assert not any(question.key.startswith("nothing") for question in questions)
