"""Who is told what, and of which days somebody is reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.alerts import AlertKind, Reminder, choose_recipients, find_reminders
from bot.domain.cases import CaseStatus, Deadline
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId, StaffMember
from tests.adapters.database.samples import make_case

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HALLE, DRESDEN = MunicipalityId("halle"), MunicipalityId("dresden")


def member(name: str, *roles: Role, city: MunicipalityId = HALLE, disabled: bool = False) -> StaffMember:
    return StaffMember(
        id=StaffId(name),
        name=name,
        email=f"{name}@stadt.example",
        roles=frozenset(roles),
        municipalities=frozenset({city}),
        created_at=NOW,
        disabled_at=NOW if disabled else None,
    )


STAFF = (
    member("worker", Role.CASEWORKER),
    member("other", Role.CASEWORKER),
    member("lead", Role.LEAD),
    member("elsewhere", Role.LEAD, city=DRESDEN),
    member("gone", Role.LEAD, disabled=True),
    member("admin", Role.ADMIN),
    member("auditor", Role.AUDITOR),
)


@pytest.mark.parametrize(
    ("kind", "city", "assignee", "by", "told"),
    [
        ("new-case", HALLE, None, None, "worker other lead"),
        ("new-case", HALLE, None, "lead", "worker other"),
        ("new-case", None, None, None, "lead elsewhere"),
        ("chat-waiting", DRESDEN, None, None, "elsewhere"),
        ("answer", HALLE, "worker", None, "worker"),
        ("answer", HALLE, None, None, "worker other lead"),
        ("answer", HALLE, "gone", None, "worker other lead"),
        ("overdue", HALLE, "elsewhere", None, "worker other lead"),
        ("due", HALLE, "other", None, "other"),
        ("assigned", HALLE, "worker", "lead", "worker"),
        ("assigned", HALLE, "worker", "worker", ""),
        ("assigned", HALLE, None, "lead", ""),
        ("closing-proposed", HALLE, "worker", "worker", "lead"),
    ],
)
def test_whoever_is_responsible_is_told(kind: str, city: MunicipalityId | None, assignee: str | None, by: str | None, told: str) -> None:
    chosen = choose_recipients(AlertKind(kind), STAFF, municipality=city, assignee=assignee, by=by and StaffId(by))
    assert [each.id for each in chosen] == told.split()


def test_days_that_come_near_or_have_passed_are_reminded_of() -> None:
    fresh = replace(make_case(), filed_at=NOW, acknowledge_by=NOW + timedelta(days=7), feedback_by=NOW + timedelta(days=91), deadlines=())
    today = NOW.date()
    assert find_reminders(fresh, today) == ()
    assert find_reminders(fresh, today + timedelta(days=4)) == (Reminder(kind=AlertKind.DUE, due_on=date(2026, 11, 27)),)
    assert find_reminders(fresh, today + timedelta(days=7)) == (Reminder(kind=AlertKind.DUE, due_on=date(2026, 11, 27)),)
    assert find_reminders(fresh, today + timedelta(days=8)) == (Reminder(kind=AlertKind.OVERDUE, due_on=date(2026, 11, 27)),)
    assert find_reminders(replace(fresh, status=CaseStatus.CLOSED), today + timedelta(days=8)) == ()


def test_a_legal_period_is_reminded_of_behind_an_old_backlog() -> None:
    old = replace(make_case(), filed_at=NOW - timedelta(days=60), acknowledge_by=NOW - timedelta(days=53), feedback_by=NOW)
    legal = replace(old, deadlines=(Deadline(rule="agg.claim", due=NOW.date() + timedelta(days=2)),))
    assert Reminder(kind=AlertKind.DUE, due_on=NOW.date() + timedelta(days=2)) in find_reminders(legal, NOW.date())
    assert all(reminder.due_on > NOW.date() - timedelta(days=31) for reminder in find_reminders(legal, NOW.date()))
