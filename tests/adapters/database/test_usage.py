"""What was counted adds up, whichever process counted it."""

import asyncio
from datetime import date, timedelta

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.usage import Happening, Usage, UsageFigures, UsageKind
from tests.adapters.database.conftest import KEY

DAY = date(2026, 11, 20)
ASKED = Happening(DAY, UsageKind.ANSWERED, "wir.amounts", "de", "halle")
EVERYTHING = (date(2000, 1, 1), date(2100, 1, 1))


async def add(database: Database, usage: Usage) -> None:
    async with database.unit_of_work() as work:
        await work.usage.add(usage)
        await work.commit()


async def test_counts_add_up_and_come_back(database: Database) -> None:
    declined = Happening(DAY - timedelta(days=1), UsageKind.DECLINED, "", "tr", "")
    await add(database, {ASKED: 2, declined: 1})
    await add(database, {ASKED: 3})
    async with database.unit_of_work() as work:
        today = UsageFigures(
            kinds={"answered": 5}, days={str(DAY): 5}, languages={"de": 5}, cities={"halle": 5}, entries={"wir.amounts": 5}
        )
        assert await work.usage.count(*EVERYTHING) == UsageFigures(
            kinds={"answered": 5, "declined": 1},
            days={str(DAY): 5, str(DAY - timedelta(days=1)): 1},
            languages={"de": 5, "tr": 1},
            cities={"halle": 5, "": 1},
            entries={"wir.amounts": 5},
        )
        assert await work.usage.count(DAY, DAY) == today
        assert await work.usage.first_day() == DAY - timedelta(days=1)
        assert await work.usage.delete_before(DAY) == 1
        assert await work.usage.count(*EVERYTHING) == today


async def test_two_processes_at_once_lose_nothing(url: str) -> None:
    databases = [Database(url, Keyring([KEY])) for _ in range(2)]
    usage = {ASKED._replace(entry=f"entry.{number}"): 1 for number in range(50)}
    backwards = dict(reversed(usage.items()))
    await asyncio.gather(*(add(databases[number % 2], backwards if number % 2 else usage) for number in range(20)))
    async with databases[0].unit_of_work() as work:
        assert set((await work.usage.count(*EVERYTHING)).entries.values()) == {20}
    for each in databases:
        await each.close()


async def test_entries_that_were_seen_and_questions_by_month(database: Database) -> None:
    october = ASKED._replace(day=date(2026, 10, 31))
    await add(database, {
        ASKED: 2,
        ASKED._replace(kind=UsageKind.SHOWN, entry="wir.dates"): 7,
        ASKED._replace(kind=UsageKind.UNHELPFUL, entry="never.shown"): 1,
        ASKED._replace(kind=UsageKind.SUGGESTED, entry=""): 4,
        october: 1,
        october._replace(entry="old"): 1,
    })  # fmt: skip
    async with database.unit_of_work() as work:
        assert await work.usage.entries_since(DAY) == {"wir.amounts", "wir.dates"}
        assert await work.usage.questions_by_month(date(2026, 1, 1)) == {"2026-10": 2, "2026-11": 6}
        assert await work.usage.questions_by_month(date(2026, 11, 1)) == {"2026-11": 6}


async def test_an_empty_table_has_no_first_day(database: Database) -> None:
    async with database.unit_of_work() as work:
        assert await work.usage.first_day() is None
