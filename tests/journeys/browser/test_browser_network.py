"""A bad connection, an impatient finger, two tabs: every message counts once, in its order."""

import asyncio
import json

from playwright.async_api import Route, expect

from tests.journeys.browser.conftest import Meet
from tests.journeys.browser.visitor import ANSWER_MS, Visitor

API = "**/api/v1/messages"


async def sent(visitor: Visitor) -> list[dict[str, str]]:
    """The messages that the page sends from now on; what it asks for by itself is no message."""
    bodies: list[dict[str, str]] = []
    visitor.page.on("request", lambda request: bodies.append(json.loads(request.post_data)) if request.url.endswith("/messages") else None)
    return bodies


async def test_a_double_click_sends_once(meet: Meet):
    visitor = await meet("?language=en")
    bodies = await sent(visitor)
    await visitor.page.locator("#welcome button[value=report]").dblclick()
    await visitor.is_answered()
    await visitor.page.wait_for_timeout(300)
    assert [body["choice"] for body in bodies] == ["report"]


async def test_enter_held_down_sends_once(meet: Meet):
    visitor = await meet("?language=en")
    bodies = await sent(visitor)
    await visitor.page.locator("#text").fill("hello there")
    for _ in range(5):
        await visitor.page.keyboard.down("Enter")
    await visitor.page.keyboard.up("Enter")
    await visitor.is_answered()
    assert len(bodies) == 1


async def test_quick_messages_stay_in_order(meet: Meet):
    visitor = await meet("?language=en")
    bodies = await sent(visitor)
    for text in ("/help", "/contacts", "/report"):
        await visitor.page.locator("#text").fill(text)
        await visitor.page.locator("#text").press("Enter")
    await expect(visitor.last.locator("button[value='form:consent:yes']")).to_be_visible(timeout=ANSWER_MS)
    assert [body["text"] for body in bodies] == ["/help", "/contacts", "/report"]
    assert bodies[1]["conversation"] == bodies[2]["conversation"]


async def test_offline_nothing_is_lost(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.press("human")
    bodies = await sent(visitor)
    await visitor.page.context.set_offline(True)
    await visitor.page.locator("#text").fill("/report")
    await visitor.page.locator("#text").press("Enter")
    await expect(visitor.page.locator("#notice")).to_be_visible()
    await visitor.page.context.set_offline(False)
    await visitor.is_answered()
    await expect(visitor.page.locator("#notice")).to_be_hidden()
    await expect(visitor.last.locator("button[value='form:consent:yes']")).to_be_visible()
    assert len({body["message_id"] for body in bodies}) == 1


async def test_an_answer_that_got_lost_is_fetched_again_after_a_reload(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.press("human")
    bodies = await sent(visitor)

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await visitor.page.route(API, lose, times=1)
    await visitor.page.locator("#log button[value=report]").last.click()
    await expect(visitor.page.locator("#notice")).to_be_visible()
    await visitor.page.reload()
    await visitor.is_answered()
    await expect(visitor.last.locator("button[value='form:consent:yes']")).to_be_visible()
    assert bodies[0] == bodies[1]


async def test_the_button_sends_again(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.page.route(API, lambda route: route.abort(), times=1)
    await visitor.page.locator("#text").fill("/help")
    await visitor.page.locator("#text").press("Enter")
    await visitor.page.locator("#notice button").click()
    await visitor.is_answered()
    await expect(visitor.messages).to_have_count(2)


async def test_asked_to_wait_the_page_waits_and_sends_again(meet: Meet):
    visitor = await meet("?language=en")
    body = {"type": "about:blank", "title": "Too many requests", "status": 429, "detail": "Wait."}
    await visitor.page.route(API, lambda route: route.fulfill(status=429, json=body, headers={"Retry-After": "1"}), times=1)
    await visitor.page.locator("#text").fill("/help")
    await visitor.page.locator("#text").press("Enter")
    await expect(visitor.page.locator("#notice")).to_be_visible()
    await visitor.is_answered()
    await expect(visitor.messages).to_have_count(2)


async def test_a_conversation_that_the_server_has_forgotten_starts_anew(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.press("human")
    memory = json.loads(await visitor.page.evaluate("localStorage.wegweiser"))
    await visitor.page.evaluate("text => { localStorage.wegweiser = text; }", json.dumps({**memory, "conversation": "forgotten"}))
    await visitor.page.reload()
    await visitor.type("/report")
    await expect(visitor.last.locator("button[value='form:consent:yes']")).to_be_visible()


async def test_a_forged_start_keeps_the_conversation(meet: Meet):
    visitor = await meet("?language=en")
    await visitor.press("report")
    await visitor.come(f"?language=en&start={'x' * 100}")
    await expect(visitor.page.locator("#typing")).to_be_hidden()
    await visitor.press("form:consent:yes")
    await expect(visitor.last).to_have_attribute("lang", "en")
    await expect(visitor.last.locator("button[value='form:story:cancel']")).to_be_visible()


async def test_two_tabs_are_one_chat(meet: Meet):
    visitor = await meet("?language=en")
    other = Visitor(page=await visitor.page.context.new_page(), address=visitor.address)
    await other.come("?language=en")
    await visitor.press("report")
    await expect(other.messages).to_have_count(await visitor.messages.count())
    await other.press("form:consent:yes")
    await expect(visitor.messages).to_have_count(await other.messages.count())
    other.page.on("dialog", lambda dialog: dialog.accept())
    await other.page.locator("#forget").click()
    await expect(visitor.messages).to_have_count(0)
    await asyncio.sleep(0.2)
    assert await visitor.page.evaluate("localStorage.getItem('wegweiser')") is None


async def test_a_second_tab_takes_nothing_back(meet: Meet):
    visitor = await meet("?language=en")
    other = Visitor(page=await visitor.page.context.new_page(), address=visitor.address)
    await other.come("privacy?language=en")
    await visitor.press("report")
    await visitor.page.locator("#text").fill("not sent yet")
    await other.choose_language("ar")
    await visitor.page.wait_for_load_state()
    await expect(visitor.page.locator("#text")).to_have_value("not sent yet")
    await expect(visitor.page.locator("#log button[value='form:consent:yes']").last).to_be_visible()
