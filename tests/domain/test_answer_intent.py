"""Which entry answers: that of the city in mind."""

import pytest

from bot.domain.conversations import ChoosingMunicipality
from bot.domain.decide import decide
from bot.domain.decisions import AdmitNotKnowing, AskMunicipality, GiveAnswer, SetMunicipality, Show, Suggest
from bot.domain.knowledge import Intent
from bot.domain.messages import Choice, Text
from tests.domain.sample import ASKED, a_reading, a_situation


class TestTheCityDecidesWhereAnswersDiffer:
    def ask(self, intent: str, *, memory: str | None = None, **reading) -> object:
        """The decision for a sure question."""
        return decide(Text(text="q"), a_situation(a_reading((intent, 0.9), **reading), chat={"municipality": memory}))

    def test_a_city_in_the_text_beats_the_remembered_one(self) -> None:
        answer = GiveAnswer(entry="dresden.contact", confidence=0.9, municipality="dresden")
        assert self.ask("contact", memory="halle", cities=("dresden",)) == answer

    def test_the_remembered_city_answers_without_asking(self) -> None:
        assert self.ask("contact", memory="halle") == GiveAnswer(entry="halle.contact", confidence=0.9)

    def test_an_unknown_city_is_asked_for(self) -> None:
        assert self.ask("contact") == AskMunicipality(intent="contact", confidence=0.9, among=("halle", "dresden"), has_general=False)
        assert self.ask("report-where") == AskMunicipality(intent="report-where", confidence=0.9, among=("halle",), has_general=True)

    def test_a_remembered_city_without_an_answer_is_asked_again_not_answered_for_another(self) -> None:
        assert isinstance(self.ask("contact", memory="wiesbaden"), AskMunicipality)

    def test_the_memory_of_another_city_does_not_hide_what_only_one_city_knows(self) -> None:
        assert self.ask("wiesbaden.money", memory="halle") == GiveAnswer(entry="wiesbaden.money", confidence=0.9)

    def test_two_cities_are_asked_about(self) -> None:
        asked = AskMunicipality(intent="contact", confidence=0.9, among=("halle", "dresden"), has_general=False)
        assert self.ask("contact", cities=("halle", "dresden")) == asked

    @pytest.mark.parametrize("intent", ["contact", "wiesbaden.money"])
    def test_a_city_we_do_not_cover_never_gets_another_citys_answer_as_its_own(self, intent: str) -> None:
        decision = self.ask(intent, memory="halle", others=("Berlin",))
        assert isinstance(decision, Suggest)
        assert (decision.reason, decision.city) == ("other-city", "Berlin")

    def test_nor_does_a_covered_city_about_which_nothing_is_known(self) -> None:
        decision = self.ask("wiesbaden.money", cities=("dresden",))
        assert isinstance(decision, Suggest)
        assert (decision.reason, decision.city, decision.entries) == ("other-city", "dresden", ("wiesbaden.money",))

    def test_what_holds_everywhere_holds_there_too(self) -> None:
        assert self.ask("rights", others=("Berlin",)) == GiveAnswer(entry="rights", confidence=0.9)
        assert self.ask("report-where", others=("Berlin",)) == GiveAnswer(entry="general.report", confidence=0.9)
        in_dresden = GiveAnswer(entry="general.report", confidence=0.9, municipality="dresden")
        assert self.ask("report-where", cities=("dresden",)) == in_dresden
        assert self.ask("report-where", memory="dresden") == GiveAnswer(entry="general.report", confidence=0.9)

    def test_nothing_but_a_city_is_remembered_or_answers_what_waited(self) -> None:
        reading = a_reading(("greeting", 0.9), cities=("halle",), rest=" in ?")
        assert decide(Text(text="in Halle?"), a_situation(reading)) == SetMunicipality(municipality="halle")
        answer = GiveAnswer(entry="halle.contact", confidence=0.8, municipality="halle")
        assert decide(Text(text="in Halle?"), a_situation(reading, chat={"activity": ASKED})) == answer
        for value in ("city:halle", "halle"):
            assert decide(Choice(value=value), a_situation(chat={"activity": ASKED})) == answer

    def test_another_city_than_those_offered(self) -> None:
        assert decide(Choice(value="city:none"), a_situation(chat={"activity": ASKED})) == AdmitNotKnowing()
        general = ChoosingMunicipality(intent=Intent("report-where"), confidence=0.8)
        answer = GiveAnswer(entry="general.report", confidence=0.8)
        assert decide(Choice(value="city:none"), a_situation(chat={"activity": general})) == answer
        assert decide(Choice(value="city:none"), a_situation()) == Show(page="expired")


class TestTheCityOfTheLastAnswerGoesOn:
    """ "Who decides that?" after an answer on Dresden is about Dresden."""

    def ask(self, intent: str, *, last: str, memory: str | None = None, **reading) -> object:
        """The decision for a sure question that names no city, or one."""
        chat = {"last_entry": last, "municipality": memory}
        return decide(Text(text="q"), a_situation(a_reading((intent, 0.9), **reading), chat=chat))

    def test_where_none_is_remembered(self) -> None:
        assert self.ask("contact", last="dresden.contact") == GiveAnswer(entry="dresden.contact", confidence=0.9)
        assert self.ask("report-where", last="halle.contact") == GiveAnswer(entry="halle.report", confidence=0.9)

    def test_and_over_one_that_was_remembered_before(self) -> None:
        assert self.ask("contact", last="dresden.contact", memory="halle") == GiveAnswer(entry="dresden.contact", confidence=0.9)

    def test_but_not_where_there_is_nothing_for_it(self) -> None:
        assert self.ask("contact", last="wiesbaden.money", memory="halle") == GiveAnswer(entry="halle.contact", confidence=0.9)
        assert self.ask("report-where", last="dresden.contact", memory="halle") == GiveAnswer(entry="halle.report", confidence=0.9)
        assert self.ask("report-where", last="dresden.contact") == GiveAnswer(entry="general.report", confidence=0.9)
        assert isinstance(self.ask("contact", last="wiesbaden.money"), AskMunicipality)

    def test_nor_over_the_city_in_the_text(self) -> None:
        answer = GiveAnswer(entry="halle.contact", confidence=0.9, municipality="halle")
        assert self.ask("contact", last="dresden.contact", cities=("halle",)) == answer
        assert isinstance(self.ask("contact", last="dresden.contact", others=("Berlin",)), Suggest)

    def test_an_answer_for_everywhere_brings_no_city(self) -> None:
        assert self.ask("contact", last="rights", memory="halle") == GiveAnswer(entry="halle.contact", confidence=0.9)
        assert isinstance(self.ask("contact", last="rights"), AskMunicipality)
        assert isinstance(self.ask("contact", last="gone"), AskMunicipality)

    def test_suggestions_are_for_it_too(self) -> None:
        situation = a_situation(a_reading(("contact", 0.5)), chat={"last_entry": "dresden.contact", "municipality": "halle"})
        assert decide(Text(text="q"), situation) == Suggest(entries=("dresden.contact",), confidence=0.5)
