"""Work at the training desk: by keyboard, two people on one case, on a phone, and an auditor who finds what somebody did to the log."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.async_api import expect

from bot.demo.run_demo import Demo
from bot.domain.cases import CaseStatus
from tests.journeys.browser.conftest import Employ
from tests.journeys.browser.violations import find_violations
from tests.journeys.desk_pages import all_numbers

HALLE, DRESDEN, LEAD, AUDITOR = "halle@demo.example", "dresden@demo.example", "leitung@demo.example", "pruefung@demo.example"


async def test_through_the_list_by_keyboard_alone(employ: Employ) -> None:
    kim = await employ(HALLE)
    await kim.open("/cases")
    rows, press = kim.page.locator("[data-row]"), kim.page.keyboard.press
    await expect(rows.nth(2)).to_be_visible()
    for key in ("j", "j", "j", "k"):
        await press(key)
    await expect(rows.nth(1)).to_be_focused()
    outline = await rows.nth(1).evaluate("row => parseFloat(getComputedStyle(row).outlineWidth)")
    assert outline >= 2
    number = await rows.nth(1).inner_text()
    await press("Enter")
    await expect(kim.page.locator("h1")).to_contain_text(number)
    await kim.page.go_back()
    await press("/")
    await expect(kim.page.locator("#q")).to_be_focused()
    await kim.page.keyboard.type(number)
    await press("Enter")
    await expect(rows).to_have_count(1)
    await kim.page.wait_for_load_state()
    await press("?")
    await expect(kim.page.locator("dialog[data-keys]")).to_be_visible()
    assert await find_violations(kim.page, 1280) == []
    await press("Escape")
    await expect(kim.page.locator("dialog[data-keys]")).to_be_hidden()
    await kim.open("/cases")
    await press("Tab")
    await expect(kim.page.locator(":focus")).to_have_class("skip")
    await press("Enter")
    await expect(kim.page.locator("main")).to_be_focused()


async def find_open_case(demo: Demo, city: str, *, assigned: bool) -> str:
    """A case of a city that somebody could work on."""
    async with demo.ports.bot.unit_of_work() as work:
        for number in await all_numbers(demo):
            case = await work.cases.get(number)
            is_open = case.status is not CaseStatus.CLOSED and not case.erased_at
            if is_open and case.municipality == city and bool(case.assignee) is assigned:
                return number
    raise AssertionError("The training desk has no such case.")


async def test_two_people_on_one_case(employ: Employ, demo: Demo) -> None:
    kim, leyla = await employ(HALLE), await employ(LEAD)
    number = await find_open_case(demo, "halle", assigned=True)
    await kim.open(f"/cases/{number}")
    await leyla.open(f"/cases/{number}")
    await expect(leyla.page.locator("#visitors")).to_contain_text("Kim Beispiel")
    await leyla.page.locator("#note_text").fill("Leyla war zuerst fertig.")
    await leyla.page.locator("form[action$='/records'] button.main").click()
    await leyla.is_told("Notiz")
    await kim.page.locator("#note_text").fill("Kims Worte gehen nicht verloren.")
    async with kim.page.expect_response(f"**/{number}/records") as response:
        await kim.page.locator("form[action$='/records'] button.main").click()
    assert (await response.value).status == 409
    await expect(kim.page.get_by_role("alert")).to_be_visible()
    await expect(kim.page.locator("#note_text")).to_have_value("Kims Worte gehen nicht verloren.")
    assert await find_violations(kim.page, 1280) == []
    await kim.page.locator("form[action$='/records'] button.main").click()
    await kim.is_told("Notiz")
    for words in ("Leyla war zuerst fertig.", "Kims Worte gehen nicht verloren."):
        await expect(kim.page.locator("#timeline")).to_contain_text(words)


async def test_a_foreign_case_does_not_exist(employ: Employ, demo: Demo) -> None:
    robin = await employ("wiesbaden@demo.example")
    number = await find_open_case(demo, "halle", assigned=True)
    response = await robin.page.goto(f"{demo.address}/cases/{number}")
    assert response.status == 404
    assert number not in await robin.page.inner_text("main")
    await robin.open(f"/cases?q={number}")
    await expect(robin.page.locator("[data-row]")).to_have_count(0)


async def test_a_case_on_a_phone(employ: Employ, demo: Demo) -> None:
    toni = await employ(DRESDEN, width=360, height=640, has_touch=True)
    await toni.open("/cases")
    await toni.page.locator("[data-row]").first.click()
    await expect(toni.page.locator("h1")).to_be_visible()
    for path in ("/cases", f"/cases/{await find_open_case(demo, 'dresden', assigned=True)}", "/cases/new", "/chats", "/account"):
        await toni.open(path)
        assert await toni.page.evaluate("document.documentElement.scrollWidth") == 360, path
        heights = await toni.page.locator("main .button:visible").evaluate_all("all => all.map(each => each.offsetHeight)")
        assert min(heights, default=44) >= 24, path


@contextmanager
def planted(demo: Demo, position: int) -> Iterator[None]:
    """One entry of the log says something else for a while: done by somebody who has the database itself."""
    with sqlite3.connect(demo.database) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'case_log'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        ((actor,),) = connection.execute("SELECT actor FROM case_log WHERE position = ?", (position,)).fetchall()
        connection.execute("UPDATE case_log SET actor = 'nobody' WHERE position = ?", (position,))
        connection.commit()
        try:
            yield
        finally:
            connection.execute("UPDATE case_log SET actor = ? WHERE position = ?", (actor, position))
            for _, statement in triggers:
                connection.execute(statement)
            connection.commit()
    connection.close()


async def test_the_auditor_finds_a_planted_break(employ: Employ, demo: Demo) -> None:
    udo = await employ(AUDITOR)
    await udo.open("/log")
    verify, result = udo.page.locator("form[action$='/log/verify'] button"), udo.page.locator("section.notice")
    await verify.click()
    await expect(result).to_have_class("notice good")
    with planted(demo, 1234):
        await verify.click()
        await expect(result).to_have_class("notice bad")
        await expect(result).to_contain_text("Eintrag 1.234")
        assert await find_violations(udo.page, 1280) == []
        await result.get_by_role("link").click()
        await expect(udo.page.locator("tbody tr").first).to_contain_text("1.234")
    await verify.click()
    await expect(result).to_have_class("notice good")


async def test_pages_that_only_a_form_leads_to(employ: Employ, demo: Demo) -> None:
    leyla, ada = await employ(LEAD), await employ("admin@demo.example")
    number = await find_open_case(demo, "halle", assigned=True)
    await leyla.open(f"/cases/{number}")
    await leyla.page.locator("form[action$='/messages/preview'] button").first.click()
    await expect(leyla.page.locator("form[action$='/messages'] button")).to_be_visible()
    assert await find_violations(leyla.page, 1280) == []
    await leyla.page.locator("form[action$='/messages/write'] button").click()
    assert await find_violations(leyla.page, 1280) == []
    await leyla.open("/cases/new")
    await leyla.page.locator("main form button.main").last.click()
    assert await find_violations(leyla.page, 1280) == []
    await ada.open("/people/invite")
    await ada.page.locator("#name").fill("Rosa Beispiel")
    await ada.page.locator("#email").fill("rosa@demo.example")
    await ada.page.locator("input[name=roles][value=auditor]").check()
    await ada.page.locator("main form button.main").click()
    await expect(ada.page.locator("main")).to_contain_text("/console/invitation/")
    assert await find_violations(ada.page, 1280) == []
