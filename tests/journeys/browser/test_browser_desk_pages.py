"""Every page of the desk: usable by everybody, on every screen, and nothing of it is kept or comes from elsewhere."""

import aiohttp
import pytest
from playwright.async_api import expect

from bot.console.console import every_route
from bot.console.entrance import COOKIE, LANGUAGE_COOKIE, STOP_POLLING
from bot.demo.run_demo import Demo
from tests.journeys.browser.conftest import Employ
from tests.journeys.browser.staff import Staff, give_cookie
from tests.journeys.browser.violations import find_violations
from tests.journeys.desk_pages import DeskPage, every_page

KEPT_OUT = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'",
}  # fmt: skip
OF_PAGES = {
    "Content-Security-Policy": "frame-ancestors 'none'", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip


@pytest.fixture(scope="module")
async def pages(demo: Demo) -> list[DeskPage]:
    """All addresses that can be opened."""
    return [page async for page in every_page(demo)]


async def ask(demo: Demo, page: DeskPage) -> tuple[aiohttp.ClientResponse, str]:
    """What the server answers, and the beginning of it; streams are not waited for."""
    headers = {"Cookie": f"{COOKIE}={page.token}", "Accept-Language": "de"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{demo.address}{page.path}", allow_redirects=False) as response,
    ):
        is_stream = response.content_type == "text/event-stream"
        return response, "" if is_stream else (await response.read())[:200].decode(errors="ignore")


async def test_every_answer_is_kept_by_nobody_and_framed_by_nobody(demo: Demo, pages: list[DeskPage]) -> None:
    assert len(pages) > 45
    assert [fault for page in pages for fault in await find_header_faults(demo, page)] == []


async def test_refused_forms_are_kept_by_nobody_either(demo: Demo, pages: list[DeskPage]) -> None:
    paths = [route.path.replace("{", "").replace("}", "") for route in every_route() if route.method == "POST"]
    lead = next(page.token for page in pages if page.path == "/cases")
    async with aiohttp.ClientSession(headers={"Cookie": f"{COOKIE}={lead}"}) as session:
        for path in paths:
            async with session.post(f"{demo.address}{path}", data={"csrf": "forged"}, allow_redirects=False) as response:
                assert response.status == 403, path
                assert find_faults(response) == [], path


async def find_header_faults(demo: Demo, page: DeskPage) -> list[str]:
    """What is wrong with the answer to a question for a page."""
    response, _ = await ask(demo, page)
    faults = find_faults(response)
    if response.status not in (200, 204, 303, 404, STOP_POLLING):
        faults.append(str(response.status))
    return [f"{page.path}: {fault}" for fault in faults]


def find_faults(response: aiohttp.ClientResponse) -> list[str]:
    """What is wrong with the headers of an answer; a stream is no page that could be framed."""
    wanted = [*KEPT_OUT.items(), *(OF_PAGES.items() if response.content_type != "text/event-stream" else ())]
    faults = [f"{name}: {value}" for name, value in wanted if value not in response.headers.get(name, "")]
    if "unsafe" in response.headers["Content-Security-Policy"]:
        faults.append("unsafe")
    return faults


@pytest.mark.parametrize("look", [("light", "de", 1280), ("dark", "en", 360)], ids=lambda look: "-".join(map(str, look)))
async def test_axe_finds_nothing_and_nothing_sticks_out(
    demo: Demo, pages: list[DeskPage], employ: Employ, look: tuple[str, str, int]
) -> None:
    scheme, language, width = look
    somebody: Staff = await employ("", width=width, color_scheme=scheme, locale=language, reduced_motion="reduce")
    looked_at, faults = 0, {}
    for page in pages:
        _, beginning = await ask(demo, page)
        if "<!doctype html>" not in beginning:
            continue
        await somebody.page.context.clear_cookies()
        await give_cookie(somebody.page.context, somebody.address, LANGUAGE_COOKIE, language)
        if page.token:
            await give_cookie(somebody.page.context, somebody.address, COOKIE, page.token)
        await somebody.open(page.path)
        await expect(somebody.page.locator("html")).to_have_attribute("lang", language)
        violations = await find_violations(somebody.page, width)
        widest = await somebody.page.evaluate("document.documentElement.scrollWidth")
        if violations or widest > width or await somebody.page.locator("h1").count() != 1:
            faults[page.path] = (widest, violations)
        looked_at += 1
    assert faults == {}
    assert looked_at > 35
