"""What a proof makes of decisions, and when a gate closes."""

from dataclasses import replace

import pytest

from bot.domain import decisions
from bot.domain.knowledge import EntryId, Intent, MunicipalityId
from bot.domain.languages import Language
from bot.domain.proof import Asked, Gate, Outcome, ProofQuestion, Share, Verdict, Verdicts, count, find_changes, find_gates, judge
from tests.fakes.world import real_knowledge

GERMAN = Language("de")
WHO, CITIES = EntryId("bot.who-are-you"), EntryId("bot.covered-cities")
RIGHT, WRONG, DECLINED = (Verdict(outcome=outcome) for outcome in (Outcome.RIGHT, Outcome.WRONG, Outcome.DECLINED))


def question(number: int = 0, kind: Asked = Asked.QUESTION, *entries: str, language: str = "de") -> ProofQuestion:
    return ProofQuestion(key=f"{language}:{kind}:{number}", kind=kind, text="?", language=Language(language), entries=entries)


@pytest.mark.parametrize(
    ("decision", "kind", "outcome", "entry"),
    [
        (decisions.GiveAnswer(entry=WHO, confidence=0.9), Asked.QUESTION, Outcome.RIGHT, WHO),
        (decisions.GiveAnswer(entry=CITIES, confidence=0.9), Asked.QUESTION, Outcome.WRONG, CITIES),
        (decisions.Suggest(entries=(CITIES, WHO), reason="unsure", confidence=0.5), Asked.CHECK, Outcome.SUGGESTED, ""),
        (decisions.Suggest(entries=(CITIES,), reason="unsure", confidence=0.5), Asked.QUESTION, Outcome.DECLINED, ""),
        (decisions.AdmitNotKnowing(), Asked.QUESTION, Outcome.DECLINED, ""),
        (decisions.ShowEmergency(), Asked.QUESTION, Outcome.DECLINED, ""),
    ],
)
def test_a_question_is_judged_by_the_entry_it_gets(decision: decisions.Decision, kind: Asked, outcome: Outcome, entry: str) -> None:
    assert judge(decision, question(0, kind, WHO), real_knowledge()) == Verdict(outcome=outcome, entry=entry)


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        (decisions.AdmitNotKnowing(near=True), Outcome.RIGHT),
        (decisions.GiveAnswer(entry=WHO, confidence=0.9), Outcome.WRONG),
        (decisions.Suggest(entries=(WHO,), reason="unsure", confidence=0.5), Outcome.SUGGESTED),
        (decisions.AskMunicipality(intent=Intent("paper.goals"), confidence=0.9, among=(), has_general=False), Outcome.WRONG),
    ],
)
def test_a_question_to_nobody_is_to_be_refused(decision: decisions.Decision, outcome: Outcome) -> None:
    assert judge(decision, question(0, Asked.STRAY), real_knowledge()).outcome is outcome


def test_where_the_city_is_asked_for_the_right_one_is_chosen() -> None:
    asks = decisions.AskMunicipality(intent=Intent("paper.goals"), confidence=0.9, among=(MunicipalityId("halle"),), has_general=False)
    assert judge(asks, question(0, Asked.QUESTION, "halle.goals"), real_knowledge()) == Verdict(outcome=Outcome.RIGHT, entry="halle.goals")
    assert judge(asks, question(0, Asked.QUESTION, WHO), real_knowledge()).outcome is Outcome.DECLINED


def test_a_cry_for_help_has_to_be_heard() -> None:
    assert judge(decisions.ShowEmergency(), question(0, Asked.EMERGENCY), real_knowledge()) == RIGHT
    assert judge(decisions.AdmitNotKnowing(), question(0, Asked.EMERGENCY), real_knowledge()) == DECLINED


def a_hundred(kind: Asked = Asked.QUESTION) -> list[ProofQuestion]:
    return [question(number, kind, WHO) for number in range(100)]


def with_right(questions: list[ProofQuestion], right: int, other: Verdict = DECLINED) -> Verdicts:
    return {each.key: RIGHT if number < right else other for number, each in enumerate(questions)}


def closed(gates: tuple[Gate, ...]) -> set[tuple[str, str]]:
    return {(gate.name, gate.language) for gate in gates if not gate.is_open}


@pytest.mark.parametrize(("after", "shut"), [(90, set()), (88, set()), (87, {("right", "de")}), (100, set())])
def test_a_language_may_lose_two_points(after: int, shut: set[tuple[str, str]]) -> None:
    questions = a_hundred()
    assert closed(find_gates(questions, with_right(questions, 90), with_right(questions, after))) == shut


@pytest.mark.parametrize(("wrong", "shut"), [(1, set()), (2, {("wrong", "de")})])
def test_a_language_may_answer_one_point_more_wrongly(wrong: int, shut: set[tuple[str, str]]) -> None:
    questions = a_hundred()
    before = with_right(questions, 90)
    after = {**before, **{questions[99 - number].key: WRONG for number in range(wrong)}}
    assert closed(find_gates(questions, before, after)) == shut


def test_what_belongs_to_nobody_has_to_stay_refused() -> None:
    questions = a_hundred(Asked.STRAY)
    assert closed(find_gates(questions, with_right(questions, 99), with_right(questions, 90, WRONG))) == {("refused", "de")}


def test_no_cry_for_help_may_be_lost() -> None:
    questions = [question(number, Asked.EMERGENCY) for number in range(3)]
    gates = find_gates(questions, with_right(questions, 2), with_right(questions, 1))
    assert closed(gates) == {("emergencies", "")}
    assert [gate.lost for gate in gates if gate.name == "emergencies"] == [(questions[1].key,)]
    assert closed(find_gates(questions, with_right(questions, 1), with_right(questions, 2))) == set()


def test_a_question_that_editors_keep_has_to_be_answered_even_when_it_is_new() -> None:
    kept = question(0, Asked.CHECK, WHO)
    assert closed(find_gates([kept], {}, {kept.key: DECLINED})) == {("checks", "")}
    assert closed(find_gates([kept], {}, {kept.key: RIGHT})) == set()


def test_a_first_publication_has_nothing_to_be_compared_with() -> None:
    questions = a_hundred()
    assert closed(find_gates(questions, {}, with_right(questions, 10))) == set()


def test_figures_are_counted_by_language() -> None:
    questions = [*a_hundred(), *(replace(each, key=f"x{each.key}", language=Language("fr")) for each in a_hundred())]
    figures = count(questions, with_right(questions, 150, WRONG))
    assert (figures["de"].right, figures["fr"].right, figures["fr"].wrong) == (
        Share(hits=100, of=100),
        Share(hits=50, of=100),
        Share(hits=50, of=100),
    )
    assert (Share(hits=1, of=8).percent, Share().percent) == (12.5, 100.0)


def test_changes_are_those_of_the_answer_or_its_worth() -> None:
    assert find_changes({"a": RIGHT, "b": RIGHT}, {"a": RIGHT, "b": DECLINED, "new": RIGHT}) == ["b"]
