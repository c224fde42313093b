"""The rules at the head of decide.py, one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import ANSWERING_FOR, Answering, ChoosingMunicipality, GivingReceipt, Idle, Reporting, WithCase
from bot.domain.decide import EMERGENCY_CONFIDENCE, decide, looks_like_code
from bot.domain.decisions import (
    COMMANDS,
    INTENTS,
    AdmitNotKnowing,
    AnswerOffice,
    AskMunicipality,
    AskReceipt,
    ExplainUnsupported,
    FillForm,
    Forget,
    GiveAnswer,
    HandOver,
    LeaveHuman,
    OpenCase,
    RelayToHuman,
    SetLanguage,
    SetMunicipality,
    Show,
    ShowEmergency,
    ShowProgramme,
    ShowTopic,
    StartReport,
    Suggest,
    TakeFeedback,
    WorkOnCase,
)
from bot.domain.knowledge import Intent, Topic
from bot.domain.messages import Choice, Command, Text, Unsupported
from bot.domain.report_form import Draft, Step
from tests.domain.sample import KNOWLEDGE, NOW, a_reading, a_situation

WRITING = Reporting(step=Step.WHEN, draft=Draft())
WAITING = Reporting(step=Step.WHEN, draft=Draft(), paused=True)
OPEN = WithCase(case="W-1", since=NOW)
ADDING = WithCase(case="W-1", since=NOW, doing="add")
ANSWERING = Answering(case="W-1", since=NOW)
ASKED = ChoosingMunicipality(intent=Intent("contact"), confidence=0.8)
CODE = "0123-4567-89AB-CDEF"
ACTIVITIES = st.sampled_from([Idle(), ASKED, GivingReceipt(purpose="delete"), OPEN, ADDING, ANSWERING])
REPORTS = st.sampled_from([None, WRITING, WAITING])
KINDS = (
    "entry",
    "helped",
    "unhelpful",
    "programme",
    "topic",
    "city",
    "language",
    "form",
    "case",
    "answer",
    "forget",
    "link",
    "report",
    "status",
    "menu",
    "news",
    "unsubscribe",
)
VALUES = st.one_of(st.text(), st.builds("{}:{}".format, st.sampled_from(KINDS), st.text()))


class TestAnEmergencyComesFirst:
    def test_by_a_word_and_by_the_reading(self) -> None:
        assert decide(Text(text="help"), a_situation(has_emergency_word=True)) == ShowEmergency()
        reading = a_reading(("contact", 0.6), ("emergency", EMERGENCY_CONFIDENCE))
        assert decide(Text(text="help"), a_situation(reading)) == ShowEmergency()
        below = a_reading(("contact", 0.6), ("emergency", EMERGENCY_CONFIDENCE - 0.01))
        assert decide(Text(text="help"), a_situation(below)) != ShowEmergency()

    def test_even_in_the_form_which_goes_on(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat={"report": WRITING}, has_emergency_word=True))
        assert decision == FillForm(text="help", emergency=True)

    def test_even_while_something_is_added_to_a_case(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat={"activity": ADDING}, open_case="W-1", has_emergency_word=True))
        assert decision == WorkOnCase(action="add", text="help", emergency=True)

    def test_even_while_the_office_is_answered(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat={"activity": ANSWERING}, answered_case="W-1", has_emergency_word=True))
        assert decision == AnswerOffice(case="W-1", text="help", emergency=True)

    def test_even_when_a_code_was_asked_for(self) -> None:
        waiting = {"activity": GivingReceipt(purpose="status")}
        assert decide(Text(text=f"help {CODE}"), a_situation(chat=waiting, has_emergency_word=True)) == ShowEmergency()


class TestAButtonDoesWhatItSays:
    @pytest.mark.parametrize(
        ("value", "decision"),
        [
            ("report", StartReport()),
            ("status", AskReceipt(purpose="status")),
            ("contacts", ShowTopic(topic=Topic.CONTACTS)),
            ("entry:rights", GiveAnswer(entry="rights", confidence=None)),
            ("helped:rights", TakeFeedback(entry="rights", helped=True)),
            ("unhelpful:rights", TakeFeedback(entry="rights", helped=False)),
            ("programme:wir", ShowProgramme(programme="wir")),
            ("topic:discrimination", ShowTopic(topic=Topic.DISCRIMINATION)),
            ("city:halle", SetMunicipality(municipality="halle")),
            ("halle", SetMunicipality(municipality="halle")),
            ("language:ar", SetLanguage(language="ar")),
            ("forget:yes", Forget()),
            ("link:abc", StartReport(link="abc")),
            ("answer:W-1", AnswerOffice(case="W-1")),
            ("human", Show(page="human")),
            ("human:halle", SetMunicipality(municipality="halle", then="human")),
            ("handover", HandOver()),
            ("bot", LeaveHuman()),
        ],
    )
    def test_as_choice_and_as_deep_link(self, value: str, decision: object) -> None:
        assert decide(Choice(value=value), a_situation()) == decision
        assert decide(Command(name="start", argument=value), a_situation()) == decision

    @pytest.mark.parametrize("name", COMMANDS)
    def test_commands(self, name: str) -> None:
        assert decide(Command(name=name), a_situation()) == COMMANDS[name]

    def test_an_unknown_command_shows_help(self) -> None:
        assert decide(Command(name="dance"), a_situation()) == Show(page="help")

    @pytest.mark.parametrize("name", ["cancel", "back", "skip"])
    def test_ways_of_the_form_as_commands(self, name: str) -> None:
        assert decide(Command(name=name), a_situation(chat={"report": WRITING})) == FillForm(value=name)
        for report in (None, WAITING):
            assert decide(Command(name=name), a_situation(chat={"report": report})) == Show(page="nothing-to-cancel")

    def test_form_buttons(self) -> None:
        pressed = Choice(value="form:when:today")
        assert decide(pressed, a_situation(chat={"report": WAITING})) == FillForm(step="when", value="today")
        assert decide(pressed, a_situation()) == Show(page="expired")

    @pytest.mark.parametrize("action", ["status", "add", "withdraw", "withdraw-yes", "delete", "delete-yes", "close"])
    def test_case_buttons_need_an_open_case(self, action: str) -> None:
        pressed = Choice(value=f"case:{action}")
        assert decide(pressed, a_situation(chat={"activity": OPEN}, open_case="W-1")) == WorkOnCase(action=action)
        closed = decide(pressed, a_situation(chat={"activity": OPEN}))
        assert closed == (Show(page="menu") if action == "close" else AskReceipt(purpose=action.removesuffix("-yes")))

    @pytest.mark.parametrize(
        "value",
        ["", "entry:", "entry:gone", "helped:gone", "unhelpful:", "city:paris", "human:paris", "human:", "language:xx", "case:x",
         "forget:no", "link:", "answer:", "welcome"],
    )  # fmt: skip
    def test_a_stale_or_forged_one_leads_to_the_menu(self, value: str) -> None:
        assert decide(Choice(value=value), a_situation()) == Show(page="expired")

    @given(value=VALUES, activity=ACTIVITIES, report=REPORTS)
    def test_no_string_does_harm(self, value: str, activity, report) -> None:
        situation = a_situation(chat={"activity": activity, "report": report})
        contents = (Choice(value=value), Command(name="start", argument=value), Command(name=value, argument=value), Text(text=value))
        for content in contents:
            decision = decide(content, situation)
            assert not isinstance(decision, WorkOnCase)
            assert not isinstance(decision, Forget) or value == "forget:yes"
            assert not isinstance(decision, GiveAnswer) or decision.entry in KNOWLEDGE.entries
            assert not isinstance(decision, SetMunicipality) or decision.municipality in KNOWLEDGE.municipalities

    @pytest.mark.parametrize("what", ["media", "edited", "too-long"])
    def test_what_cannot_be_read_is_explained_even_in_the_form(self, what) -> None:
        assert decide(Unsupported(what=what), a_situation(chat={"report": WRITING})) == ExplainUnsupported(what=what)


WITH_HUMAN = {"handover": "h"}


class TestWhileAHumanAnswersATextIsForThem:
    @pytest.mark.parametrize("text", ["hello", "👍", "?", "Halle", "report"])
    def test_whatever_it_says(self, text: str) -> None:
        reading = a_reading(("report", 0.99), cities=("halle",), rest="")
        assert decide(Text(text=text), a_situation(reading, chat=WITH_HUMAN)) == RelayToHuman(text=text)

    def test_an_emergency_too(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat=WITH_HUMAN, has_emergency_word=True))
        assert decision == RelayToHuman(text="help", emergency=True)

    def test_until_they_want_the_bot_back(self) -> None:
        assert decide(Text(text="Stop."), a_situation(chat=WITH_HUMAN)) == LeaveHuman()
        assert decide(Command(name="stop"), a_situation(chat=WITH_HUMAN)) == LeaveHuman()
        assert decide(Command(name="stop"), a_situation()) == Show(page="help")
        assert not isinstance(decide(Text(text="Stop."), a_situation()), LeaveHuman)

    def test_but_a_receipt_code_is_not(self) -> None:
        assert isinstance(decide(Text(text=CODE), a_situation(chat=WITH_HUMAN)), OpenCase)
        asked = {**WITH_HUMAN, "activity": GivingReceipt(purpose="add")}
        assert isinstance(decide(Text(text="0123-4567-89AB"), a_situation(chat=asked)), OpenCase)
        assert decide(Text(text="I have lost it"), a_situation(chat=asked)) == RelayToHuman(text="I have lost it")

    def test_nor_what_they_are_writing_elsewhere(self) -> None:
        assert decide(Text(text="q"), a_situation(chat={**WITH_HUMAN, "report": WRITING})) == FillForm(text="q")
        adding = a_situation(chat={**WITH_HUMAN, "activity": ADDING}, open_case="W-1")
        assert decide(Text(text="q"), adding) == WorkOnCase(action="add", text="q")
        answering = a_situation(chat={**WITH_HUMAN, "activity": ANSWERING}, answered_case="W-1")
        assert decide(Text(text="q"), answering) == AnswerOffice(case="W-1", text="q")

    def test_buttons_do_what_they_say(self) -> None:
        assert decide(Choice(value="menu"), a_situation(chat=WITH_HUMAN)) == Show(page="menu")
        asked = {"activity": ASKED}
        assert decide(Choice(value="human:halle"), a_situation(chat=asked)) == SetMunicipality(municipality="halle", then="human")


class TestWhileAFormWaitsATextIsItsAnswer:
    @pytest.mark.parametrize("text", ["yesterday", CODE, "👍", "hello", ""])
    def test_whatever_it_says(self, text: str) -> None:
        reading = a_reading(("contact", 0.99), cities=("halle",), rest="")
        assert decide(Text(text=text), a_situation(reading, chat={"report": WRITING})) == FillForm(text=text)

    def test_but_not_while_it_is_paused(self) -> None:
        reading = a_reading(("rights", 0.99))
        assert decide(Text(text="what"), a_situation(reading, chat={"report": WAITING})) == GiveAnswer(entry="rights", confidence=0.99)


class TestAnAnswerToTheOffice:
    def test_is_whatever_is_written_after_the_button(self) -> None:
        for reading in (a_reading(("rights", 0.99)), a_reading(("contact", 0.99), cities=("halle",), rest="")):
            situation = a_situation(reading, chat={"activity": ANSWERING}, answered_case="W-1")
            assert decide(Text(text="Tuesday"), situation) == AnswerOffice(case="W-1", text="Tuesday")

    def test_opens_nothing_else_of_the_case(self) -> None:
        situation = a_situation(chat={"activity": ANSWERING}, answered_case="W-1")
        assert decide(Choice(value="case:status"), situation) == AskReceipt(purpose="status")
        assert decide(Choice(value="case:delete-yes"), situation) == AskReceipt(purpose="delete")
        assert decide(Choice(value="case:close"), situation) == Show(page="menu")

    def test_ends_after_a_while(self) -> None:
        reading = a_reading(("rights", 0.99))
        assert decide(Text(text="what"), a_situation(reading, chat={"activity": ANSWERING})) == GiveAnswer(entry="rights", confidence=0.99)
        assert a_situation(chat={"activity": ANSWERING}).conversation.answered_case(NOW + ANSWERING_FOR) is None
        assert a_situation(chat={"activity": ANSWERING}).conversation.answered_case(NOW) == "W-1"


class TestAReceiptCodeOpensItsCase:
    def test_written_out_it_is_found_anywhere(self) -> None:
        assert decide(Text(text=f"my code: {CODE}!"), a_situation()) == OpenCase(code="0123456789ABCDEF", purpose="status")

    def test_for_the_purpose_it_was_asked_for(self) -> None:
        waiting = {"activity": GivingReceipt(purpose="withdraw")}
        for text in (CODE, CODE.replace("-", " ").lower(), CODE.replace("-", "")):
            assert decide(Text(text=text), a_situation(chat=waiting)) == OpenCase(code="0123456789ABCDEF", purpose="withdraw")

    def test_an_attempt_that_is_none_counts_as_a_wrong_code_only_when_asked(self) -> None:
        waiting = {"activity": GivingReceipt(purpose="status")}
        assert decide(Text(text="ABCD-1234"), a_situation(chat=waiting)) == OpenCase(code=None, purpose="status")
        assert decide(Text(text="ABCD-1234"), a_situation()) == AdmitNotKnowing()

    @pytest.mark.parametrize(
        "text", ["hello", "menu", "I lost my code", "Antidiskriminierungsstelle", "مرحبا", "what is the AGG and who pays for 1 of us"]
    )
    def test_a_new_question_is_no_attempt(self, text: str) -> None:
        assert not looks_like_code(text)

    @pytest.mark.parametrize("text", ["0123456789ABCDE", "abcdefghjkmnpqrs", "12 34", "٠١٢٣"])
    def test_an_attempt_is_one(self, text: str) -> None:
        assert looks_like_code(text)

    def test_an_addition_is_taken_only_while_the_case_is_open(self) -> None:
        assert decide(Text(text="more"), a_situation(chat={"activity": ADDING}, open_case="W-1")) == WorkOnCase(action="add", text="more")
        assert not isinstance(decide(Text(text="more"), a_situation(chat={"activity": ADDING})), WorkOnCase)
        assert not isinstance(decide(Text(text="more"), a_situation(chat={"activity": OPEN}, open_case="W-1")), WorkOnCase)


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

    @pytest.mark.parametrize("text", ["", " ", "👍", "?!", "…"])
    def test_a_text_without_words(self, text: str) -> None:
        assert decide(Text(text=text), a_situation(a_reading(("rights", 0.99)))) == ExplainUnsupported(what="empty")


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


ANSWERED = {"last_entry": "dresden.contact"}


class TestFollowUps:
    """ "And in Halle?" asks the last question again."""

    @pytest.mark.parametrize("rest", ["", "in ?", "and in ?", "und in ", "what of "])
    def test_the_last_question_is_asked_again_for_another_city(self, rest: str) -> None:
        reading = a_reading(("greeting", 0.5), cities=("halle",), rest=rest)
        answer = GiveAnswer(entry="halle.contact", confidence=0.0, municipality="halle")
        assert decide(Text(text=rest + "Halle"), a_situation(reading, chat=ANSWERED)) == answer

    def test_a_question_of_its_own_is_none(self) -> None:
        reading = a_reading(("wiesbaden.money", 0.9), cities=("wiesbaden",), rest="money ?")
        answer = GiveAnswer(entry="wiesbaden.money", confidence=0.9, municipality="wiesbaden")
        assert decide(Text(text="money Wiesbaden?"), a_situation(reading, chat=ANSWERED)) == answer

    def test_for_a_city_we_do_not_cover_nothing_is_made_up(self) -> None:
        reading = a_reading(others=("Berlin",), rest="and in ?")
        decision = decide(Text(text="and in Berlin?"), a_situation(reading, chat=ANSWERED))
        assert decision == Suggest(entries=("halle.contact", "dresden.contact"), reason="other-city", confidence=0.0, city="Berlin")
        assert decide(Text(text="Berlin?"), a_situation(reading)) == AdmitNotKnowing(city="Berlin")


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
