"""The editor of entries: what it shows, saves, refuses and gives back."""

import re
from html import unescape
from typing import Any

import pytest

from bot.domain.knowledge_drafts import Draft, DraftState
from bot.domain.staff import Role
from tests.console.conftest import Browser, Desk
from tests.fakes.world import real_items

ID = "wiesbaden.wir-amounts"
PATH = f"/knowledge/entry/{ID}"
CONTENT = next(item.content for item in real_items() if item.kind == "entry" and item.id == ID)


async def stored(desk: Desk, id_: str = ID) -> Draft | None:
    async with desk.database.unit_of_work() as work:
        return await work.drafts.find("entry", id_)


async def draft_of(desk: Desk, id_: str = ID) -> Draft:
    found = await stored(desk, id_)
    assert found is not None
    return found


async def save(browser: Browser, version: int = 0, **fields: Any) -> Any:
    return await browser.post(f"{PATH}/draft", version=str(version), language=fields.pop("language", "en"), **fields)


def marks(page: str) -> list[str]:
    return [unescape(mark) for mark in re.findall(r'name="before" value="([^"]*)"', page)]


@pytest.fixture
async def editor(knowledge_desk: Desk) -> Browser:
    return await knowledge_desk.meet(Role.EDITOR)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("tr", "ltr"), ("de-simple", "ltr")])
async def test_german_stands_beside_the_translation_in_its_direction(editor: Browser, language: str, direction: str) -> None:
    page = await editor.read(f"{PATH}?translation={language}")
    assert re.search(rf'<textarea id="answer\.{language}"[^>]*lang="{language}" dir="{direction}"', page)
    assert re.search(r'<textarea id="answer\.de"[^>]*lang="de" dir="ltr"', page)
    assert CONTENT["title"][language] in unescape(page)
    assert (f'name="phrasings.{language}"' in page) is (language != "de-simple")
    assert re.search(rf'<div class="bubble" lang="{language}" dir="{direction}">', page)


async def test_nothing_is_stored_by_looking_or_by_saving_what_is_there(knowledge_desk: Desk, editor: Browser) -> None:
    page = await editor.read(PATH)
    fields = {f"answer.{code}": CONTENT["answers"][code] for code in ("de", "en")}
    response = await save(editor, before=marks(page), **fields)
    assert response.status == 303
    assert await stored(knowledge_desk) is None


async def test_what_is_not_on_the_form_stays_as_it_was(knowledge_desk: Desk, editor: Browser) -> None:
    await save(editor, **{"title.ar": "عنوان جديد"}, language="ar")
    content = (await draft_of(knowledge_desk)).content
    assert content["title"]["ar"] == "عنوان جديد"
    assert {**content, "title": CONTENT["title"]} == CONTENT


async def test_every_field_of_the_form_is_saved(knowledge_desk: Desk, editor: Browser) -> None:
    typed = {
        "title.de": "Neuer Titel", "answer.de": "Absatz\r\n\r\nZweiter 7,5", "phrasings.de": "eins\n\n zwei ", "topic": "contacts",
        "municipality": "", "audience": "staff", "intent": "paper.costs",
        "facts": '60.000\n"2021"\n31.12.2025\nVielfalt', "as_of": "2024-05-01",
        "checked_on": "2026-11-19", "review_after": "", "state": "draft", "source": ["halle-1-11120", ""], "section": ["Kopf", ""],
        "contacts": ["", "halle.democracy-and-integration"], "programmes": [""], "related": ["halle.goals"],
    }  # fmt: skip
    await save(editor, **typed)
    content = (await draft_of(knowledge_desk)).content
    assert (content["title"]["de"], content["answers"]["de"]) == ("Neuer Titel", "Absatz\n\nZweiter 7,5\n")
    assert (content["questions"]["de"], content["facts"]) == (["eins", "zwei"], [60000, "2021", "2025-12-31", "Vielfalt"])
    assert (content["topic"], content["municipality"], content["audience"], content["intent"]) == (
        "contacts",
        "none",
        "staff",
        "paper.costs",
    )
    assert (content["as_of"], content["checked_on"], content["state"], "review_after" in content) == (
        "2024-05-01",
        "2026-11-19",
        "draft",
        False,
    )
    assert content["source"] == [{"id": "halle-1-11120", "section": "Kopf"}]
    assert (content["contacts"], content["programmes"], content["related"]) == (["halle.democracy-and-integration"], [], ["halle.goals"])


async def test_a_changed_german_text_makes_translations_outdated_unless_its_meaning_is_unchanged(
    knowledge_desk: Desk, editor: Browser
) -> None:
    german = str(CONTENT["answers"]["de"])
    await save(editor, **{"answer.de": german + "Neu."})
    states = (await draft_of(knowledge_desk)).content["translations"]
    assert states == {**dict.fromkeys(CONTENT["translations"], "outdated"), "de": "current"}
    await save(editor, await shown_version(editor), **{"answer.de": german + "Neu."}, meaning_unchanged="yes")
    assert (await draft_of(knowledge_desk)).content["translations"] == CONTENT["translations"]
    assert re.search(r'name="meaning_unchanged"[^>]* checked', await editor.read(PATH))
    await save(editor, await shown_version(editor), **{"answer.de": german + "Neu."})
    assert (await draft_of(knowledge_desk)).content["translations"]["tr"] == "outdated"


async def test_one_translation_can_be_said_to_fit_and_an_edited_one_is_current(knowledge_desk: Desk, editor: Browser) -> None:
    await save(editor, **{"answer.de": str(CONTENT["answers"]["de"]) + "Neu."})
    await save(editor, await shown_version(editor), language="tr", still_fits="yes")
    await save(editor, await shown_version(editor), language="fa", **{"answer.fa": "تازه"})
    states = (await draft_of(knowledge_desk)).content["translations"]
    assert (states["tr"], states["fa"], states["ar"]) == ("current", "current", "outdated")
    await save(editor, await shown_version(editor), **{"answer.de": str(CONTENT["answers"]["de"]) + "Noch einmal neu."})
    states = (await draft_of(knowledge_desk)).content["translations"]
    assert (states["tr"], states["fa"]) == ("outdated", "current")


async def test_saving_by_itself_answers_with_the_time_and_the_new_version(editor: Browser) -> None:
    response = await htmx(editor, "draft", **{"title.de": "Anders"}, version="0", language="en")
    text = await response.text()
    assert response.status == 200
    assert "Gespeichert 10:30" in text
    assert f'name="version" value="{await shown_version(editor)}"' in text
    assert f'action="/console{PATH}/discard"' in text


async def test_switching_the_language_saves_first(knowledge_desk: Desk, editor: Browser) -> None:
    response = await save(editor, **{"title.de": "Anders"}, translation="fa")
    assert response.headers["Location"].endswith("translation=fa")
    assert (await draft_of(knowledge_desk)).content["title"]["de"] == "Anders"


async def test_who_has_a_draft_is_shown(knowledge_desk: Desk, editor: Browser) -> None:
    other = await knowledge_desk.meet(Role.EDITOR)
    await save(other, **{"title.de": "Anders"})
    assert other.member
    assert f"Entwurf von {other.member.name}" in await editor.read(PATH)


async def test_a_draft_is_discarded_and_the_accepted_entry_stays(knowledge_desk: Desk, editor: Browser) -> None:
    await save(editor, **{"title.de": "Anders"})
    assert (await editor.post(f"{PATH}/discard", version="7")).status == 409
    assert await stored(knowledge_desk)
    assert "data-confirm" in await editor.read(PATH)
    assert (await editor.post(f"{PATH}/discard", version=await shown_version(editor))).status == 303
    assert await stored(knowledge_desk) is None
    assert "Anders" not in await editor.read(PATH)


async def test_submitting_takes_what_was_typed_last(knowledge_desk: Desk, editor: Browser) -> None:
    response = await save(editor, **{"title.de": "Anders"}, meaning_unchanged="yes", then="submit")
    assert response.headers["Location"].startswith(f"/console/knowledge/review/entry/{ID}")
    draft = await draft_of(knowledge_desk)
    assert (draft.state, draft.content["title"]["de"]) == (DraftState.IN_REVIEW, "Anders")
    assert "wartet auf die Prüfung" in await editor.read(PATH)


async def test_a_faulty_draft_is_saved_but_not_submitted(knowledge_desk: Desk, editor: Browser) -> None:
    response = await save(editor, **{"answer.de": "Ohne Fakten."}, then="submit")
    text = unescape(await response.text())
    assert response.status == 422
    assert "noch nicht zur Prüfung gegeben" in text
    assert "In der Antwort auf Deutsch fehlt der Fakt „60000“" in text
    draft = await draft_of(knowledge_desk)
    assert (draft.state, draft.content["answers"]["de"]) == (DraftState.DRAFT, "Ohne Fakten.\n")


async def test_submitting_without_a_change_says_so(editor: Browser) -> None:
    response = await save(editor, then="submit")
    assert response.status == 422
    assert "ändert nichts" in await response.text()


@pytest.mark.parametrize("path", ["/knowledge/entry/nowhere", "/knowledge/entry/nowhere?translation=xx"])
async def test_an_unknown_entry_is_not_found(editor: Browser, path: str) -> None:
    assert (await editor.get(path)).status == 404


@pytest.mark.parametrize("what", ["draft", "preview", "discard"])
async def test_nothing_can_be_done_to_an_unknown_entry(knowledge_desk: Desk, editor: Browser, what: str) -> None:
    assert (await editor.post(f"/knowledge/entry/nowhere/{what}", version="0", **{"title.de": "x"})).status == 404
    assert await stored(knowledge_desk, "nowhere") is None


async def test_an_unknown_translation_is_english(editor: Browser) -> None:
    assert 'id="answer.en"' in await editor.read(f"{PATH}?translation=xx")


async def shown_version(browser: Browser, path: str = PATH) -> int:
    """The version of the draft, as the page carries it."""
    found = re.search(r'name="version" value="(\d+)"', await browser.read(path))
    assert found
    return int(found[1])


async def htmx(browser: Browser, what: str, **fields: Any) -> Any:
    pairs = [
        ("csrf", browser.csrf),
        *((name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])),
    ]
    headers = {"Cookie": f"__Host-wegweiser-desk={browser.token}", "Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    return await browser.client.post(f"/console{PATH}/{what}", data=pairs, headers=headers, allow_redirects=False)
