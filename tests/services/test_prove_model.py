"""A proof asks every question once, tells how far it is, and stops when the NLU server does."""

import pytest

from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import EntryId
from bot.domain.languages import Language
from bot.domain.proof import Asked, Outcome, ProofQuestion
from bot.domain.understanding import Understanding
from bot.services.desk.knowledge.prove_model import AT_ONCE, Candidate, prove_model
from tests.fakes.world import THRESHOLDS, FakeUnderstander, World, real_knowledge

ENTRY = "bot.who-are-you"
QUESTIONS = [
    ProofQuestion(key=str(number), kind=Asked.QUESTION, text=f"wer bist du {number}", language=Language("de"), entries=(ENTRY,))
    for number in range(50)
]


class Counting(FakeUnderstander):
    """Counts what it is asked; dies after some questions."""

    def __init__(self, lives_for: int = 1000) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.lives_for = lives_for

    async def understand(self, text: str) -> Understanding:
        self.asked.append(text)
        self.is_down = len(self.asked) > self.lives_for
        return await super().understand(text)


async def prove(world: World, reading: Counting) -> tuple[dict[str, Outcome], list[int]]:
    """The outcomes, and what was told meanwhile."""
    told: list[int] = []

    async def tell(done: int, of: int) -> None:
        assert of == len(QUESTIONS)
        told.append(done)

    candidate = Candidate(knowledge=real_knowledge(), thresholds={Language("de"): THRESHOLDS})
    verdicts = await prove_model(candidate, reading, QUESTIONS, world.ports, tell)
    return {key: verdict.outcome for key, verdict in verdicts.items()}, told


async def test_every_question_is_asked_once_and_judged(world: World) -> None:
    reading = Counting()
    for question in QUESTIONS[:30]:
        reading.learn(question.text, (real_knowledge().entries[EntryId(ENTRY)].intent, 0.99))
    outcomes, told = await prove(world, reading)
    assert sorted(reading.asked) == sorted(question.text for question in QUESTIONS)
    assert {key for key, outcome in outcomes.items() if outcome is Outcome.RIGHT} == {str(number) for number in range(30)}
    assert told == sorted(told)
    assert told[-1] > len(QUESTIONS) - AT_ONCE


async def test_when_the_nlu_server_dies_nothing_more_is_asked(world: World) -> None:
    reading = Counting(lives_for=10)
    with pytest.raises(NotAvailableError):
        await prove(world, reading)
    assert len(reading.asked) <= 10 + AT_ONCE
