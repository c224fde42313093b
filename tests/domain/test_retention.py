"""How long cases are kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.case_log import CaseEvent
from bot.domain.case_work import Step
from bot.domain.cases import CaseStatus
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.retention import HOLD_REASONS, check_export, hold, preview, release, to_kept
from bot.domain.staff import StaffId
from tests.adapters.database.samples import NOW, make_case

STEP = Step(by=StaffId("lead"), at=NOW)


def closed(at: datetime, reason: str = "resolved", **changes: object):
    """A case closed at some moment, and not touched since."""
    return replace(make_case(), status=CaseStatus.CLOSED, closed_reason=reason, closed_at=at, touched_at=at, filed_at=at, **changes)


def is_due(case, day: date) -> bool:
    """Whether a run on a day, at noon, erases it."""
    return bool(preview([to_kept(case)], datetime(day.year, day.month, day.day, 12, tzinfo=UTC)).due)


def test_a_closed_case_goes_after_the_end_of_the_third_year() -> None:
    case = closed(datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert not is_due(case, date(2029, 12, 31))
    assert is_due(case, date(2030, 1, 1))


def test_the_year_is_the_german_one() -> None:
    case = closed(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert to_kept(case).kept_until == date(2030, 12, 31)


def test_a_withdrawn_case_goes_after_six_months() -> None:
    case = closed(datetime(2026, 8, 31, 12, tzinfo=UTC), "withdrawn")
    assert not is_due(case, date(2027, 2, 28))
    assert is_due(case, date(2027, 3, 1))


def test_what_the_person_writes_after_the_closing_starts_the_time_anew() -> None:
    case = replace(closed(datetime(2026, 2, 3, tzinfo=UTC), "withdrawn"), touched_at=datetime(2026, 7, 31, 12, tzinfo=UTC))
    assert not is_due(case, date(2026, 8, 4))
    assert is_due(case, date(2027, 2, 1))


def test_an_open_case_never_goes_but_is_shown_when_it_sleeps() -> None:
    case = to_kept(replace(make_case(), filed_at=NOW, touched_at=None))
    assert preview([case], NOW + timedelta(days=365)).dormant == ()
    late = preview([case], NOW + timedelta(days=366))
    assert (late.due, late.dormant) == ((), (case,))


@pytest.mark.parametrize("reason", HOLD_REASONS)
def test_a_held_case_stays(reason: str) -> None:
    case = closed(datetime(2020, 1, 1, tzinfo=UTC))
    held, entry = hold(case, reason, STEP)
    assert (entry.event, entry.details) == (CaseEvent.HOLD_SET, {"hold": reason})
    assert not is_due(held, date(2030, 1, 1))
    released, entry = release(held, STEP)
    assert (entry.event, released) == (CaseEvent.HOLD_RELEASED, case)
    assert is_due(released, date(2030, 1, 1))


def test_hold_needs_a_reason_and_sense() -> None:
    case = make_case()
    for wrong in ("", "because"):
        with pytest.raises(NotAllowedError):
            hold(case, wrong, STEP)
    with pytest.raises(NotAllowedError):
        hold(replace(case, on_hold=True), "court", STEP)
    with pytest.raises(NotAllowedError):
        release(case, STEP)


def test_the_fingerprint_is_of_exactly_these_cases() -> None:
    one, two = (to_kept(closed(datetime(2020, 1, 1, tzinfo=UTC), number=number)) for number in ("A", "B"))
    shown = preview([one, two], NOW).fingerprint
    assert preview([two, one], NOW).fingerprint == shown
    assert preview([one, two], NOW + timedelta(days=1)).fingerprint == shown
    others = ([one], [one, replace(two, version=1)], [one, replace(two, on_hold=True)], [one, replace(two, closed_reason="withdrawn")])
    assert shown not in {preview(cases, NOW).fingerprint for cases in others}


def test_an_erased_case_has_nothing_to_export() -> None:
    assert check_export(make_case(), STEP).event is CaseEvent.EXPORTED
    with pytest.raises(ConflictError):
        check_export(replace(make_case(), erased_at=NOW), STEP)
