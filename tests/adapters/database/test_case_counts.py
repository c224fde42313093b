"""Cases are counted on both databases: by German months, with tombstones, and only those of one city."""

from datetime import date, timedelta

from bot.adapters.database.database import Database
from bot.domain.cases import CaseNumber
from bot.domain.knowledge import MunicipalityId
from bot.domain.report_periods import read_period
from bot.services.desk.statistics.make_report import begin
from tests.adapters.database.samples import NOW
from tests.console.statistics.samples import hand_counted, store

HALLE, DRESDEN = MunicipalityId("halle"), MunicipalityId("dresden")
EDGES = [begin(day) for day in (*read_period("2025").starts, date(2026, 1, 1))]


async def test_a_year_of_one_city(database: Database) -> None:
    await store(database, hand_counted())
    async with database.unit_of_work() as work:
        await work.cases.erase(CaseNumber("W-00003"), NOW)
        await work.commit()
    async with database.unit_of_work() as work:
        figures = await work.case_counts.count(HALLE, EDGES)
        cities = await work.case_counts.count_cities(EDGES[0], EDGES[-1])
    assert figures.months == (1, 0, 17, 0, 0, 0, 3, 0, 0, 0, 0, 0)
    assert figures.areas == {("work", "pay"): 12, ("housing", "search"): 6, ("health", "hospital"): 3}
    assert figures.grounds == {"agg.ethnic-origin": 15, "agg.religion": 6, "beyond.language": 6}
    assert figures.columns["gender"] == {"female": 12, "male": 6, "diverse": 3}
    assert figures.columns["language"] == {"de": 12, "ar": 6, "uk": 3}
    assert figures.columns["form"] == {"worse-treatment": 21}
    assert list(figures.times_to_acknowledge) == [timedelta(days=2)] * 21
    assert list(figures.times_to_close) == [timedelta(days=40)] * 22
    assert figures.outcomes == {"agreement": 22}
    assert cities == {HALLE: 21, DRESDEN: 9, None: 1}


async def test_nothing_is_counted_where_nothing_is(database: Database) -> None:
    async with database.unit_of_work() as work:
        figures = await work.case_counts.count(HALLE, EDGES)
    assert (sum(figures.months), figures.grounds, figures.areas, list(figures.times_to_close)) == (0, {}, {}, [])
