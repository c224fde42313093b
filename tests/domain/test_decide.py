"""One decision for whatever comes in, and none that does harm. The rules have files of their own: choice, text, question, intent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import GivingReceipt, Idle
from bot.domain.decide import decide
from bot.domain.decisions import ExplainUnsupported, Forget, GiveAnswer, SetMunicipality, WorkOnCase
from bot.domain.messages import Choice, Command, Text, Unsupported
from tests.domain.sample import ADDING, ANSWERING, ASKED, KNOWLEDGE, OPEN, WAITING, WRITING, a_situation

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


class TestWhateverComesIn:
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
