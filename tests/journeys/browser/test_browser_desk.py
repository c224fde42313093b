"""The whole way of a case: reported in the web chat, worked on at the desk, answered in both directions, closed and counted."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from bot.assemble.house import House
from bot.demo.people import Keys, hire, make_keys
from bot.domain.receipts import read_receipt
from tests.journeys.browser.conftest import Meet
from tests.journeys.browser.staff import Staff
from tests.journeys.browser.visitor import Visitor

STORY = "They laughed at me at the office and tore up my application."
ANSWER = "Thursday is fine. I will bring the letter."
REASON = "resolved"


@pytest.fixture(scope="module")
async def keys(house: House) -> AsyncIterator[Keys]:
    """Staff for the real house; in the end nobody works there any more, as it was before."""
    keys = make_keys(house.desk)
    staff = await hire(house.desk, keys)
    yield keys
    async with house.ports.unit_of_work() as work:
        for member in staff:
            await work.staff.save(replace(member, disabled_at=house.ports.now()))
        await work.commit()


@pytest.fixture
async def office(browser: Browser, web: str, keys: Keys) -> AsyncIterator[tuple[Staff, Staff]]:
    """A caseworker and the lead, each signed in with password and one-time code."""
    people = []
    for email in ("halle@demo.example", "leitung@demo.example"):
        context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
        somebody = Staff(page=await context.new_page(), address=web)
        somebody.watch()
        await somebody.sign_in(email, keys)
        people.append(somebody)
    yield people[0], people[1]
    for somebody in people:
        await somebody.page.context.close()
    assert [complaint for somebody in people for complaint in somebody.complaints] == []


async def file(visitor: Visitor) -> str:
    """Report from Halle, with replies into this chat; the receipt code."""
    await visitor.press("report")
    await visitor.press("form:consent:yes")
    await visitor.type(STORY)
    await visitor.press("form:story:next")
    await visitor.press("form:when:yesterday")
    await visitor.press("form:place:halle")
    await visitor.press("form:area:authorities")
    await visitor.press("form:area-detail:job-centre")
    await visitor.press("form:grounds:beyond.language")
    await visitor.press("form:grounds:next")
    await visitor.press("form:form:skip")
    await visitor.press("form:wish:conversation")
    await visitor.press("form:contact:here")
    await visitor.press("form:summary:send")
    return await visitor.page.locator(".receipt").inner_text()


async def look_for_news(visitor: Visitor) -> None:
    """What the page does by itself every quarter of a minute."""
    await visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_from_the_report_to_the_statistics(meet: Meet, house: House, office: tuple[Staff, Staff]) -> None:
    kim, leyla = office
    amina = await meet("?language=en")
    code = read_receipt(await file(amina))
    async with house.ports.unit_of_work() as work:
        case = await work.cases.find_by_receipt(house.ports.cipher.hash("receipt", code))
    await take(kim, case.number)
    await write_and_see_it_arrive(kim, amina, house)
    await answer(amina, kim, case.number)
    await close(kim, leyla, case.number)
    await leyla.open("/statistics?city=halle")
    await expect(leyla.page.locator(".statistics-few")).to_be_visible()
    await expect(leyla.page.locator("main")).not_to_contain_text(STORY)


async def take(kim: Staff, number: str) -> None:
    """Find the case in the list, read it, take it."""
    await kim.open("/cases")
    await kim.page.locator("[data-row]", has_text=number).click()
    await expect(kim.page.locator("main")).to_contain_text(STORY)
    assert STORY not in await kim.page.title()
    await kim.press_in("take")
    await expect(kim.page.locator("main > .notice.good")).to_be_visible()


async def write_and_see_it_arrive(kim: Staff, amina: Visitor, house: House) -> None:
    """Choose a ready text, look at it in both languages, send it; it appears in the page that is open."""
    text, german = (house.ports.wording.say_plain("office.template.ask-details", language) for language in ("en", "de"))
    await kim.page.locator("#template").select_option("ask-details")
    await kim.press_in("messages/preview")
    await expect(kim.page.locator(".words[lang=en]")).to_contain_text(text)
    await expect(kim.page.locator(".words[lang=de]")).to_contain_text(german)
    await kim.press_in("messages")
    await expect(kim.page.locator("main > .notice.good")).to_be_visible()
    await look_for_news(amina)
    await expect(amina.last).to_contain_text(text)


async def answer(amina: Visitor, kim: Staff, number: str) -> None:
    """The person answers with the button under the message; it stands on the timeline, and in the caseworker's alerts."""
    await amina.press(f"answer:{number}")
    await amina.type(ANSWER)
    await kim.open("/alerts")
    await expect(kim.page.locator("main")).to_contain_text(number)
    await kim.open(f"/cases/{number}")
    await expect(kim.page.locator("#timeline")).to_contain_text(ANSWER)


async def close(kim: Staff, leyla: Staff, number: str) -> None:
    """The caseworker proposes, the lead closes; both say why."""
    await kim.page.locator("details", has=kim.page.locator("form[action$='/closing']")).locator("summary").click()
    await kim.page.locator("#reason").select_option(REASON)
    await kim.press_in("closing")
    await leyla.open(f"/cases/{number}")
    await leyla.page.locator("form[action$='/status'] button.main").click()
    await expect(leyla.page.locator("main > .notice.good")).to_be_visible()
    await expect(leyla.page.locator("#work")).to_be_visible()
    await expect(leyla.page.locator("input[name=to][value=reopened]")).to_be_visible()
