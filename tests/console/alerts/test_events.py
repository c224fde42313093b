"""Alerts reach an open page at once, and the stream ends with its session and with the server."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientResponse

from bot.console.alerts import events, watch
from bot.console.alerts.watch import WATCH
from bot.console.entrance import COOKIE
from bot.domain.alerts import AlertKind
from bot.domain.staff import Role, StaffMember
from tests.console.alerts.samples import add_case, alert
from tests.console.conftest import DRESDEN, Browser, Desk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch.Watch.__init__, "__defaults__", (0.05,))
    monkeypatch.setattr(events, "LOOK_AT_LEAST_SECONDS", 0.2)


@asynccontextmanager
async def stream_of(browser: Browser) -> AsyncIterator[ClientResponse]:
    headers = {"Cookie": f"{COOKIE}={browser.token}", "Accept": "text/event-stream"}
    async with browser.client.get("/console/alerts/events", headers=headers, allow_redirects=False) as response:
        yield response


async def next_event(response: ClientResponse, wanted: str) -> str:
    """The data of the next event of a kind."""
    name = ""
    async with asyncio.timeout(5):
        async for raw in response.content:
            line = raw.decode().strip()
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            if line.startswith("data: ") and name == wanted:
                return line.removeprefix("data: ")
    return "the stream has ended"


async def test_an_alert_reaches_the_pages_of_those_it_concerns(desk: Desk) -> None:
    worker, elsewhere = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD, cities=(DRESDEN,))
    before = await add_case(desk, "W-AAAA-0009")
    await alert(desk, AlertKind.NEW_CASE, before)
    async with stream_of(worker) as mine, stream_of(elsewhere) as theirs:
        assert mine.headers["Content-Type"] == "text/event-stream"
        assert mine.headers["X-Content-Type-Options"] == "nosniff"
        assert await next_event(mine, "count") == "1"
        assert await next_event(theirs, "count") == "0"
        case = await add_case(desk)
        await alert(desk, AlertKind.NEW_CASE, case)
        told = json.loads(await next_event(mine, "alert"))
        assert told == {"text": "Neuer Fall in Halle (Saale)", "path": f"/console/cases/{case.number}"}
        assert await next_event(mine, "count") == "2"
        await worker.post("/alerts/seen")
        assert await next_event(mine, "count") == "0"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await next_event(theirs, "alert")


async def test_a_stream_ends_with_its_session(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    async with stream_of(worker) as mine:
        await next_event(mine, "count")
        desk.world.clock.pass_time(minutes=31)
        assert await next_event(mine, "alert") == "the stream has ended"
    async with stream_of(worker) as again:
        assert again.status == 303


async def change(desk: Desk, member: StaffMember, **values: object) -> None:
    async with desk.database.unit_of_work() as work:
        await work.staff.save(replace(member, **values))
        await work.commit()


async def test_a_stream_follows_a_change_of_cities_and_roles(desk: Desk) -> None:
    moved, demoted = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    async with stream_of(moved) as mine, stream_of(demoted) as theirs:
        assert await next_event(mine, "count") == await next_event(theirs, "count") == "0"
        case = await add_case(desk)
        await alert(desk, AlertKind.NEW_CASE, case)
        assert await next_event(mine, "count") == "1"
        await change(desk, moved.member, municipalities=frozenset({DRESDEN}))
        await change(desk, demoted.member, roles=frozenset({Role.ANALYST}))
        assert await next_event(mine, "count") == "0"
        while (event := await next_event(theirs, "count")) == "1":
            pass
        assert event == "the stream has ended"


async def test_a_stream_does_not_hold_up_the_server(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    async with stream_of(worker) as mine:
        await next_event(mine, "count")
        begin = time.monotonic()
        await desk.client.server.close()
        assert time.monotonic() - begin < 3


async def test_nobody_listening_costs_nothing(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    listening = desk.client.server.app[WATCH]
    assert listening._task is None
    async with stream_of(worker) as mine:
        await next_event(mine, "count")
        assert listening._task is not None
    for _ in range(50):
        if listening._task is None:
            break
        await asyncio.sleep(0.1)
        await alert(desk, AlertKind.CHAT_WAITING, None, municipality=next(iter(worker.member.municipalities)))
    assert listening._task is None
