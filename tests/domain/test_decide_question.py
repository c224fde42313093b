"""What a question gets, by how sure the reading is."""

import pytest

from bot.domain.decide import decide
from bot.domain.decisions import INTENTS, AdmitNotKnowing, GiveAnswer, Show, StartReport, Suggest
from bot.domain.messages import Text
from tests.domain.sample import a_reading, a_situation


class TestAQuestionIsAnsweredWhenTheReadingIsSure:
    def test_thresholds(self) -> None:
        for confidence, kind in ((0.7, GiveAnswer), (0.69, Suggest), (0.4, Suggest), (0.39, AdmitNotKnowing)):
            assert isinstance(decide(Text(text="q"), a_situation(a_reading(("rights", confidence)))), kind), confidence

    @pytest.mark.parametrize("intent", INTENTS)
    def test_what_is_no_question_to_the_knowledge(self, intent: str) -> None:
        assert decide(Text(text="q"), a_situation(a_reading((intent, 0.7)))) == INTENTS[intent]

    def test_what_one_can_do_here_needs_less_certainty_than_an_answer(self) -> None:
        assert decide(Text(text="q"), a_situation(a_reading(("report", 0.4)))) == StartReport()
        assert decide(Text(text="q"), a_situation(a_reading(("human", 0.4)))) == Show(page="human")
        assert decide(Text(text="q"), a_situation(a_reading(("report", 0.39)))) == AdmitNotKnowing()
        assert decide(Text(text="q"), a_situation(a_reading(("report", 0.4)), offline=True)) == StartReport()

    def test_an_intent_without_an_entry_is_not_known(self) -> None:
        assert decide(Text(text="q"), a_situation(a_reading(("gone", 0.99)))) == AdmitNotKnowing()

    def test_up_to_three_suggestions_with_ones_own_city_first(self) -> None:
        reading = a_reading(
            ("contact", 0.5), ("greeting", 0.3), ("rights", 0.2), ("report", 0.1), ("wiesbaden.money", 0.1), ("report-where", 0.1)
        )
        decision = decide(Text(text="q"), a_situation(reading, chat={"municipality": "dresden"}))
        assert decision == Suggest(entries=("dresden.contact", "rights", "wiesbaden.money"), confidence=0.5)

    def test_the_report_is_suggested_where_it_may_be_meant(self) -> None:
        decision = decide(Text(text="q"), a_situation(a_reading(("rights", 0.5), ("report", 0.3))))
        assert isinstance(decision, Suggest)
        assert decision.with_report

    def test_offline_there_are_only_suggestions(self) -> None:
        decision = decide(Text(text="q"), a_situation(a_reading(("rights", 1.0)), offline=True))
        assert decision == Suggest(entries=("rights",), reason="offline", confidence=1.0)
        for reading in (a_reading(), a_reading(("gone", 1.0)), a_reading(("out-of-scope.far", 1.0))):
            assert decide(Text(text="q"), a_situation(reading, offline=True)) == AdmitNotKnowing(offline=True)
