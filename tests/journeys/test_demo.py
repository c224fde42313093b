"""The training desk is like a real office, and nothing in it is real."""

import asyncio
import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.knowledge_files.read_items import read_items
from bot.assemble.folders import KNOWLEDGE
from bot.demo.fill import CASES
from bot.demo.links import InventedAnswers
from bot.demo.run_demo import OURS_ALONE, Demo, describe, open_demo
from bot.demo.stories import read_stories
from bot.domain.case_clocks import next_due
from bot.domain.case_codes import AREAS, FORMS, GROUNDS, WISHES
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseStatus
from bot.domain.errors import SettingError
from bot.domain.knowledge import EntryId
from bot.domain.knowledge_drafts import Cause, DraftState, ItemVersion
from bot.domain.languages import GERMAN
from bot.domain.mask_personal_data import mask_personal_data
from bot.domain.publication_runs import RunState
from bot.domain.questions import QuestionKind
from bot.services.desk.knowledge.let_through import let_through
from bot.services.desk.knowledge.read_publishing import read_publishing
from bot.services.desk.knowledge.read_usage import read_usage
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


async def test_its_knowledge_is_being_worked_on(demo: Demo) -> None:
    async with demo.ports.bot.unit_of_work() as work:
        drafts, outline = await work.drafts.all(), await work.knowledge_items.outline()
    assert {draft.state for draft in drafts} == set(DraftState)
    assert all(draft.remark for draft in drafts if draft.state is DraftState.SENT_BACK)
    assert {item.owner for item in outline} >= {editor.id for editor in demo.filled.office.editors}
    causes = {version.cause for draft in ("who-are-you", "covered-cities") for version in await versions(demo, "entry", f"bot.{draft}")}
    assert causes >= {Cause.IMPORTED, Cause.EDITED, Cause.RESTORED}
    assert Cause.TRANSLATED in {version.cause for version in await versions(demo, "entry", "discrimination.complaint-at-work")}


async def versions(demo: Demo, kind: str, id_: str) -> list[ItemVersion]:
    """Everything that an item was."""
    async with demo.ports.bot.unit_of_work() as work:
        return await work.item_versions.of_item(kind, id_)


async def test_it_has_published_gone_back_let_through_and_been_held(demo: Demo) -> None:
    publishing = await read_publishing(demo.ports)
    assert len(publishing.publications) >= 5
    assert any(each.restores for each in publishing.publications)
    assert any(each.reason for each in publishing.publications)
    assert {run.state for run in publishing.runs} == {RunState.LIVE, RunState.HELD}
    held = publishing.runs[0]
    assert held.state is RunState.HELD
    assert held.report
    assert [(gate.name, gate.language) for gate in held.report.gates if not gate.is_open] == [("right", "tr")]
    assert held.report.compared_with == publishing.publications[0].number
    assert 3 <= len(publishing.changes) <= 10


async def test_it_takes_up_what_is_let_through(tmp_path: Path) -> None:
    async with open_demo(print, data=tmp_path / "desk", port=0, cases=1) as demo:
        held = (await read_publishing(demo.ports)).runs[0]
        await let_through(held.number, "Beispiel", demo.filled.office.publisher, demo.ports)
        async with asyncio.timeout(20):
            await is_published(demo, "discrimination.complaint-at-work", "damit Sie später zeigen können")


async def is_published(demo: Demo, entry: str, words: str) -> None:
    """Wait until the desk takes an entry with some words for published."""
    while True:
        if words in demo.ports.bot.published.knowledge.entries[EntryId(entry)].answers[GERMAN]:
            return
        await asyncio.sleep(0.1)


async def test_no_fact_of_the_knowledge_is_invented(demo: Demo) -> None:
    async with demo.ports.bot.unit_of_work() as work:
        accepted, drafts = await work.knowledge_items.all(), await work.drafts.all()
    shipped = {(item.kind, item.id): item.content for item in read_items(KNOWLEDGE)}
    for item in [*accepted, *drafts]:
        if item.kind != "phrasing":
            changed = {name for name in item.content if item.content[name] != shipped[item.kind, item.id].get(name)}
            assert changed <= {"answers", "title", "role", "questions", "translations", "state"}, item.id
    assert {(item.kind, item.id) for item in accepted if item.kind != "phrasing"} == set(shipped)


async def test_people_asked_in_many_languages_and_nobody_is_named(demo: Demo) -> None:
    async with demo.ports.bot.unit_of_work() as work:
        questions = await work.unanswered_questions.all()
    assert 40 <= len(questions) <= 60
    assert len({question.language for question in questions}) >= 12
    assert {question.kind for question in questions} == set(QuestionKind)
    assert [question.text for question in questions if mask_personal_data(question.text) != question.text] == []


async def test_a_year_was_counted_links_were_checked_and_news_went_out(demo: Demo) -> None:
    usage = await read_usage("", demo.ports)
    assert len([questions for _, questions in usage.months if questions]) == 12
    async with demo.ports.bot.unit_of_work() as work:
        conditions = Counter(link.condition for link in await work.links.all())
        (announced,) = await work.announcements.newest(9)
    assert (conditions["broken"], conditions["moved"], conditions["unclear"], conditions["new"]) == (1, 1, 1, 0)
    assert isinstance(demo.ports.knowledge.links, InventedAnswers), "it would ask real servers"
    assert announced.ended_at
    assert announced.recipients >= 5


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
