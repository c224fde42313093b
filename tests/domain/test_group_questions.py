"""Questions that are alike stand together: per language, the frequent ones first, and quickly however many there are."""

import random
import time
from datetime import date, timedelta

from bot.domain.group_questions import group_questions
from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.languages import Language
from bot.domain.questions import QuestionKind, UnansweredQuestion
from tests.fakes.world import real_knowledge

DAY = date(2026, 11, 20)


def ask(
    text: str, language: str = "de", *, age: int = 0, kind: QuestionKind = QuestionKind.UNANSWERED, **more: object
) -> UnansweredQuestion:
    """A question of some days ago."""
    about = {"municipality": None, "entries": (), "reference": text, **more}
    return UnansweredQuestion(kind=kind, text=text, language=Language(language), asked_on=DAY - timedelta(days=age), **about)


def texts(questions: list[UnansweredQuestion]) -> list[list[str]]:
    """The wordings of every group."""
    return [[wording.text for wording in group.wordings] for group in group_questions(questions)]


def test_the_same_words_are_one_wording_however_they_are_written() -> None:
    (group,) = group_questions([ask("Wer hilft mir?"), ask("wer HILFT mir"), ask("wer hilft mir")])
    assert [(wording.text, len(wording.references)) for wording in group.wordings] == [("Wer hilft mir?", 3)]
    assert group.count == 3


def test_what_is_alike_stands_together_the_most_frequent_first() -> None:
    questions = [ask("Wo finde ich eine Dolmetscherin"), ask("wie wird das wetter"), ask("wo finde ich eine dolmetscherin bitte", age=3)]
    questions += [ask("Gibt es Geld für ein Stadtteilfest?")] * 3 + [ask("gibt es geld für stadtteilfest")]
    assert texts(questions) == [
        ["Gibt es Geld für ein Stadtteilfest?", "gibt es geld für stadtteilfest"],
        ["Wo finde ich eine Dolmetscherin", "wo finde ich eine dolmetscherin bitte"],
        ["wie wird das wetter"],
    ]


def test_languages_stay_apart_but_easy_german_is_german() -> None:
    questions = [ask("help", "en"), ask("help", "de"), ask("help", "de-simple")]
    assert sorted((group.language, group.count) for group in group_questions(questions)) == [("de", 2), ("en", 1)]


def test_a_group_tells_how_often_since_when_and_what_was_tried() -> None:
    first = ask(
        "wer zahlt das", age=9, kind=QuestionKind.NOT_CHOSEN, entries=(EntryId("a"), EntryId("b")), municipality=MunicipalityId("halle")
    )
    again = ask("wer zahlt das", age=2, kind=QuestionKind.UNHELPFUL, entries=(EntryId("b"),), municipality=MunicipalityId("halle"))
    (group,) = group_questions([first, again, ask("wer zahlt das denn", municipality=MunicipalityId("dresden"))])
    assert (group.count, group.since, group.last) == (3, DAY - timedelta(days=9), DAY)
    assert group.entries == ("b", "a")
    assert group.municipalities == ("halle", "dresden")
    assert group.kinds == (QuestionKind.UNANSWERED, QuestionKind.UNHELPFUL, QuestionKind.NOT_CHOSEN)


def test_signs_alone_are_a_question_too() -> None:
    assert texts([ask("🎈"), ask("🎈"), ask("???")]) == [["🎈"], ["???"]]


def ask_with_slips(number: int) -> list[UnansweredQuestion]:
    """So many questions as people ask them: known ones with one letter lost or doubled."""
    chance = random.Random(1)
    known = [text for entry in real_knowledge().entries.values() for text in entry.questions[Language("de")]]
    asked = []
    for each in range(number):
        text = chance.choice(known)
        place = chance.randrange(1, len(text))
        asked.append(ask(text[:place] + text[place + chance.choice((0, 1)) :], reference=str(each)))
    return asked


def seconds_to_group(questions: list[UnansweredQuestion]) -> float:
    """The least of three runs, in seconds of the processor."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        group_questions(questions)
        runs.append(time.process_time() - start)
    return min(runs)


def test_five_thousand_questions_are_grouped_and_none_is_lost() -> None:
    asked = ask_with_slips(5000)
    groups = group_questions(asked)
    assert sum(group.count for group in groups) == 5000
    assert len(groups) < len({question.text for question in asked})


def test_the_time_to_group_grows_with_the_number_of_questions_not_with_its_square() -> None:
    assert seconds_to_group(ask_with_slips(6000)) < 8 * seconds_to_group(ask_with_slips(1500))
