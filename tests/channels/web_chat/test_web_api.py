"""What the HTTP API promises: one answer per message, a conversation that nobody guesses, a limit, safe headers."""

import asyncio

import pytest

from bot.channels.web_chat.pages import SECURITY_HEADERS
from tests.channels.web_chat.conftest import OpenSite, Site

QUESTION = "is there WIR money for projects in Wiesbaden"


def learn_question(site: Site) -> None:
    site.world.understander.learn(QUESTION, ("wir.project-money", 0.97), cities=("wiesbaden",))


async def test_a_question_gets_the_curated_answer_as_plain_text(site: Site):
    entry = site.world.ports.published.knowledge.entries["wiesbaden.wir-project-money"]
    site.world.understander.learn(QUESTION, (entry.intent, 0.97), cities=("wiesbaden",))
    answer = await site.post(text=QUESTION)
    [reply] = answer["replies"]
    assert answer.keys() == {"conversation", "language", "status", "entry", "confidence", "replies"}
    assert (answer["status"], answer["entry"], answer["language"], answer["confidence"]) == ("answered", entry.id, "en", 0.97)
    assert "**" not in reply["text"]
    assert "Wiesbaden" in reply["source"]
    assert all(choice.keys() >= {"label", "value"} for choice in reply["choices"])


async def test_the_same_message_twice_is_one(site: Site):
    first = await site.post(text="report", message_id="a")
    conversation = first["conversation"]
    once = await site.post(conversation=conversation, choice="report", message_id="b")
    rows = await site.count("inbox")
    again = await site.post(conversation=conversation, choice="report", message_id="b")
    assert again == once
    assert await site.count("inbox") == rows


async def test_the_same_message_at_the_same_time_is_one(site: Site):
    conversation = (await site.post(text="hello"))["conversation"]
    rows = await site.count("inbox")
    same = [site.post(conversation=conversation, choice="report", message_id="c") for _ in range(5)]
    answers = await asyncio.gather(*same)
    assert all(answer == answers[0] for answer in answers)
    assert await site.count("inbox") == rows + 1


async def test_message_ids_of_two_people_do_not_meet(site: Site):
    mine = await site.post(choice="report", message_id="1")
    theirs = await site.post(choice="help", message_id="1")
    assert mine["conversation"] != theirs["conversation"]
    assert mine["replies"] != theirs["replies"]


async def test_the_conversation_goes_on(site: Site):
    begun = await site.post(choice="report", language="tr")
    told = await site.post(choice="form:consent:yes", conversation=begun["conversation"])
    assert (told["status"], told["language"], told["conversation"]) == ("form", "tr", begun["conversation"])


async def test_the_browser_s_language_is_a_hint(site: Site):
    async with site.client.post("/api/v1/messages", json={"choice": "menu"}, headers={"Accept-Language": "xx, uk-UA;q=0.9"}) as response:
        assert (await response.json())["language"] == "uk"


async def test_wrong_receipt_codes_are_limited(site: Site):
    answer = await site.post(choice="status", language="en")
    texts = []
    for number in range(10):
        answer = await site.post(conversation=answer["conversation"], text=f"0123-4567-89AB-CDE{number}")
        texts.append(answer["replies"][0]["text"])
    wait = site.world.words("case.too-many-codes", count=15).replace("**", "")
    assert texts[0] != wait
    assert texts[-1] == wait


async def test_slash_commands_work(site: Site):
    assert (await site.post(text="/help"))["status"] == "menu"
    assert (await site.post(text="/report"))["status"] == "form"


async def test_forgetting_leaves_nothing(site: Site):
    conversation = (await site.post(choice="report"))["conversation"]
    await site.post(conversation=conversation, choice="forget:yes")
    assert await site.count("conversations") == 0
    assert await site.count("inbox") == 0


async def test_without_the_nlu_server_one_is_still_answered(site: Site):
    site.world.understander.is_down = True
    assert (await site.post(text="WIR money for projects"))["status"] in ("suggested", "unanswered")
    assert (await site.client.get("/readyz")).status == 503
    assert (await site.client.get("/healthz")).status == 200


async def test_too_many_messages_must_wait(open_site: OpenSite):
    async with open_site(messages_per_minute=2) as site:
        await site.post(text="one")
        await site.post(text="two")
        async with site.client.post("/api/v1/messages", json={"text": "three"}) as response:
            problem = await response.json()
            assert response.status == problem["status"] == 429
            assert 1 <= int(response.headers["Retry-After"]) <= 31
            assert response.headers["Retry-After"] in problem["detail"]


async def test_behind_a_proxy_each_visitor_has_a_limit_of_their_own(open_site: OpenSite):
    async with open_site(messages_per_minute=1, trusted_proxies=1) as site:
        seen = []
        for forwarded in (["203.0.113.1"], ["203.0.113.2"], ["9.9.9.9, 203.0.113.1"], ["8.8.8.8", "203.0.113.2"]):
            headers = [("X-Forwarded-For", each) for each in forwarded]
            async with site.client.post("/api/v1/messages", json={"text": "hello"}, headers=headers) as response:
                seen.append(response.status)
        assert seen == [200, 200, 429, 429]


@pytest.mark.parametrize(
    "path", ["/", "/privacy", "/imprint", "/openapi.json", "/healthz", "/readyz", "/metrics", "/static/chat.js", "/static/wegweiser.css",
             "/static/icon.svg", "/static/", "/nothing", "/api/v1/messages"],
)  # fmt: skip
async def test_every_response_is_protected(site: Site, path: str):
    async with site.client.get(path) as response:
        assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
        assert response.headers["Cache-Control"]
        assert "Set-Cookie" not in response.headers


async def test_answers_are_never_cached(site: Site):
    async with site.client.post("/api/v1/messages", json={"text": "hello"}) as response:
        assert response.headers["Cache-Control"] == "no-store"
