"""Somebody reports, comes back later, changes their mind: nothing is lost, and what is deleted is gone."""

import re

from playwright.async_api import expect

from bot.assemble.house import House
from bot.channels.web_chat.conversation_token import conversation_of
from tests.journeys.browser.conftest import Meet
from tests.journeys.browser.visitor import Visitor

STORY = "They told me that I do not get the flat because of my headscarf."


async def begin(visitor: Visitor) -> None:
    """Consent and tell the story."""
    await visitor.press("report")
    await visitor.press("form:consent:yes")
    await visitor.type(STORY)
    await visitor.press("form:story:next")


async def test_a_report_and_later_its_status(meet: Meet):
    amina = await meet("?language=en")
    await begin(amina)
    await amina.type("yesterday")
    await amina.press("form:place:wiesbaden")
    await amina.press("form:area:housing")
    await amina.press("form:area-detail:skip")
    questions = await amina.messages.count()
    religion, gender = "form:grounds:agg.religion", "form:grounds:agg.gender"
    await amina.press(religion)
    await amina.press(gender)
    for value in (religion, gender):
        await expect(amina.last.locator(f"button[value='{value}']")).to_have_attribute("aria-pressed", "true")
    assert await amina.messages.count() == questions
    await amina.press("form:grounds:next")
    await amina.press("form:form:skip")
    await amina.press("form:wish:skip")
    await amina.press("form:contact:anonymous")
    await expect(amina.last).to_contain_text(STORY)
    await amina.press("form:summary:send")
    code = await amina.page.locator(".receipt").inner_text()
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)

    later = await meet("?language=en", width=1280, height=800)
    await later.press("status")
    await later.type(code.lower().replace("-", " "))
    await expect(later.last.locator("button[value='case:withdraw']")).to_be_visible()
    await expect(later.last).not_to_contain_text(STORY)


async def test_reloading_in_the_middle_of_the_form(meet: Meet):
    visitor = await meet("?language=en")
    await begin(visitor)
    said = await visitor.messages.all_inner_texts()
    await visitor.page.locator("#text").fill("last week, I th")
    await visitor.page.reload()
    assert await visitor.messages.all_inner_texts() == said
    await expect(visitor.page.locator("#text")).to_have_value("last week, I th")
    await visitor.press("form:when:yesterday")
    await expect(visitor.last.locator("button[value='form:place:wiesbaden']")).to_be_visible()


async def test_another_language_in_the_middle_of_the_form(meet: Meet):
    visitor = await meet("?language=en")
    await begin(visitor)
    await visitor.choose_language("ar")
    await expect(visitor.last).to_have_attribute("lang", "ar")
    await expect(visitor.last.locator("button[value='form:when:yesterday']")).to_be_visible()
    await visitor.press("form:when:yesterday")
    await expect(visitor.last.locator("button[value='form:place:wiesbaden']")).to_be_visible()
    await expect(visitor.last).to_have_attribute("lang", "ar")


async def test_deleting_the_chat_deletes_it_here_and_there(meet: Meet, house: House):
    visitor = await meet("?language=en")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    await begin(visitor)
    kept = "JSON.parse(localStorage.getItem('wegweiser'))"
    token = await visitor.page.evaluate(f"{kept}.conversation")
    await visitor.page.locator("#forget").click()
    await expect(visitor.messages).to_have_count(0)
    assert await visitor.page.evaluate(kept) is None
    async with house.ports.unit_of_work() as work:
        assert await work.conversations.find(conversation_of(token, house.ports.cipher)) is None


async def test_deleting_waits_for_a_connection(meet: Meet):
    visitor = await meet("?language=en")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    await begin(visitor)
    await visitor.page.context.set_offline(True)
    await visitor.page.locator("#forget").click()
    await expect(visitor.page.locator("#notice")).to_be_visible()
    await expect(visitor.messages).not_to_have_count(0)
    await visitor.page.context.set_offline(False)
    await visitor.page.locator("#notice button").click()
    await expect(visitor.messages).to_have_count(0)


async def test_forgetting_in_the_chat_clears_the_device(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.type("my name is a secret of mine")
    await visitor.type("/delete")
    await visitor.press("forget:yes")
    await expect(visitor.messages).to_have_count(1)
    assert "secret" not in await visitor.page.evaluate("localStorage.getItem('wegweiser')")
