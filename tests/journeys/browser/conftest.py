"""A Chromium that is there, and visitors with it."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, async_playwright

from bot.demo.run_demo import Demo
from bot.services.desk.people.open_session import open_session
from tests.journeys.browser.staff import Staff, open_office
from tests.journeys.browser.visitor import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
Meet = Callable[..., Awaitable[Visitor]]
Employ = Callable[..., Awaitable[Staff]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all."""
    program = next(filter(None, map(shutil.which, NAMES)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def meet(browser: Browser, web: str) -> AsyncIterator[Meet]:
    """A new visitor with a device of their own; in the end no browser may have complained."""
    visitors: list[Visitor] = []

    async def meet_one(path: str = "", *, width: int = 360, height: int = 640, **device: object) -> Visitor:
        context = await browser.new_context(viewport={"width": width, "height": height}, **{"locale": "de-DE", **device})
        visitor = Visitor(page=await context.new_page(), address=web)
        visitor.watch()
        visitors.append(visitor)
        await visitor.come(path)
        return visitor

    yield meet_one
    for visitor in visitors:
        await visitor.page.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
async def employ(browser: Browser, demo: Demo) -> AsyncIterator[Employ]:
    """Somebody of the training desk, signed in; in the end no browser may have complained."""
    address = demo.address.removesuffix("console")
    async with open_office(browser, address, Staff, lambda email: open_full_session(demo, email)) as employ_one:
        yield employ_one


async def open_full_session(demo: Demo, email: str) -> str:
    """The token of a session of somebody who has just signed in."""
    member = next(member for member in demo.filled.office.staff if member.email == email)
    return (await open_session(member.id, demo.ports, device="Test", is_multi_factor=True)).token
