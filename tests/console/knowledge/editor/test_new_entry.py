"""A new entry begins as a draft with a good id."""

from html import unescape
from typing import Any

import pytest

from bot.domain.staff import Role
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.editor.test_editor import shown_version, stored

GOOD = {"title.de": "Geld für Vereine", "topic": "wir-funding", "municipality": "halle", "audience": "public", "id": ""}


@pytest.fixture
async def editor(knowledge_desk: Desk) -> Browser:
    return await knowledge_desk.meet(Role.EDITOR)


async def test_it_begins_as_a_draft_and_opens(knowledge_desk: Desk, editor: Browser) -> None:
    response = await editor.post("/knowledge/new", **GOOD)
    assert response.headers["Location"].startswith("/console/knowledge/entry/halle.geld-fuer-vereine?")
    draft = await stored(knowledge_desk, "halle.geld-fuer-vereine")
    assert draft
    assert (draft.base_hash, draft.content["title"], draft.content["municipality"]) == (
        "",
        {"de": "Geld für Vereine"},
        "halle",
    )
    assert "as_of" not in draft.content
    page = unescape(await editor.read("/knowledge/entry/halle.geld-fuer-vereine"))
    assert "Noch steht hier nichts" in page
    assert "gibt es sonst nirgends" in page


async def test_the_same_title_gets_another_id_and_a_taken_id_is_refused(editor: Browser) -> None:
    await editor.post("/knowledge/new", **GOOD)
    assert "halle.geld-fuer-vereine-2?" in (await editor.post("/knowledge/new", **GOOD)).headers["Location"]
    response = await editor.post("/knowledge/new", **{**GOOD, "id": "halle.geld-fuer-vereine"})
    assert response.status == 422
    assert "gibt es schon" in await response.text()


async def test_the_id_is_proposed_while_typing(editor: Browser) -> None:
    response = await editor.post("/knowledge/new/proposal", **GOOD)
    assert "halle.geld-fuer-vereine" in await response.text()
    assert "Vorschlag" not in await (await editor.post("/knowledge/new/proposal", **{**GOOD, "title.de": "؟"})).text()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title.de": ""}, "mindestens eines"),
        ({"title.de": "x" * 41}, "Der Titel hat 41 Zeichen"),
        ({"title.de": "؟؟"}, "kleine Buchstaben"),
        ({"topic": "weather"}, "Thema"),
        ({"municipality": "paris"}, "Diese Stadt gibt es hier nicht"),
        ({"id": "Halle Geld"}, "kleine Buchstaben"),
        ({"id": "h" * 49}, "höchstens 48"),
        ({"id": "../x"}, "kleine Buchstaben"),
        ({"id": "new"}, "gibt es schon"),
        ({"id": "wiesbaden.wir-amounts"}, "gibt es schon"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_comes_back(editor: Browser, changed: dict[str, Any], said: str) -> None:
    response = await editor.post("/knowledge/new", **{**GOOD, **changed})
    page = unescape(await response.text())
    assert response.status == 422
    assert said in page
    assert f'value="{ {**GOOD, **changed}["title.de"] }"' in page


async def test_a_new_entry_that_is_discarded_is_gone(knowledge_desk: Desk, editor: Browser) -> None:
    await editor.post("/knowledge/new", **GOOD)
    path = "/knowledge/entry/halle.geld-fuer-vereine"
    response = await editor.post(f"{path}/discard", version=await shown_version(editor, path))
    assert response.headers["Location"] == "/console/knowledge?done=entry-discarded"
    assert (await editor.get("/knowledge/entry/halle.geld-fuer-vereine")).status == 404
