"""People ask in their language, and get the curated answer with its source."""

import pytest
from playwright.async_api import expect

from tests.journeys.browser.conftest import Meet


async def test_an_arabic_speaker_asks_for_the_wir_money_for_projects(meet: Meet):
    nour = await meet(locale="ar-SY")
    await expect(nour.page.locator("html")).to_have_attribute("dir", "rtl")
    async with nour.page.expect_response("**/api/v1/messages") as response:
        await nour.type("أريد أموال WIR للمشاريع في فيسبادن")
    answer = await (await response.value).json()
    assert (answer["status"], answer["entry"], answer["language"]) == ("answered", "wiesbaden.wir-project-money", "ar")
    await expect(nour.last.locator(".words")).to_contain_text("10")
    await expect(nour.last.locator(".source")).to_contain_text("20-V-33-0003")
    await expect(nour.last.locator(".words")).to_have_css("direction", "rtl")


@pytest.mark.parametrize("question", ["1.11120.01", "Haushaltsstelle 1.11120.01"])
async def test_a_staff_member_asks_for_a_budget_line(meet: Meet, question: str):
    staff = await meet(width=1280, height=800)
    async with staff.page.expect_response("**/api/v1/messages") as response:
        await staff.type(question)
    answer = await (await response.value).json()
    assert answer["status"] == "answered"
    assert answer["entry"].startswith("halle.")
    await expect(staff.last.locator(".words")).to_contain_text("1.11120")
    await expect(staff.last.locator(".source")).to_contain_text("Halle")
    await expect(staff.last.locator("a[href^='tel:']", has_text="1.111")).to_have_count(0)


async def test_an_answer_that_does_not_help_leads_to_others_and_one_that_does_to_thanks(meet: Meet):
    ivan = await meet("?language=en&start=entry:halle.contact")
    await ivan.is_answered()
    await ivan.press("unhelpful:halle.contact")
    others = ivan.last.locator("button[value^='entry:']")
    assert 1 <= await others.count() <= 3
    await expect(ivan.last.locator("button[value='human']")).to_be_visible()
    chosen = (await others.first.get_attribute("value") or "").removeprefix("entry:")
    await ivan.press(f"entry:{chosen}")
    await ivan.press(f"helped:{chosen}")
    await expect(ivan.last.locator("button")).to_have_count(0)
    await ivan.page.locator("#text").focus()
    await expect(ivan.page.locator(".opinions:visible")).to_have_count(0)


async def test_one_button_leads_back_to_the_language_the_chat_had(meet: Meet):
    olena = await meet("?language=de&start=menu")
    await olena.is_answered()
    await olena.type("Хто допоможе мені через дискримінацію у Вісбадені?")
    await expect(olena.page.locator("html")).to_have_attribute("lang", "uk")
    await olena.press("language:de")
    await expect(olena.page.locator("html")).to_have_attribute("lang", "de")
    await olena.type("Хто допоможе мені через дискримінацію у Вісбадені?")
    await expect(olena.last).to_have_attribute("lang", "de")


async def test_the_page_follows_the_language_of_the_answer(meet: Meet):
    olena = await meet()
    await olena.type("Хто допоможе мені через дискримінацію у Вісбадені?")
    await expect(olena.page.locator("html")).to_have_attribute("lang", "uk")
    await expect(olena.messages).not_to_have_count(0)
    await expect(olena.page.locator("#log .message:focus")).to_have_count(1)


async def test_the_language_list_takes_the_conversation_along(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.press("human")
    await visitor.choose_language("ar")
    await visitor.is_answered()
    await expect(visitor.page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(visitor.last).to_have_attribute("lang", "ar")
    await visitor.page.reload()
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "ar")
    await visitor.type("hello my friend, how are you today")
    await expect(visitor.last).to_have_attribute("lang", "ar")


async def test_the_language_list_works_on_every_page(meet: Meet):
    visitor = await meet("privacy?language=de")
    await visitor.choose_language("fa")
    await expect(visitor.page).to_have_url(f"{visitor.address}privacy?language=fa")
    await visitor.page.locator("main a[href^='/?language']").click()
    await visitor.press("topic:discrimination")
    await expect(visitor.last).to_have_attribute("lang", "fa")


async def test_in_danger_the_numbers_can_be_called(meet: Meet):
    visitor = await meet(locale="tr-TR")
    await visitor.type("imdat, beni dövüyorlar")
    urgent = visitor.page.locator(".urgent").last
    for number in ("110", "112", "116016"):
        await expect(urgent.locator(f"a[href='tel:{number}']")).to_be_visible()
    await expect(visitor.page.locator("header a[href='tel:110']")).to_be_visible()
