"""The real knowledge and the real phrasings: no faults, nothing unexplained, nothing that a button cannot carry."""

from datetime import UTC, datetime
from functools import cache

import pytest
import yaml

from bot.adapters.knowledge_files.check_knowledge import check_knowledge
from bot.adapters.rasa.training_data import all_phrasings
from bot.domain.case_codes import AREAS
from bot.domain.decisions import INTENTS
from bot.domain.folding import fold
from bot.domain.report_form import ORDER, Draft, values_of
from bot.services.advance_report import WAYS
from bot.services.show_page import MENU
from tests.fakes.world import TWELVE, real_items, real_knowledge
from tests.house.source import ROOT

LONGEST_CALLBACK_BYTES = 64
NOT_A_DECISION = {"emergency"}
"""Recognised at any confidence above its own threshold, before every other rule."""


@cache
def phrasings() -> dict[str, dict[str, list[str]]]:
    """Texts by intent and language."""
    found: dict[str, dict[str, list[str]]] = {}
    for phrasing in all_phrasings(real_knowledge(), ROOT / "nlu_data"):
        found.setdefault(phrasing.intent, {}).setdefault(phrasing.language, []).append(phrasing.text)
    return found


def test_the_knowledge_has_no_fault() -> None:
    faults = check_knowledge(list(real_items()), TWELVE, datetime.now(UTC).date())
    assert [str(fault) for fault in faults if not fault.overdue] == []


def test_everything_has_a_source_and_its_dates() -> None:
    knowledge = real_knowledge()
    items = [*knowledge.entries.values(), *knowledge.contacts.values(), *knowledge.programmes.values(), *knowledge.deadlines]
    assert len(items) > 100
    for item in items:
        assert item.source, item.id
        assert all(place.id in knowledge.sources for place in item.source), item.id
        assert item.checked_on <= item.review_after, item.id


@pytest.mark.parametrize("intent", sorted(INTENTS.keys() | NOT_A_DECISION))
def test_every_intent_of_the_conversation_has_examples_in_every_language(intent: str) -> None:
    assert {language for language, texts in phrasings()[intent].items() if len(texts) >= 3} >= set(TWELVE)


def test_every_intent_has_a_decision() -> None:
    answered = {entry.intent for entry in real_knowledge().entries.values()}
    assert set(phrasings()) - answered == INTENTS.keys() | NOT_A_DECISION
    assert not answered & INTENTS.keys()


def test_no_phrasing_means_two_things() -> None:
    meanings: dict[str, set[str]] = {}
    for intent, by_language in phrasings().items():
        for text in (text for texts in by_language.values() for text in texts):
            meanings.setdefault(fold(text), set()).add(intent)
    assert {text: sorted(intents) for text, intents in meanings.items() if len(intents) > 1} == {}


def test_test_questions_are_not_trained_on() -> None:
    """Not one, even by chance; only greetings and the like (wishes) are the same words whoever writes them."""
    trained = {fold(text) for by_language in phrasings().values() for texts in by_language.values() for text in texts}
    files = [file for file in sorted((ROOT / "tests/questions").rglob("*.yml")) if file.stem != "wishes"]
    questions = [case["text"] for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
    assert len(questions) > 500
    assert [text for text in questions if fold(text) in trained] == []


def button_values() -> list[str]:
    """Every value that a button of ours can carry."""
    knowledge = real_knowledge()
    values = [f"entry:{id_}" for id_ in knowledge.entries] + [f"programme:{id_}" for id_ in knowledge.programmes]
    values += [f"city:{id_}" for id_ in knowledge.municipalities] + [f"language:{code}" for code in TWELVE] + [value for value, _ in MENU]
    for step in ORDER:
        drafts = [Draft(area=area) for area in AREAS]
        answers = {value for draft in drafts for value in values_of(step, draft)} | set(knowledge.municipalities) | set(WAYS)
        values += [f"form:{step.value}:{answer}" for answer in answers]
    return values


def test_every_button_fits_into_what_telegram_carries() -> None:
    assert len(button_values()) > 300
    assert [value for value in button_values() if len(value.encode()) > LONGEST_CALLBACK_BYTES] == []


def test_no_answer_of_the_form_is_mistaken_for_a_way_through_it() -> None:
    answers = {value for step in ORDER for area in AREAS for value in values_of(step, Draft(area=area))}
    assert not (answers | set(real_knowledge().municipalities)) & set(WAYS)


def test_titles_of_one_topic_are_told_apart() -> None:
    for language in TWELVE:
        titles: dict[str, list[str]] = {}
        for entry in real_knowledge().entries.values():
            titles.setdefault(entry.title[language], []).append(entry.id)
        assert {title: ids for title, ids in titles.items() if len(ids) > 1} == {}, language
