"""Chats with a human: who answers, when they end; and office hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import NotAllowedError
from bot.domain.handovers import (
    ENDS_AFTER,
    Handover,
    HandoverId,
    HandoverState,
    end_handover,
    ends_at,
    find_answering,
    is_stop_word,
    take_handover,
)
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.office_hours import HoursError, group_days, is_office_open, next_opening, read_hours, write_hours
from bot.domain.staff import Role, StaffId, StaffMember
from tests.domain.sample import DRESDEN, HALLE

FRIDAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""Half past ten in Germany."""
WEEK = tuple(span for weekday in range(5) for span in read_hours("9-12, 13-16", weekday))
CHAT = Handover(
    reference=HandoverId("h"),
    conversation=ConversationId("c"),
    channel=Channel.WEB,
    address="",
    language=Language("tr"),
    municipality=HALLE,
    opened_at=FRIDAY,
    touched_at=FRIDAY,
)


def a_member(*roles: Role, cities=(HALLE,), **changes) -> StaffMember:
    member = StaffMember(
        id=StaffId("s"), name="Zoe", email="z@x.example", roles=frozenset(roles), municipalities=frozenset(cities), created_at=FRIDAY
    )
    return replace(member, **changes)


def test_a_chat_waits_runs_and_ends_once() -> None:
    later = FRIDAY + timedelta(hours=1)
    running = take_handover(CHAT, StaffId("zoe"), later)
    assert (running.state, running.taken_by, running.touched_at) == (HandoverState.RUNNING, "zoe", later)
    assert take_handover(running, StaffId("yan"), later).taken_by == "yan"
    ended = end_handover(running, later)
    assert (ended.is_open(), ended.ended_at, ended.taken_by) == (False, later, "zoe")
    for again in (lambda: end_handover(ended, later), lambda: take_handover(ended, StaffId("yan"), later)):
        with pytest.raises(NotAllowedError):
            again()


def test_a_chat_ends_after_a_day_but_not_over_the_weekend() -> None:
    assert ends_at(CHAT, ()) == FRIDAY + ENDS_AFTER
    assert ends_at(CHAT, WEEK) == FRIDAY + ENDS_AFTER
    evening = replace(CHAT, touched_at=FRIDAY + timedelta(hours=9))
    assert ends_at(evening, WEEK) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("member", "answers"),
    [
        (a_member(Role.CASEWORKER), True),
        (a_member(Role.LEAD), True),
        (a_member(Role.CASEWORKER, cities=(DRESDEN,)), False),
        (a_member(Role.ADMIN), False),
        (a_member(Role.CASEWORKER, disabled_at=FRIDAY), False),
    ],
)
def test_who_answers_a_city(member: StaffMember, answers: bool) -> None:
    assert bool(find_answering([member], HALLE)) is answers


def test_without_a_city_leads_answer() -> None:
    assert find_answering([a_member(Role.CASEWORKER), lead := a_member(Role.LEAD)], None) == (lead,)


@pytest.mark.parametrize(
    ("text", "stops"), [("stop", True), ("„Stop“", True), ("/stop", True), ("стоп", True), ("do not stop", False), ("", False)]
)
def test_words_that_end_a_chat(text: str, stops: bool) -> None:
    assert is_stop_word(text) is stops


def test_the_office_is_open_in_german_time() -> None:
    assert is_office_open(WEEK, FRIDAY)
    assert not is_office_open(WEEK, FRIDAY + timedelta(hours=2))
    assert not is_office_open((), FRIDAY)
    summer = datetime(2026, 7, 3, 7, 0, tzinfo=UTC)
    assert is_office_open(WEEK, summer)
    assert not is_office_open(WEEK, summer - timedelta(minutes=1))


def test_when_somebody_is_back() -> None:
    assert next_opening(WEEK, FRIDAY) == FRIDAY
    assert next_opening(WEEK, datetime(2026, 11, 20, 11, 5, tzinfo=UTC)) == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert next_opening(WEEK, datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert next_opening(read_hours("9-10", 4), datetime(2026, 11, 20, 9, 30, tzinfo=UTC)) == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    assert next_opening((), FRIDAY) is None


def test_the_clock_change_moves_nothing() -> None:
    sunday = read_hours("9-10", 6)
    assert next_opening(sunday, datetime(2026, 10, 24, 20, 0, tzinfo=UTC)) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("", ""),
        ("9-12", "09:00–12:00"),
        ("9:00 – 12:30 Uhr; 13.15 bis 24", "09:00–12:30, 13:15–24:00"),
        ("13-16 und 9-12", "09:00–12:00, 13:00–16:00"),
        ("9-12, 12-13,", "09:00–12:00, 12:00–13:00"),
    ],
)
def test_hours_as_people_type_them(typed: str, written: str) -> None:
    assert write_hours(read_hours(typed, 2), 2) == written
    assert read_hours(written, 2) == read_hours(typed, 2)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("morgens", "unreadable"),
        ("9-25", "unreadable"),
        ("9:75-12", "unreadable"),
        ("24:30-25", "unreadable"),
        ("9", "unreadable"),
        ("12-9", "order"),
        ("9-9", "order"),
        ("9-12, 11-13", "overlap"),
    ],
)
def test_what_are_no_hours(typed: str, fault: str) -> None:
    with pytest.raises(HoursError, match=fault):
        read_hours(typed, 0)


def test_days_with_the_same_hours_are_told_together() -> None:
    friday = tuple(span for span in WEEK if span.weekday != 4) + read_hours("9-12", 4)
    assert group_days(friday) == [((0, 1, 2, 3), "09:00–12:00, 13:00–16:00"), ((4,), "09:00–12:00")]
