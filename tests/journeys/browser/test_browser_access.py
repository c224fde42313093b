"""Everybody can use the page: by keyboard, with a screen reader, enlarged, on a small phone, light and dark."""

import pytest
from playwright.async_api import expect

from tests.journeys.browser.conftest import Meet
from tests.journeys.browser.violations import find_violations
from tests.journeys.browser.visitor import Visitor

QUESTION = {
    "de": "Gibt es WIR-Geld für Projekte in Wiesbaden?",
    "en": "Is there WIR money for projects in Wiesbaden?",
    "ar": "أريد أموال WIR للمشاريع في فيسبادن",
}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


async def have_a_conversation(visitor: Visitor, language: str) -> None:
    """A list, an answer with its source, an emergency, and the form with a tick."""
    await visitor.press("topic:wir-funding")
    await visitor.type(QUESTION[language])
    await expect(visitor.last.locator(".source")).to_be_visible()
    await visitor.type("/help 110")
    await visitor.press("report")
    await visitor.press("form:consent:yes")
    await visitor.type("HILFE, man schlägt mich!")
    for step in ("story", "when", "place", "area"):
        await visitor.press(f"form:{step}:next" if step == "story" else f"form:{step}:skip")
    await visitor.press("form:grounds:agg.religion")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "ar"])
async def test_axe_finds_nothing(meet: Meet, language: str, scheme: str):
    visitor = await meet(f"?language={language}", color_scheme=scheme, reduced_motion="reduce")
    assert await find_violations(visitor.page) == []
    await visitor.page.set_viewport_size({"width": 360, "height": 640})
    await have_a_conversation(visitor, language)
    await expect(visitor.page.locator(".urgent")).to_be_visible()
    assert await find_violations(visitor.page) == []
    for page in ("privacy", "imprint"):
        await visitor.come(f"{page}?language={language}")
        assert await find_violations(visitor.page) == []


async def test_by_keyboard_alone(meet: Meet):
    visitor = await meet("?language=en", width=1280, height=800)
    keyboard, focused = visitor.page.keyboard, visitor.page.locator(":focus")
    await keyboard.press("Tab")
    await expect(focused).to_have_class("skip")
    await keyboard.press("Enter")
    await expect(visitor.page.locator("#text")).to_be_focused()
    await keyboard.type("/report")
    await keyboard.press("Enter")
    await visitor.is_answered()
    await expect(visitor.page.locator("#text")).to_be_focused()
    for value in ("form:consent:cancel-yes", "form:consent:rights", "form:consent:yes"):
        await keyboard.press("Shift+Tab")
        await expect(focused).to_have_attribute("value", value)
        width = await focused.evaluate("button => parseFloat(getComputedStyle(button).outlineWidth)")
        assert width >= 2
    await keyboard.press("Space")
    await visitor.is_answered()
    await expect(visitor.last.locator("button[value='form:story:skip']")).to_be_visible()
    await expect(focused).to_have_attribute("value", "form:consent:yes")


async def test_ticks_keep_the_focus(meet: Meet):
    visitor = await meet("?language=en")
    await have_a_conversation(visitor, "en")
    await visitor.last.locator("button[value='form:grounds:agg.age']").focus()
    await visitor.page.wait_for_timeout(350)
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.last.locator("button[value='form:grounds:agg.age']")).to_have_attribute("aria-pressed", "true")
    await expect(visitor.page.locator(":focus")).to_have_attribute("value", "form:grounds:agg.age")


async def test_new_messages_are_announced_and_old_ones_are_not(meet: Meet):
    visitor = await meet("?language=en")
    log = visitor.page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await visitor.press("human")
    await visitor.page.reload(wait_until="commit")
    await expect(log).to_have_attribute("aria-live", "off")
    await expect(log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("language", ["de", "ar", "fa", "vi", "ru"])
async def test_nothing_sticks_out_on_a_small_phone(meet: Meet, language: str):
    visitor = await meet(f"?language={language}", width=320, height=568)
    await visitor.type(LONG)
    await visitor.press("topic:discrimination")
    for path in ("", "privacy", "imprint"):
        await visitor.come(f"{path}?language={language}")
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") == 320


async def test_fingers_find_every_button(meet: Meet):
    visitor = await meet("?language=de")
    await visitor.press("topic:contacts")
    await visitor.press("report")
    heights = await visitor.page.locator("button:visible, select, textarea, .foot a").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert min(heights) >= 44


@pytest.mark.parametrize(("width", "height"), [(360, 300), (640, 360)])
async def test_with_the_keyboard_open_or_enlarged_the_answer_is_in_sight(meet: Meet, width: int, height: int):
    visitor = await meet("?language=de", width=width, height=height)
    await visitor.type("Ich brauche Hilfe, ich werde geschlagen")
    await visitor.page.wait_for_timeout(800)
    box = await visitor.page.locator(".urgent a[href='tel:110']").bounding_box()
    dock = await visitor.page.locator(".dock").bounding_box()
    assert box is not None
    assert dock is not None
    assert 0 <= box["y"] < dock["y"]
    assert dock["y"] + dock["height"] <= height


async def test_the_answer_begins_below_the_header(meet: Meet):
    visitor = await meet("?language=de")
    await visitor.type("Wer hilft mir bei Diskriminierung?")
    await visitor.page.wait_for_timeout(800)
    header = await visitor.page.locator("header").bounding_box()
    answer = await visitor.page.locator("#log .mine + .bot").bounding_box()
    assert header is not None
    assert answer is not None
    assert answer["y"] >= header["y"] + header["height"]


async def test_what_people_write_stays_text(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.type("<img src=x onerror=alert(1)> https://evil.example/ javascript:alert(1)")
    await expect(visitor.page.locator("#log .mine img, #log .mine a")).to_have_count(0)
    await expect(visitor.page.locator("#log .mine")).to_contain_text("<img src=x onerror=alert(1)>")
