"""The report form: every way through it, and that no way loses what a person typed."""

from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.case_codes import AREAS, NOT_STATED
from bot.domain.report_form import ORDER, Draft, Incident, Input, Step, clear, fill, next_step, previous_step, stays_on, values_of
from tests.domain.sample import TODAY

ANSWERED = [step for step in ORDER if step not in (Step.CONSENT, Step.SUMMARY)]
OWN_FIELDS = {
    Step.STORY: {"story"},
    Step.WHEN: {"incident"},
    Step.PLACE: {"place", "municipality"},
    Step.AREA: {"area", "area_detail", "notes"},
    Step.AREA_DETAIL: {"area_detail", "notes"},
    Step.GROUNDS: {"grounds", "notes"},
    Step.FORM: {"form", "notes"},
    Step.WISH: {"wish", "notes"},
    Step.CONTACT: {"contact", "wants_reply_in_chat"},
}
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def changed(before: Draft, after: Draft) -> set[str]:
    """The names of the fields in which two drafts differ."""
    return {each.name for each in fields(Draft) if getattr(before, each.name) != getattr(after, each.name)}


def given_value(value: str) -> Input:
    return Input(value=value, today=TODAY)


def given_text(text: str, **read: object) -> Input:
    return Input(text=text, today=TODAY, **read)


def test_the_way_forward_and_back_is_the_same() -> None:
    for draft in (Draft(), Draft(area="work")):
        way = [Step.CONSENT]
        while way[-1] is not Step.SUMMARY:
            way.append(next_step(way[-1], draft))
        assert way == [step for step in ORDER if step is not Step.AREA_DETAIL or draft.area == "work"]
        for earlier, later in pairwise(way[1:]):
            assert previous_step(later, draft) is earlier


def test_there_is_no_way_back_behind_the_consent() -> None:
    assert previous_step(Step.STORY, Draft()) is Step.STORY
    assert previous_step(Step.CONSENT, Draft()) is Step.CONSENT


@pytest.mark.parametrize("step", ANSWERED)
def test_a_step_takes_what_it_offers_and_nothing_else(step: Step) -> None:
    draft = Draft(area="work")
    for value in values_of(step, draft):
        filled = fill(draft, step, given_value(value))
        assert filled is not None
        assert changed(draft, filled) <= OWN_FIELDS[step], value
    if step is not Step.PLACE:
        assert fill(draft, step, given_value("forged")) is None


@pytest.mark.parametrize("step", [Step.CONSENT, Step.SUMMARY])
def test_consent_and_summary_fill_nothing(step: Step) -> None:
    assert fill(Draft(), step, given_text("yes")) is None


def test_days() -> None:
    yesterday = TODAY - timedelta(days=1)
    days = {"today": TODAY, "yesterday": yesterday, "unknown": None}
    for value, day in days.items():
        filled = fill(Draft(), Step.WHEN, given_value(value))
        assert filled.incident == Incident(since=day, until=day, precision="day" if day else "unknown")
    assert fill(Draft(), Step.WHEN, given_value("repeated")).incident == Incident(repeated=True, precision="unknown")
    told = fill(Draft(), Step.WHEN, given_text("on May 3rd", day=date(2026, 5, 3)))
    assert told.incident == Incident(since=date(2026, 5, 3), until=date(2026, 5, 3), precision="day", words="on May 3rd")


def test_grounds_are_ticked_and_unticked() -> None:
    draft = Draft()
    for value in ("agg.age", "agg.gender", "agg.age"):
        draft = fill(draft, Step.GROUNDS, given_value(value))
    assert draft.grounds == ("agg.gender",)
    assert fill(draft, Step.GROUNDS, given_text("my accent")).grounds == ("agg.gender", "other")
    assert stays_on(Step.GROUNDS)
    assert not stays_on(Step.WISH)


def test_another_area_forgets_the_detail_of_the_old_one() -> None:
    draft = fill(fill(Draft(), Step.AREA, given_value("work")), Step.AREA_DETAIL, given_value("pay"))
    assert (draft.area, draft.area_detail) == ("work", "pay")
    assert fill(draft, Step.AREA, given_value("housing")).area_detail == NOT_STATED
    assert fill(draft, Step.AREA_DETAIL, given_value("search")) is None


@given(step=st.sampled_from(ANSWERED), text=WORDS)
def test_typed_words_are_always_in_the_draft_and_skipping_takes_them_out(step: Step, text: str) -> None:
    filled = fill(Draft(area="work"), step, given_text(text))
    assert text in typed(filled)
    assert typed(clear(filled, step)) == []


def test_skipping_one_step_leaves_the_others() -> None:
    draft = Draft()
    for step in ANSWERED:
        draft = fill(draft, step, given_text(f"words at {step}"))
    for step in ANSWERED:
        skipped = clear(draft, step)
        assert changed(draft, skipped) <= OWN_FIELDS[step]
        assert set(typed(draft)) - set(typed(skipped)) == {f"words at {step}"}


def typed(draft: Draft) -> list[str]:
    """Everything in a draft that a person typed."""
    words = [draft.story, draft.incident.words, draft.place, draft.contact, *(text for _, text in draft.notes)]
    return [word for word in words if word]


class AnyWayThroughTheForm(RuleBasedStateMachine):
    """Answers, ticks, back, next and skip in any order: what was typed last at each step, and each ground, is there; a question follows."""

    @initialize()
    def consent(self) -> None:
        self.draft, self.step = Draft(), Step.STORY
        self.words: dict[Step, str] = {}

    @precondition(lambda self: self.step is not Step.SUMMARY)
    @rule(text=WORDS)
    def type_words(self, text: str) -> None:
        before = self.draft
        self.draft = fill(self.draft, self.step, given_text(text))
        assert changed(before, self.draft) <= OWN_FIELDS[self.step]
        several = self.step is Step.GROUNDS and self.step in self.words
        self.words[self.step] = f"{self.words[self.step]}\n{text}" if several else text
        self.step = next_step(self.step, self.draft)

    @precondition(lambda self: values_of(self.step, self.draft))
    @rule(data=st.data())
    def press_value(self, data) -> None:
        value = data.draw(st.sampled_from(values_of(self.step, self.draft)))
        before = self.draft
        self.draft = fill(self.draft, self.step, given_value(value))
        assert changed(before, self.draft) <= OWN_FIELDS[self.step]
        if self.step is not Step.GROUNDS:
            self.words.pop(self.step, None)
            self.step = next_step(self.step, self.draft)

    @rule(value=WORDS)
    def press_a_forged_value(self, value: str) -> None:
        if self.step is not Step.PLACE and value not in values_of(self.step, self.draft):
            assert fill(self.draft, self.step, given_value(value)) is None

    @precondition(lambda self: self.step is not Step.SUMMARY)
    @rule()
    def skip(self) -> None:
        self.draft = clear(self.draft, self.step)
        self.words.pop(self.step, None)
        self.step = next_step(self.step, self.draft)

    @rule()
    def go_back(self) -> None:
        self.step = previous_step(self.step, self.draft)

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        assert sorted(typed(self.draft)) == sorted(self.words.values())

    @invariant()
    def the_state_can_be_asked_about(self) -> None:
        assert self.step in ORDER[1:]
        assert self.step is not Step.AREA_DETAIL or AREAS[self.draft.area]
        assert self.draft.area in AREAS
        assert self.draft.area_detail in (*AREAS[self.draft.area], NOT_STATED, "other")


AnyWayThroughTheForm.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAnyWayThroughTheForm = AnyWayThroughTheForm.TestCase
