"""What a button or a command does."""

import pytest

from bot.domain.decide import decide
from bot.domain.decisions import (
    COMMANDS,
    AnswerOffice,
    AskReceipt,
    FillForm,
    Forget,
    GiveAnswer,
    HandOver,
    LeaveHuman,
    SetLanguage,
    SetMunicipality,
    Show,
    ShowProgramme,
    ShowTopic,
    StartReport,
    TakeFeedback,
    WorkOnCase,
)
from bot.domain.knowledge import Topic
from bot.domain.messages import Choice, Command
from tests.domain.sample import OPEN, WAITING, WRITING, a_situation


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
