"""What the real model makes of questions that nobody trained it on (tests/questions)."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bot.assemble import House
from bot.commands import answer_once
from bot.domain.messages import Answer, Status

QUESTIONS = Path(__file__).parent.parent / "questions"
KNOWLEDGE_STATUS = {Status.ANSWERED}


def read_questions(name: str) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = yaml.safe_load((QUESTIONS / f"{name}.yml").read_text(encoding="utf-8"))
    return questions


async def ask(house: House, question: dict[str, Any], language: str) -> Answer:
    return await answer_once(house.ports, question["text"], question.get("language", language))


async def test_questions_that_belong_to_nobody_get_no_knowledge_answer(house: House) -> None:
    """Weather, recipes, visa renewal, gibberish: 92 % or more must not be answered from the knowledge."""
    questions = read_questions("nobody")
    answers = [await ask(house, question, "") for question in questions]
    answered = [question["text"] for question, answer in zip(questions, answers, strict=True) if answer.status in KNOWLEDGE_STATUS]
    assert len(questions) >= 200
    assert len(answered) <= 0.08 * len(questions), answered


async def test_unseen_questions_are_answered_rightly_or_not_at_all(house: House) -> None:
    """In every language hardly ever wrong, and more often right than not over all of them."""
    outcomes: dict[str, Counter[str]] = {language: Counter() for language in house.ports.wording.languages if "-" not in language}
    for language, counted in outcomes.items():
        for question in read_questions(language):
            answer = await ask(house, question, language)
            expected = question["entry"] if isinstance(question["entry"], list) else [question["entry"]]
            counted["declined" if answer.entry is None else "right" if answer.entry in expected else "wrong"] += 1
    assert {language: counted for language, counted in outcomes.items() if counted["wrong"] > 0.05 * counted.total()} == {}
    together = sum(outcomes.values(), Counter())
    assert together["right"] > 0.5 * together.total(), outcomes


async def test_emergencies_are_recognised_in_every_language(house: House) -> None:
    wishes = [wish for wish in read_questions("wishes") if wish["intent"] == "emergency"]
    answers = [await ask(house, wish, "") for wish in wishes]
    missed = [wish["text"] for wish, answer in zip(wishes, answers, strict=True) if answer.status is not Status.EMERGENCY]
    assert len(missed) <= 0.15 * len(wishes), missed
