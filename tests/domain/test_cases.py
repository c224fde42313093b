"""Cases: opening, closing, legal periods by the calendar, and the chained log."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case_codes import AREAS, FORMS, GROUNDS, NOT_STATED, OTHER, REPORTERS, WISHES, frame_of
from bot.domain.case_log import FIRST_HASH, CaseEvent, ChainedEntry, LogEntry, chain
from bot.domain.cases import (
    TRANSITIONS,
    CaseNumber,
    CaseStatus,
    Deadline,
    add_months,
    close_as_withdrawn,
    compute_deadlines,
    open_case,
)
from bot.domain.knowledge import DeadlineRule
from bot.domain.languages import Language
from bot.domain.messages import Channel
from bot.domain.report_form import Draft, Incident
from tests.domain.chain import find_break
from tests.domain.sample import NOW

CONSENT = ("2026-11", Language("ar"), NOW)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def a_rule(id_: str = "claim", *, months: int = 2, **about: object) -> DeadlineRule:
    """A legal period."""
    wording = {"frame": "agg-work", "what": {}, "starts": "incident", "valid_from": date(2006, 8, 18), "valid_until": None, "source": ()}
    dates = {"checked_on": date(2026, 1, 1), "review_after": date(2027, 1, 1)}
    return DeadlineRule(id=id_, months=months, **(wording | dates | about))


def opened(draft: Draft, **about: object):
    """The case of a draft."""
    defaults = {
        "number": CaseNumber("W-1"),
        "channel": Channel.WEB,
        "language": Language("ar"),
        "now": NOW,
        "rules": (),
        "reply_address": "4711",
    }
    return open_case(draft, **(defaults | about))


class TestOpening:
    def test_without_consent_there_is_no_case(self) -> None:
        with pytest.raises(ValueError, match="consent"):
            opened(Draft(story="It happened."))

    def test_an_empty_form_states_nothing(self) -> None:
        case, entry = opened(Draft(consent=CONSENT))
        assert (case.grounds, case.area, case.form, case.wish) == ((NOT_STATED,), NOT_STATED, NOT_STATED, NOT_STATED)
        assert (case.status, case.frame, case.contact, case.reply_address) == (CaseStatus.NEW, "unclear", None, None)
        assert (entry.event, entry.details) == (CaseEvent.OPENED, {"channel": "web", "status": "new"})

    def test_clocks_begin_at_filing(self) -> None:
        case, _ = opened(Draft(consent=CONSENT))
        assert case.acknowledge_by - case.filed_at == timedelta(days=7)
        assert case.feedback_by - case.filed_at == timedelta(days=91)

    def test_the_way_back_is_kept_only_for_who_wants_it(self) -> None:
        assert opened(Draft(consent=CONSENT, wants_reply_in_chat=True))[0].reply_address == "4711"
        assert opened(Draft(consent=CONSENT, wants_reply_in_chat=False))[0].reply_address is None

    def test_the_log_holds_nothing_that_was_written(self) -> None:
        secret = "Kastanie"
        notes = (("area", secret),)
        draft = Draft(consent=CONSENT, story=secret, place=secret, contact=secret, notes=notes, incident=Incident(words=secret))
        case, entry = opened(draft)
        assert secret not in repr(entry)
        assert secret in repr(case.statement)

    def test_withdrawing_closes_with_the_reason(self) -> None:
        closed, entry = close_as_withdrawn(opened(Draft(consent=CONSENT))[0], NOW)
        assert (closed.status, closed.closed_reason, closed.closed_at) == (CaseStatus.CLOSED, "withdrawn", NOW)
        assert entry.event is CaseEvent.WITHDRAWN


class TestTheCodeLists:
    def test_every_list_has_other_and_not_stated(self) -> None:
        for codes in (GROUNDS, FORMS, WISHES, tuple(AREAS)):
            assert {OTHER, NOT_STATED} <= set(codes)
            assert len(set(codes)) == len(codes)
        assert NOT_STATED in REPORTERS
        assert all(OTHER in details for area, details in AREAS.items() if area not in (OTHER, NOT_STATED))

    def test_authorities_are_not_bound_by_the_agg(self) -> None:
        assert frame_of("authorities") == frame_of("police-justice") == "state-law"

    def test_every_status_has_its_ways_on(self) -> None:
        assert set(TRANSITIONS) == set(CaseStatus)
        assert CaseStatus.NEW not in set().union(*TRANSITIONS.values())
        assert all(CaseStatus.CLOSED in after for status, after in TRANSITIONS.items() if status is not CaseStatus.CLOSED)


class TestLegalPeriods:
    @pytest.mark.parametrize(
        ("day", "months", "due"),
        [
            (date(2026, 1, 31), 1, date(2026, 2, 28)),  # § 188 Abs. 3 BGB: the month has no such day, so its last
            (date(2028, 1, 31), 1, date(2028, 2, 29)),
            (date(2026, 8, 31), 1, date(2026, 9, 30)),
            (date(2026, 2, 28), 1, date(2026, 3, 28)),  # § 188 Abs. 2: the same day, not the last one
            (date(2026, 12, 31), 2, date(2027, 2, 28)),
            (date(2026, 11, 20), 2, date(2027, 1, 20)),
            (date(2026, 6, 15), 12, date(2027, 6, 15)),
            (date(2026, 6, 15), 0, date(2026, 6, 15)),
        ],
    )
    def test_months_end_as_the_civil_code_says(self, day: date, months: int, due: date) -> None:
        assert add_months(day, months) == due

    @given(day=DAYS, months=st.integers(0, 60))
    def test_a_period_never_ends_in_another_month_or_later_in_it(self, day: date, months: int) -> None:
        due = add_months(day, months)
        assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
        assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)

    def test_they_run_from_the_first_known_day(self) -> None:
        incident = Incident(since=date(2026, 10, 1), until=date(2026, 10, 20))
        assert compute_deadlines(incident, "agg-work", [a_rule()]) == (Deadline(rule="claim", due=date(2026, 12, 1)),)
        assert compute_deadlines(Incident(until=date(2026, 10, 20)), "agg-work", [a_rule()])[0].due == date(2026, 12, 20)

    def test_without_a_day_or_in_another_frame_none_runs(self) -> None:
        assert compute_deadlines(Incident(words="in spring"), "agg-work", [a_rule()]) == ()
        assert compute_deadlines(Incident(since=date(2026, 10, 1)), "state-law", [a_rule()]) == ()
        assert compute_deadlines(Incident(since=date(2026, 10, 1)), "agg-work", [a_rule(starts="written-claim")]) == ()

    def test_the_version_in_force_on_the_day_counts(self) -> None:
        old = a_rule(months=2, valid_until=date(2026, 12, 31))
        new = a_rule(months=12, valid_from=date(2027, 1, 1))
        due = {day: compute_deadlines(Incident(since=day), "agg-work", [old, new]) for day in (date(2026, 12, 31), date(2027, 1, 1))}
        assert due[date(2026, 12, 31)] == (Deadline(rule="claim", due=date(2027, 2, 28)),)
        assert due[date(2027, 1, 1)] == (Deadline(rule="claim", due=date(2028, 1, 1)),)
        assert compute_deadlines(Incident(since=date(2005, 1, 1)), "agg-work", [old, new]) == ()


ENTRIES = st.builds(
    LogEntry,
    case=st.sampled_from(["W-1", "W-2"]),
    event=st.sampled_from(CaseEvent),
    actor=st.sampled_from(["person", "office"]),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # hypothesis adds it
    details=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
)


def chained(entries: list[LogEntry]) -> list[ChainedEntry]:
    """A whole log."""
    log: list[ChainedEntry] = []
    for entry in entries:
        log.append(chain(log[-1].hash if log else FIRST_HASH, len(log) + 1, entry))
    return log


class TestTheLogIsAChain:
    @given(st.lists(ENTRIES, max_size=6))
    def test_an_untouched_one_holds(self, entries: list[LogEntry]) -> None:
        assert find_break(chained(entries)) is None

    @given(st.lists(ENTRIES, min_size=1, max_size=6), ENTRIES, st.data())
    def test_a_changed_entry_shows(self, entries: list[LogEntry], other: LogEntry, data) -> None:
        log, place = chained(entries), data.draw(st.integers(0, len(entries) - 1))
        if other != entries[place]:
            log[place] = replace(log[place], entry=other)
            assert find_break(log) == place + 1
            log[place] = chain(log[place].previous_hash, place + 1, other)
            assert find_break(log) == (place + 1 if place + 1 < len(log) else None)  # sealed anew: the next entry gives it away

    @given(st.lists(ENTRIES, min_size=2, max_size=6), st.data())
    def test_a_removed_entry_shows(self, entries: list[LogEntry], data) -> None:
        log, place = chained(entries), data.draw(st.integers(0, len(entries) - 2))
        del log[place]
        assert find_break(log) == place + 1

    @given(st.lists(ENTRIES, min_size=1, max_size=6), ENTRIES, st.data())
    def test_an_entry_put_in_between_shows(self, entries: list[LogEntry], other: LogEntry, data) -> None:
        log, place = chained(entries), data.draw(st.integers(0, len(entries) - 1))
        log.insert(place, chain(log[place].previous_hash, place + 1, other))
        assert find_break(log) in (place + 1, place + 2)

    @given(st.lists(ENTRIES, min_size=2, max_size=6), st.data())
    def test_swapped_entries_show(self, entries: list[LogEntry], data) -> None:
        log, place = chained(entries), data.draw(st.integers(0, len(entries) - 2))
        log[place], log[place + 1] = log[place + 1], log[place]
        assert find_break(log) == place + 1

    def test_a_chain_forged_anew_with_a_gap_in_its_numbers_shows(self) -> None:
        entry = LogEntry(case="W-1", event=CaseEvent.OPENED, actor="person", at=NOW, details={})
        first = chain(FIRST_HASH, 1, entry)
        assert find_break([first, chain(first.hash, 3, entry)]) == 2

    def test_the_hash_does_not_depend_on_the_time_zone_it_is_told_in(self) -> None:
        entry = LogEntry(case="W-1", event=CaseEvent.OPENED, actor="person", at=NOW, details={})
        abroad = replace(entry, at=NOW.astimezone(ZoneInfo("Asia/Tehran")))
        assert chain(FIRST_HASH, 1, entry).hash == chain(FIRST_HASH, 1, abroad).hash
