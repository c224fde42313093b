"""Who gets a text: an emergency comes first, then whoever waits for it."""

import pytest

from bot.domain.conversations import ANSWERING_FOR, GivingReceipt, WithCase
from bot.domain.decide import decide
from bot.domain.decide_text import EMERGENCY_CONFIDENCE, EMERGENCY_CONFIDENCE_IN_FORM
from bot.domain.decisions import (
    AdmitNotKnowing,
    AnswerOffice,
    AskReceipt,
    ExplainUnsupported,
    FillForm,
    GiveAnswer,
    LeaveHuman,
    OpenCase,
    RelayToHuman,
    SetMunicipality,
    Show,
    ShowEmergency,
    StartReport,
    Suggest,
    WarnFirst,
    WorkOnCase,
)
from bot.domain.messages import Choice, Command, Text
from tests.domain.sample import ADDING, ANSWERING, ASKED, NOW, OPEN, WAITING, WRITING, a_reading, a_situation

CODE = "0123-4567-89AB-CDEF"
WITH_HUMAN = {"handover": "h"}
ANSWERED = {"last_entry": "dresden.contact"}


class TestAnEmergencyComesFirst:
    def test_by_a_word_and_by_the_reading(self) -> None:
        assert decide(Text(text="help"), a_situation(has_emergency_word=True)) == ShowEmergency()
        assert decide(Text(text="help"), a_situation(a_reading(("emergency", EMERGENCY_CONFIDENCE)))) == ShowEmergency()
        below = decide(Text(text="help"), a_situation(a_reading(("emergency", EMERGENCY_CONFIDENCE - 0.01))))
        assert not isinstance(below, ShowEmergency | WarnFirst)

    def test_and_nothing_else_comes_where_nothing_else_is_likelier(self) -> None:
        for other in ("rights", "report", "greeting"):
            reading = a_reading(("emergency", 0.5), (other, 0.4))
            assert decide(Text(text="help"), a_situation(reading)) == ShowEmergency()
            unsure = a_reading((other, 0.6), ("emergency", 0.1))
            assert decide(Text(text="help"), a_situation(unsure, has_emergency_word=True)) == ShowEmergency()

    def test_but_what_is_likelier_is_done_after_the_numbers(self) -> None:
        reading = a_reading(("report", 0.6), ("emergency", 0.3))
        assert decide(Text(text="fired"), a_situation(reading)) == WarnFirst(then=StartReport())
        reading = a_reading(("rights", 0.9), ("emergency", 0.1))
        answer = GiveAnswer(entry="rights", confidence=0.9)
        assert decide(Text(text="which number"), a_situation(reading, has_emergency_word=True)) == WarnFirst(then=answer)
        for unhelpful in ("greeting", "out-of-scope.far"):
            reading = a_reading((unhelpful, 0.6), ("emergency", 0.3))
            assert decide(Text(text="help"), a_situation(reading)) == ShowEmergency()

    def test_even_in_the_form_which_goes_on(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat={"report": WRITING}, has_emergency_word=True))
        assert decision == WarnFirst(then=FillForm(text="help"))

    def test_an_answer_to_the_form_needs_to_be_more_likely_one(self) -> None:
        for confidence, decision in (
            (EMERGENCY_CONFIDENCE_IN_FORM, WarnFirst(then=FillForm(text="x"))),
            (EMERGENCY_CONFIDENCE, FillForm(text="x")),
        ):
            situation = a_situation(a_reading(("emergency", confidence)), chat={"report": WRITING})
            assert decide(Text(text="x"), situation) == decision

    def test_even_while_something_is_added_to_a_case(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat={"activity": ADDING}, open_case="W-1", has_emergency_word=True))
        assert decision == WarnFirst(then=WorkOnCase(action="add", text="help"))

    def test_even_while_the_office_is_answered(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat={"activity": ANSWERING}, answered_case="W-1", has_emergency_word=True))
        assert decision == WarnFirst(then=AnswerOffice(case="W-1", text="help"))

    def test_even_when_a_code_was_asked_for(self) -> None:
        waiting = {"activity": GivingReceipt(purpose="status")}
        assert decide(Text(text=f"help {CODE}"), a_situation(chat=waiting, has_emergency_word=True)) == ShowEmergency()


class TestAWishWhileACaseIsOpen:
    @pytest.mark.parametrize("chat", [ADDING, OPEN])
    @pytest.mark.parametrize(("intent", "action"), [("delete-data", "delete"), ("withdraw-case", "withdraw"), ("case-status", "status")])
    def test_is_asked_about_and_no_addition(self, chat: WithCase, intent: str, action: str) -> None:
        situation = a_situation(a_reading((intent, 0.95)), chat={"activity": chat}, open_case="W-1")
        assert decide(Text(text="delete my report"), situation) == WorkOnCase(action=action)

    def test_but_what_is_unsure_or_long_is_added(self) -> None:
        for confidence, text in ((0.5, "delete my report"), (0.95, "they deleted " + "my data and then " * 5)):
            situation = a_situation(a_reading(("delete-data", confidence)), chat={"activity": ADDING}, open_case="W-1")
            assert decide(Text(text=text), situation) == WorkOnCase(action="add", text=text)

    def test_without_an_open_case_it_is_what_it_was(self) -> None:
        situation = a_situation(a_reading(("delete-data", 0.95)), chat={"activity": OPEN})
        assert decide(Text(text="delete my data"), situation) == Show(page="forget")


class TestWhileAHumanAnswersATextIsForThem:
    @pytest.mark.parametrize("text", ["hello", "👍", "?", "Halle", "report"])
    def test_whatever_it_says(self, text: str) -> None:
        reading = a_reading(("report", 0.99), cities=("halle",), rest="")
        assert decide(Text(text=text), a_situation(reading, chat=WITH_HUMAN)) == RelayToHuman(text=text)

    def test_an_emergency_too(self) -> None:
        decision = decide(Text(text="help"), a_situation(chat=WITH_HUMAN, has_emergency_word=True))
        assert decision == WarnFirst(then=RelayToHuman(text="help"))

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

    def test_an_addition_is_taken_only_while_the_case_is_open(self) -> None:
        assert decide(Text(text="more"), a_situation(chat={"activity": ADDING}, open_case="W-1")) == WorkOnCase(action="add", text="more")
        assert not isinstance(decide(Text(text="more"), a_situation(chat={"activity": ADDING})), WorkOnCase)
        assert not isinstance(decide(Text(text="more"), a_situation(chat={"activity": OPEN}, open_case="W-1")), WorkOnCase)


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


class TestATextWithoutWords:
    @pytest.mark.parametrize("text", ["", " ", "👍", "?!", "…"])
    def test_is_called_empty(self, text: str) -> None:
        assert decide(Text(text=text), a_situation(a_reading(("rights", 0.99)))) == ExplainUnsupported(what="empty")
