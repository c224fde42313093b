"""Whatever is sent, the answer is a clear sentence: in the chat when a person may have meant it, else a problem document."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.errors import ConflictError
from bot.domain.understanding import Understanding
from tests.channels.web_chat.conftest import Site

HEADERS = {"Content-Type": "application/json"}


async def refused(site: Site, body: bytes | str, status: int, headers: Mapping[str, str] = HEADERS) -> dict[str, Any]:
    """The problem document of a refusal, checked against RFC 9457."""
    async with site.client.post("/api/v1/messages", data=body, headers=headers) as response:
        problem = await response.json()
        assert response.status == status
        assert response.content_type == "application/problem+json"
        assert problem.keys() == {"type", "title", "status", "detail"}
        assert problem["status"] == status
        assert problem["detail"].endswith((".", "!"))
    assert await site.count("inbox") == 0
    assert await site.count("conversations") == 0
    return problem


async def test_a_megabyte_is_too_large(site: Site):
    problem = await refused(site, json.dumps({"text": "a" * 1_000_000}), 413)
    assert "4,000 characters" in problem["detail"]


async def test_a_packed_megabyte_is_too_large_too(site: Site):
    async with site.client.post("/api/v1/messages", json={"text": "a" * 1_000_000}, compress="gzip") as response:
        assert response.status in (400, 413)


async def test_more_than_4000_characters_are_refused_in_words(site: Site):
    answer = await site.post(text="ä" * 4001, language="de")
    assert answer["status"] == "unsupported"
    assert answer["replies"][0]["text"]


async def test_4000_characters_are_read(site: Site):
    assert (await site.post(text="ä" * 4000))["status"] == "unanswered"


@pytest.mark.parametrize("text", ["", " \n ", "😀🎉", "\u0000\u0007", "\u202e", "…?!", "\u200b"])
async def test_a_text_without_a_letter_gets_a_kind_sentence(site: Site, text: str):
    assert (await site.post(text=text))["status"] == "unsupported"


async def test_control_characters_change_nothing(site: Site):
    site.world.understander.learn("hello there", ("greeting", 0.99))
    assert (await site.post(text="he\u0000llo\u202e th\u0008ere"))["status"] == "smalltalk"


async def test_half_a_character_is_no_json(site: Site):
    problem = await refused(site, r'{"text": "\ud800"}', 400)
    assert "JSON" in problem["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"text": NaN}', b"[" * 5000, b"[]", b"null", b'"text"', b"{}"])
async def test_what_is_not_a_message_is_refused(site: Site, body: bytes):
    await refused(site, body, 400)


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ({"text": 7}, "text"),
        ({"choice": "x" * 65}, "choice"),
        ({"text": "a", "language": ["de"]}, "language"),
        ({"text": "a", "language": "tlh"}, "language"),
        ({"text": "a", "message_id": ""}, "message_id"),
        ({"text": "a", "message_id": "ü"}, "message_id"),
        ({"text": "a", "conversation": "a\nb"}, "conversation"),
        ({"text": "a", "conversation": "forged"}, "conversation"),
        ({"text": "a", "conversation": "x" * 32 + "." + "0" * 32}, "conversation"),
        ({"text": "a", "admin": True}, "admin"),
    ],
)
async def test_a_wrong_field_is_named(site: Site, message: dict[str, Any], field: str):
    problem = await refused(site, json.dumps(message), 400)
    assert problem["detail"].startswith(f"{field}:")


@pytest.mark.parametrize("message", [{"text": "a", "choice": "menu"}, {"language": "de"}])
async def test_either_text_or_choice(site: Site, message: dict[str, str]):
    problem = await refused(site, json.dumps(message), 400)
    assert "either text or choice" in problem["detail"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
async def test_only_json_is_taken(site: Site, content_type: str):
    await refused(site, '{"text": "hello"}', 415, {"Content-Type": content_type})


@pytest.mark.parametrize(
    "value",
    ["", "entry:nothing", "city:atlantis", "language:tlh", "form:summary:send", "form", "case:delete-yes", "forget", "link:", "programme:x",
     "::::", "form:grounds:../../etc", "⁂" * 64, "'; DROP TABLE cases;--"],
)  # fmt: skip
async def test_a_forged_choice_does_no_harm(site: Site, value: str):
    answer = await site.post(choice=value)
    assert answer["status"] in ("menu", "form")
    assert await site.count("cases") == 0


async def test_nothing_is_at_other_addresses(site: Site):
    for method, path, status in (("GET", "/nothing", 404), ("GET", "/api/v1/messages", 405), ("GET", "/static/../api.py", 404)):
        async with site.client.request(method, path) as response:
            assert response.status == status
            assert (await response.json())["status"] == status


async def test_a_body_that_cannot_be_unpacked_is_refused(site: Site):
    await refused(site, b"no gzip", 400, {**HEADERS, "Content-Encoding": "gzip"})


async def test_an_error_of_ours_tells_nothing(site: Site, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]):
    async def fail(text: str) -> Understanding:
        raise RuntimeError(text)

    site.world.understander.understand = fail
    problem = await refused(site, '{"text": "a secret story"}', 500)
    assert "secret" not in str(problem) + caplog.text + capsys.readouterr().out


async def test_a_database_that_does_not_answer_means_try_again(site: Site):
    async def fail(text: str) -> Understanding:
        raise ConflictError(text)

    site.world.understander.understand = fail
    problem = await refused(site, '{"text": "hello"}', 503)
    assert "message_id" in problem["detail"]
