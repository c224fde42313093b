"""The case list on both databases: the same cases in the same order, and nothing read but the index."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.database.database import Database
from bot.domain.case_filter import CaseFilter, Choices, Sort, View, Wall, place_of, read_filter, read_place, write_place
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseMessage, CaseNumber, CaseStatus, log_of
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.cases.stored_list import CaseLine, SavedFilter, Sought, SoughtWord
from bot.services.desk.people.stored_people import Credentials
from tests.adapters.database.samples import GERMAN, NOW, make_case, run_raw

HALLE, DRESDEN = MunicipalityId("halle"), MunicipalityId("dresden")
ME = StaffId("me")
WALL = Wall(cities=frozenset({HALLE}), without_city=True)
GROUNDS = (("agg.age",), ("agg.religion", "agg.age"), ("not-stated",))
CITIES = (HALLE, HALLE, DRESDEN, None)


def make_cases() -> list[Case]:
    """Cases of every status, some of them due on the same day and filed in the same moment."""
    return [
        replace(
            make_case(CaseNumber(f"W-{index:04}-ABCD")),
            status=list(CaseStatus)[index % 7],
            municipality=CITIES[index % 4],
            filed_at=NOW - timedelta(days=index % 5),
            acknowledge_by=NOW + timedelta(days=index % 3 - 1),
            grounds=GROUNDS[index % 3],
            assignee=ME if index % 2 else None,
            on_hold=index % 11 == 0,
        )
        for index in range(60)
    ]


async def store(database: Database) -> list[Case]:
    cases = make_cases()
    async with database.unit_of_work() as work:
        for case in cases:
            await work.cases.add(case, f"receipt {case.number}", None)
        await work.commit()
    return [case for case in cases if case.municipality != DRESDEN]


def look_for(*words: SoughtWord, **wanted: Any) -> Sought:
    sought = CaseFilter(**{"view": View.ALL, **wanted})
    return Sought(filter=sought, words=words, wall=WALL, me=ME, now=NOW, today=NOW.date())


async def find(database: Database, sought: Sought) -> list[CaseLine]:
    async with database.unit_of_work() as work:
        return await work.case_search.find(sought, after=None, limit=100)


@pytest.mark.parametrize("sort", list(Sort))
async def test_every_order_goes_on_where_it_stopped(database: Database, sort: Sort) -> None:
    visible = await store(database)
    whole = await find(database, look_for(sort=sort))
    assert {line.number for line in whole} == {case.number for case in visible}
    pieces: list[CaseLine] = []
    async with database.unit_of_work() as work:
        after = None
        while lines := await work.case_search.find(look_for(sort=sort), after=after, limit=7):
            pieces += lines
            last = lines[-1]
            place = place_of(number=last.number, status=last.status, next_due=last.next_due, filed_at=last.filed_at, sort=sort)
            after = read_place(write_place(place), sort)
            assert after == place
    assert pieces == whole


async def test_counts_are_the_lengths_of_the_lists(database: Database) -> None:
    await store(database)
    choices = Choices(cities=(HALLE, "none"), languages=("ar", "tr"), colleagues=("somebody-else",))
    for name, values in choices.of_parameters().items():
        for value in values:
            wanted, _ = read_filter([(name, value)], choices)
            async with database.unit_of_work() as work:
                counts = await work.case_search.count(replace(look_for(), filter=wanted))
            for view in View:
                lines = await find(database, replace(look_for(), filter=replace(wanted, view=view)))
                assert counts[view] == len(lines), (name, value, view)


async def test_grounds_words_and_assignees(database: Database) -> None:
    visible = await store(database)
    aged = {case.number for case in visible if "agg.age" in case.grounds}
    assert {line.number for line in await find(database, look_for(ground="agg.age"))} == aged
    by_label = SoughtWord(number_part="", codes={"grounds": frozenset({"agg.age"}), "municipality": frozenset({DRESDEN})})
    assert {line.number for line in await find(database, look_for(by_label, words="x"))} == aged
    by_number = SoughtWord(number_part="0013AB", codes={})
    assert [line.number for line in await find(database, look_for(by_number, words="x"))] == ["W-0013-ABCD"]
    assert await find(database, look_for(by_number, SoughtWord(number_part="", codes={}), words="x y")) == []
    assert {line.assignee for line in await find(database, look_for(assignee="me"))} == {ME}


async def test_only_the_newest_word_counts_as_an_answer(database: Database) -> None:
    case, *_ = await store(database)
    message = CaseMessage(case=case.number, author="person", language=GERMAN, written_at=NOW, text="Wort")
    async with database.unit_of_work() as work:
        await work.cases.add_message(message)
        await work.case_log.append(log_of(case, CaseEvent.ASSIGNED, actor=ME, at=NOW - timedelta(seconds=1), to=ME))
        await work.case_log.append(log_of(case, CaseEvent.MESSAGE_FROM_PERSON, actor="person", at=NOW))
        await work.commit()
    assert [line.number for line in await find(database, look_for()) if line.has_new_answer] == [case.number]
    async with database.unit_of_work() as work:
        await work.case_log.append(log_of(case, CaseEvent.NOTE_ADDED, actor=ME, at=NOW + timedelta(seconds=1)))
        await work.commit()
    assert not any(line.has_new_answer for line in await find(database, look_for()))


@pytest.mark.parametrize("condition", ["status = 'closed'", "assignee IS NULL", "next_due < '2026-11-20'", "filed_at < '2026-11-20'"])
async def test_sqlite_reads_the_index_alone(sqlite_template: Path, condition: str) -> None:
    seen = "(municipality IN ('halle', 'dresden') OR municipality IS NULL)"
    statement = f"EXPLAIN QUERY PLAN SELECT number, grounds FROM cases WHERE {seen} AND erased_at IS NULL AND {condition}"  # noqa: S608  # conditions of our own
    plan = await run_raw(f"sqlite:///{sqlite_template}", statement)
    assert "COVERING INDEX ix_cases_list" in str(plan)


async def test_filters_belong_to_somebody(database: Database) -> None:
    member = StaffMember(id=ME, name="Zoe", email="zoe@stadt.example", roles=frozenset({Role.LEAD}), created_at=NOW)
    late, aged = (SavedFilter(reference=name, staff=ME, name=name, query="view=all") for name in ("überfällig", "Alter"))
    await database.get_index_key()
    async with database.unit_of_work() as work:
        await work.staff.add(member, Credentials(password_hash=None))
        for saved in (late, aged):
            await work.saved_filters.add(saved)
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.saved_filters.of(ME) == [aged, late]
        assert not await work.saved_filters.delete("Alter", StaffId("another"))
        assert await work.saved_filters.delete("Alter", ME)
        assert await work.saved_filters.of(ME) == [late]
