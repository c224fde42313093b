"""Which questions are kept for the editors, and which never are."""

from dataclasses import replace

import pytest

from bot.domain.conversations import Conversation, GivingReceipt, Reporting, WithCase
from bot.domain.decisions import (
    AdmitNotKnowing,
    AskMunicipality,
    AskReceipt,
    FillForm,
    Forget,
    GiveAnswer,
    OpenCase,
    SaySmalltalk,
    SetLanguage,
    Show,
    ShowEmergency,
    ShowTopic,
    StartReport,
    Suggest,
    TakeFeedback,
    WorkOnCase,
)
from bot.domain.find_entries import find_others
from bot.domain.follow_question import follow_question, text_to_keep
from bot.domain.knowledge import EntryId, Intent, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, Choice, ConversationId, Text
from bot.domain.questions import Question, QuestionKind, to_unanswered
from bot.domain.receipts import may_hold_receipt
from bot.domain.report_form import Draft, Step
from tests.domain.sample import HALLE, KNOWLEDGE, NOW, TODAY, a_reading

A, B, C = map(EntryId, ("a", "b", "c"))
TYPED = Question(text="what about it", language=Language("en"), municipality=HALLE)
SUGGESTED = replace(TYPED, text="before", offered=(A, B))
ANSWERED = replace(TYPED, text="before", answer=A, offered=(B, C))
NO_CITY_YET = replace(TYPED, text="before")
CHAT = Conversation(id=ConversationId("c"), channel=Channel.WEB)
NOT_CHOSEN = ((QuestionKind.NOT_CHOSEN, SUGGESTED),)
ASK_CITY = AskMunicipality(intent=Intent("i"), confidence=0.9, among=(), has_general=False)
CONFIDENTIAL = (
    ShowEmergency(), StartReport(), FillForm(), AskReceipt(purpose="status"), OpenCase(code=None, purpose="status"),
    WorkOnCase(action="status"), Forget(),
)  # fmt: skip


def give(entry: EntryId, *, pressed: bool = False) -> GiveAnswer:
    return GiveAnswer(entry=entry, confidence=None if pressed else 0.9)


class TestAQuestionIsFollowed:
    def test_a_typed_one_has_its_answer_and_what_else_may_be_meant(self) -> None:
        assert follow_question(None, give(A), TYPED, (B,)) == (replace(TYPED, answer=A, offered=(B,)), ())

    def test_choosing_a_suggestion_answers_it(self) -> None:
        assert follow_question(SUGGESTED, give(A, pressed=True), None, (C,)) == (replace(SUGGESTED, answer=A, offered=(B,)), ())

    def test_telling_the_city_answers_it_for_that_city(self) -> None:
        told = GiveAnswer(entry=A, confidence=0.9, municipality=HALLE)
        assert follow_question(NO_CITY_YET, told, None, (C,)) == (replace(NO_CITY_YET, municipality=HALLE, answer=A, offered=(C,)), ())

    def test_an_entry_opened_by_any_other_button_answers_no_question(self) -> None:
        assert follow_question(ANSWERED, give(EntryId("menu-entry"), pressed=True), None, ()) == (None, ())

    @pytest.mark.parametrize("aside", [SaySmalltalk(intent="thanks"), SetLanguage(language=Language("ar")), Show(page="privacy")])
    @pytest.mark.parametrize("before", [None, SUGGESTED, ANSWERED])
    def test_it_waits_while_something_else_is_looked_at(self, aside, before) -> None:
        assert follow_question(before, aside, TYPED, ()) == (before, ())


class TestWhatIsKept:
    def test_what_was_not_known(self) -> None:
        assert follow_question(None, AdmitNotKnowing(), TYPED, ()) == (None, ((QuestionKind.UNANSWERED, TYPED),))
        assert follow_question(NO_CITY_YET, AdmitNotKnowing(), None, ()) == (None, ((QuestionKind.UNANSWERED, NO_CITY_YET),))

    def test_but_not_for_want_of_the_nlu_server(self) -> None:
        assert follow_question(None, AdmitNotKnowing(offline=True), TYPED, ()) == (None, ())

    @pytest.mark.parametrize("decision", [give(C), Suggest(entries=(C,)), ASK_CITY])
    def test_suggestions_of_which_none_was_chosen_but_something_else_asked(self, decision) -> None:
        question, kept = follow_question(SUGGESTED, decision, TYPED, ())
        assert kept == NOT_CHOSEN
        assert question
        assert question.text == TYPED.text

    @pytest.mark.parametrize("page", [Show(page="menu"), Show(page="human"), ShowTopic(topic=Topic.CONTACTS)])
    def test_or_the_menu_opened(self, page) -> None:
        assert follow_question(SUGGESTED, page, None, ()) == (None, NOT_CHOSEN)
        assert follow_question(ANSWERED, page, None, ()) == (ANSWERED, ())

    def test_an_answer_that_did_not_help_once(self) -> None:
        no = TakeFeedback(entry=A, helped=False)
        question, kept = follow_question(ANSWERED, no, None, ())
        assert (question, kept) == (replace(ANSWERED, unhelpful=(A,)), ((QuestionKind.UNHELPFUL, ANSWERED),))
        assert follow_question(question, no, None, ()) == (question, ())

    def test_not_one_that_helped_nor_an_earlier_one(self) -> None:
        assert follow_question(ANSWERED, TakeFeedback(entry=A, helped=True), None, ()) == (None, ())
        for helped in (True, False):
            assert follow_question(ANSWERED, TakeFeedback(entry=C, helped=helped), None, ()) == (ANSWERED, ())
            assert follow_question(None, TakeFeedback(entry=C, helped=helped), None, ()) == (None, ())

    @pytest.mark.parametrize("decision", CONFIDENTIAL)
    @pytest.mark.parametrize("before", [SUGGESTED, ANSWERED])
    def test_nothing_of_who_turns_to_a_report_a_case_or_an_emergency(self, decision, before) -> None:
        assert follow_question(before, decision, TYPED, ()) == (None, ())

    def test_nothing_without_words(self) -> None:
        silent, answered, suggested = (replace(each, text="") for each in (TYPED, ANSWERED, SUGGESTED))
        assert follow_question(None, AdmitNotKnowing(), silent, ())[1] == ()
        assert follow_question(answered, TakeFeedback(entry=A, helped=False), None, ())[1] == ()
        assert follow_question(suggested, Show(page="menu"), None, ())[1] == ()

    def test_the_entries_that_were_not_enough_and_the_day(self) -> None:
        entries = {kind: to_unanswered(ANSWERED, kind, TODAY).entries for kind in QuestionKind}
        assert entries == {QuestionKind.UNANSWERED: (), QuestionKind.UNHELPFUL: (A,), QuestionKind.NOT_CHOSEN: (B, C)}
        assert to_unanswered(ANSWERED, QuestionKind.UNHELPFUL, TODAY).asked_on == TODAY


class TestWordsThatAreNotKept:
    @pytest.mark.parametrize(
        "chat",
        [
            {"report": Reporting(step=Step.STORY, draft=Draft())},
            {"report": Reporting(step=Step.STORY, draft=Draft(), paused=True)},
            {"activity": WithCase(case="W-1", since=NOW, doing="add")},
            {"activity": GivingReceipt(purpose="status")},
        ],
    )
    def test_those_that_may_belong_to_a_report(self, chat) -> None:
        assert text_to_keep(Text(text="he shouted at me"), replace(CHAT, **chat)) == ""

    def test_those_that_may_hold_a_code(self) -> None:
        assert text_to_keep(Text(text="this one? 0123-4567-89AB-CDE"), CHAT) == ""
        assert text_to_keep(Choice(value="menu"), CHAT) == ""
        assert text_to_keep(Text(text="who helps me?"), CHAT) == "who helps me?"

    @pytest.mark.parametrize(
        "text", ["0123-4567-89AB-CDEF", "0123456789ABCDE", "o123 4567 89ab", "my code 7KAB.3CZY", "kod: x9x9–y8y8", "\u0660ABC-D\u0661EF"]
    )
    def test_a_code_whole_mistyped_or_in_part(self, text: str) -> None:
        assert may_hold_receipt(text)

    @pytest.mark.parametrize(
        "text",
        ["", "who pays 30.000 euros?", "Haushaltsstelle 1.11120.01", "WIR from 2025 to 2027", "§ 21 AGG", "20-V-33-0003", "0345 1234567"],
    )
    def test_numbers_are_none(self, text: str) -> None:
        assert not may_hold_receipt(text)


class TestWhatElseMayBeMeant:
    def test_the_next_meanings_then_related_entries_never_the_same_again(self) -> None:
        entry = replace(KNOWLEDGE.entries[EntryId("halle.contact")], related=("general.report", "gone"))
        reading = a_reading(("contact", 0.8), ("rights", 0.2), ("wiesbaden.money", 0.1), ("greeting", 0.03))
        assert find_others(entry, reading, CHAT, KNOWLEDGE) == ("rights", "general.report")

    def test_at_most_three(self) -> None:
        entry = KNOWLEDGE.entries[EntryId("halle.contact")]
        reading = a_reading(*((intent, 0.2) for intent in ("contact", "rights", "report-where", "wiesbaden.money")))
        related = replace(entry, related=("general.report", "halle.report"))
        assert len(find_others(related, reading, CHAT, KNOWLEDGE)) == 3
