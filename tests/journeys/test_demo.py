"""The training desk is like a real office, and nothing in it is real."""

import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.fill import CASES
from bot.demo.run_demo import OURS_ALONE, Demo, describe, open_demo
from bot.demo.stories import read_stories
from bot.domain.case_clocks import next_due
from bot.domain.case_codes import AREAS, FORMS, GROUNDS, WISHES
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseStatus
from bot.domain.errors import SettingError
from bot.services.desk.records.verify_log import verify_log
from bot.settings import Settings
from tests.journeys.desk_pages import all_numbers

HAPPENS = (
    CaseEvent.OPENED, CaseEvent.STATUS_CHANGED, CaseEvent.MESSAGE_FROM_PERSON, CaseEvent.WITHDRAWN, CaseEvent.ERASED, CaseEvent.ASSIGNED,
    CaseEvent.CODES_CORRECTED, CaseEvent.ASSESSED, CaseEvent.NOTE_ADDED, CaseEvent.INTERVENTION_ADDED, CaseEvent.REFERRAL_ADDED,
    CaseEvent.ATTACHMENT_ADDED, CaseEvent.MESSAGE_TO_PERSON, CaseEvent.CLOSING_PROPOSED, CaseEvent.CLOSING_DECLINED, CaseEvent.HOLD_SET,
)  # fmt: skip
MADE_UP = ("Beispiel", "Example", "مثال", "Приклад", "Пример", "Örnek", "Exemple", "Przykład", "Exemplu", "Ví dụ", "Ejemplo")


@pytest.fixture(scope="module")
async def cases(demo: Demo) -> list[Case]:
    """All cases of the training desk."""
    async with demo.ports.bot.unit_of_work() as work:
        return [await work.cases.get(number) for number in await all_numbers(demo)]


async def test_two_years_of_an_office(demo: Demo, cases: list[Case]) -> None:
    assert CASES - 20 <= len(cases) <= CASES
    now = datetime.now(UTC)
    assert min(case.filed_at for case in cases) < now - timedelta(days=600)
    assert max(case.filed_at for case in cases) > now - timedelta(days=14)
    assert {case.status for case in cases} == set(CaseStatus)
    assert len({case.municipality for case in cases} - {None}) == 5
    assert len({case.channel for case in cases}) == 5
    assert len({case.language for case in cases}) >= 8
    overdue = [case for case in cases if (due := next_due(case)) and due < now.date()]
    assert 5 <= len(overdue) <= 60
    assert any(case.erased_at for case in cases)


async def test_its_log_is_whole_and_tells_of_everything(demo: Demo) -> None:
    assert (await verify_log(demo.ports.bot.unit_of_work)).is_whole
    async with demo.ports.bot.unit_of_work() as work:
        entries = [stored.entry async for stored in work.case_log.entries()]
    happened = Counter(entry.event for entry in entries)
    assert set(HAPPENS) <= set(happened)
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert entries[-1].at <= datetime.now(UTC)


async def test_everything_says_that_it_is_made_up(cases: list[Case]) -> None:
    stories = [case.statement.story for case in cases if case.statement]
    assert len(stories) > 250
    assert [story for story in stories if not story.startswith(MADE_UP)] == []
    assert all(case.contact.startswith(MADE_UP) for case in cases if case.contact)


def test_every_story_has_codes_that_there_are() -> None:
    for story in read_stories():
        assert story.detail in AREAS[story.area], story.text
        assert set(story.grounds) <= set(GROUNDS), story.text
        assert (story.form in FORMS, story.wish in WISHES) == (True, True), story.text


def test_it_tells_how_to_get_in(demo: Demo) -> None:
    told = describe(demo)
    for words in (demo.address, "leitung@demo.example", demo.filled.keys.password, demo.filled.keys.code_secret):
        assert words in told


async def test_a_second_one_throws_nothing_away(tmp_path: Path) -> None:
    kept = tmp_path / "wegweiser.db"
    kept.touch()
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SettingError):
        async with open_demo(print, data=tmp_path, port=other.getsockname()[1]):
            pass
    assert kept.exists()


def test_it_takes_no_address_of_the_real_house() -> None:
    assert OURS_ALONE.keys() <= Settings.model_fields.keys()
    assert {name for name in Settings.model_fields if name in ("database", "nlu", "telegram_token", "keys")} <= OURS_ALONE.keys()
