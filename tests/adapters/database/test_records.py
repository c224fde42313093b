"""The log for reading, cases as the rules of retention see them, and the erasure journal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.adapters.database.database import Database
from bot.domain.case_filter import Wall
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseNumber, CaseStatus
from bot.domain.retention import to_kept
from bot.services.desk.records.stored_records import Erasure, LogFilter
from bot.services.desk.records.verify_log import verify_log
from tests.adapters.database.samples import NOW, NUMBER, make_case, make_entry

HALLE = Wall(cities=frozenset({"halle"}), without_city=False)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CLOSED = {"status": CaseStatus.CLOSED, "closed_reason": "resolved", "closed_at": LONG_AGO, "touched_at": LONG_AGO}


async def store(database: Database, number: str, **changes: object) -> Case:
    """A case."""
    case = replace(make_case(CaseNumber(number)), **changes)
    async with database.unit_of_work() as work:
        await work.cases.add(case, f"receipt-{number}", None)
        await work.commit()
    return case


async def log(database: Database, *events: CaseEvent) -> None:
    """Entries, a day apart."""
    async with database.unit_of_work() as work:
        for place, event in enumerate(events):
            await work.case_log.append(replace(make_entry(event), at=NOW + timedelta(days=place)))
        await work.commit()


async def positions(database: Database, *, below: int | None = None, limit: int = 9, **wanted: object) -> list[int]:
    """Where the entries stand that a filter finds."""
    async with database.unit_of_work() as work:
        return [row.position for row in await work.log_pages.page(LogFilter(**wanted), below=below, limit=limit)]


async def test_the_log_is_read_from_the_newest_down(database: Database) -> None:
    await log(database, CaseEvent.OPENED, CaseEvent.ASSIGNED, CaseEvent.OPENED, CaseEvent.ERASED)
    assert await positions(database) == [4, 3, 2, 1]
    assert await positions(database, below=3, limit=1) == [2]
    assert await positions(database, event="opened") == [3, 1]
    assert await positions(database, actor="person", case=NUMBER) == [4, 3, 2, 1]
    assert await positions(database, case="another") == []
    assert await positions(database, since=NOW + timedelta(days=1), before=NOW + timedelta(days=3)) == [3, 2]


async def test_the_chain_holds_and_its_end_is_known(database: Database) -> None:
    assert (await verify_log(database.unit_of_work)).is_whole
    await log(database, *[CaseEvent.OPENED] * 3)
    check = await verify_log(database.unit_of_work)
    assert (check.is_whole, check.end.position) == (True, 3)
    async with database.unit_of_work() as work:
        assert await work.log_pages.head() == check.end
        assert [row.position for row in await work.log_pages.rows(after=1, limit=1)] == [2]


async def test_only_cases_that_the_rules_care_about_are_read(database: Database) -> None:
    old = await store(database, "old", **CLOSED)
    held = await store(database, "held", on_hold=True)
    sleeping = await store(database, "sleeping", filed_at=LONG_AGO)
    await store(database, "dresden", municipality="dresden", **CLOSED)
    nowhere = await store(database, "nowhere", municipality=None, **CLOSED)
    await store(database, "new")
    await store(database, "awake", filed_at=LONG_AGO, touched_at=NOW)
    await store(database, "just-closed", status=CaseStatus.CLOSED, closed_reason="resolved", closed_at=NOW, touched_at=NOW)
    async with database.unit_of_work() as work:
        await store_erased(work, await store(database, "erased", **CLOSED))
        found = {case.number: case for case in await work.retention.candidates(HALLE, NOW)}
        assert found == {case.number: to_kept(case) for case in (old, held, sleeping)}
        assert {case.number for case in await work.retention.candidates(replace(HALLE, without_city=True), NOW)} == {*found, nowhere.number}
        assert {case.number for case in await work.retention.candidates(None, NOW)} == {*found, "nowhere", "dresden"}


async def store_erased(work, case: Case) -> None:
    """Erase a case for good."""
    await work.cases.erase(case.number, NOW)
    await work.commit()


async def test_a_locked_case_is_as_it_is_now(database: Database) -> None:
    case = await store(database, "old", **CLOSED)
    async with database.unit_of_work() as work:
        assert await work.retention.lock(case.number) == to_kept(case)
        assert await work.retention.lock(CaseNumber("another")) is None
        await work.cases.erase(case.number, NOW)
        assert await work.retention.lock(case.number) is None


async def test_the_journal_knows_numbers_and_days(database: Database) -> None:
    for number, city in (("a", "halle"), ("b", "dresden")):
        case = await store(database, number, municipality=city)
        async with database.unit_of_work() as work:
            await store_erased(work, case)
    early = Erasure(number=CaseNumber("gone"), day=date(2026, 1, 2))
    async with database.unit_of_work() as work:
        for _ in range(2):
            await work.erasures.note(early)
        await work.commit()
        of_halle, of_all = await work.erasures.of(HALLE), await work.erasures.of(None)
        assert [each.number for each in of_halle] == ["a"]
        assert of_all == [Erasure(number=CaseNumber("a"), day=NOW.date()), Erasure(number=CaseNumber("b"), day=NOW.date()), early]
        assert await work.erasures.of(None, limit=1) == of_all[:1]
