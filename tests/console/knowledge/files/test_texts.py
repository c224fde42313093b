"""Texts go to translators and come back: looked at, then taken as drafts, all or none."""

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from translate.storage.xliff import xlifffile

from bot.adapters.translations.xlsx import ENTRY as ID
from bot.adapters.translations.xlsx import FIELD, GERMAN, TRANSLATION, Xlsx
from bot.domain.knowledge_drafts import DraftState
from bot.domain.staff import Role
from bot.services.desk.knowledge.exchanged_files import UPLOAD_BYTES
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.files.sending import confirm, send
from tests.console.knowledge.steps import ENTRY, accepted, draft_of, edit
from tests.fakes.world import real_items

CONTENT = next(item.content for item in real_items() if item.id == ENTRY)
FRENCH = CONTENT["answers"]["fr"]
TEXTS = "/knowledge/files/texts"


async def sheet_of(browser: Browser, **query: str) -> Any:
    """An exported workbook, open."""
    response = await browser.get(TEXTS, params={"language": "fr", "scope": "all", **query})
    assert response.status == 200
    return openpyxl.load_workbook(io.BytesIO(await response.read()))


def rows(book: Any) -> Iterator[tuple[Any, ...]]:
    """Its cells below the head."""
    return iter(book.worksheets[0].iter_rows(min_row=2))


def filled(book: Any, **texts: str) -> bytes:
    """The workbook with other translations of our entry; everything else as it is."""
    for row in rows(book):
        if row[ID].value == ENTRY and row[FIELD].value in texts:
            row[TRANSLATION].value = texts[row[FIELD].value]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


async def test_the_texts_of_a_language_are_fetched_by_topic_and_city(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    entries = {row[ID].value for row in rows(await sheet_of(editor, city="dresden"))}
    assert entries == {
        item.id
        for item in real_items()
        if item.kind == "entry" and item.content["municipality"] == "dresden" and item.content["audience"] == "public"
    }
    response = await editor.get(TEXTS, params={"language": "fr", "scope": "open"})
    assert response.headers["Location"] == "/console/knowledge/files?done=no-texts"
    response = await editor.get(TEXTS, params={"language": "fr", "scope": "all"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="wegweiser-fr-2026-11-20.xlsx"'
    for query in ({"language": "de"}, {"language": "xx"}, {"language": "fr", "format": "exe"}, {}):
        assert (await editor.get(TEXTS, params=query)).status == 404


async def test_an_outdated_translation_goes_out_comes_back_and_waits_for_review(knowledge_desk: Desk) -> None:
    editor, second = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await edit(knowledge_desk, editor, title={"de": "Dresden: Der Plan"})
    await editor.post(f"/knowledge/review/entry/{ENTRY}/submit", version=draft.version)
    await second.post(f"/knowledge/review/entry/{ENTRY}/accept", version=draft.version + 1)
    book = await sheet_of(editor, scope="open")
    assert next((row[ID].value, row[FIELD].value, row[GERMAN].value) for row in rows(book)) == (ENTRY, "title", "Dresden: Der Plan")
    page = await (await send(editor, TEXTS, filled(book, title="Dresde : le <plan>"))).text()
    assert "Dresde : le &lt;plan&gt;" in page
    assert "1 Änderung kann übernommen werden." in page
    assert await draft_of(knowledge_desk) is None
    response = await confirm(editor, page)
    assert (response.status, response.headers["Location"]) == (303, "/console/knowledge/review?done=texts-submitted")
    saved = await draft_of(knowledge_desk)
    assert saved is not None
    assert (saved.state, saved.content["title"]["fr"]) == (DraftState.IN_REVIEW, "Dresde : le <plan>")
    assert (saved.content["translations"]["fr"], saved.content["translations"]["ar"]) == ("current", "outdated")
    assert (await accepted(knowledge_desk)).content["title"]["fr"] == CONTENT["title"]["fr"]


async def test_xliff_comes_back_the_same_way_and_may_wait_as_a_draft(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    response = await editor.get(TEXTS, params={"language": "ar", "scope": "all", "format": "xlf", "city": "dresden"})
    store = xlifffile.parsestring(await response.read())
    answer = CONTENT["answers"]["ar"]
    for unit in store.units:
        if unit.xmlelement.get("id") == f"{ENTRY}/answer":
            unit.target = answer.replace("\n", "\n\n", 1) + "\n"
    page = await (await send(editor, TEXTS, bytes(store), "ar.xlf")).text()
    assert 'dir="rtl"' in page
    response = await confirm(editor, page, submits="")
    assert response.headers["Location"] == "/console/knowledge/review?done=texts-saved"
    saved = await draft_of(knowledge_desk)
    assert saved is not None
    assert (saved.state, saved.content["answers"]["ar"]) == (DraftState.DRAFT, answer.replace("\n", "\n\n", 1).rstrip() + "\n")


def without_facts(book: Any) -> None:
    next(row for row in rows(book) if row[ID].value == ENTRY and row[FIELD].value == "answer")[TRANSLATION].value = "Rien."


def too_long(book: Any) -> None:
    next(row for row in rows(book) if row[ID].value == ENTRY and row[FIELD].value == "title")[TRANSLATION].value = "x" * 41


def script(book: Any) -> None:
    row = next(row for row in rows(book) if row[ID].value == ENTRY and row[FIELD].value == "answer")
    row[TRANSLATION].value = FRENCH + "\n\n<script>alert(1)</script>"


def another_id(book: Any) -> None:
    row = next(row for row in rows(book) if row[ID].value == ENTRY)
    row[ID].value, row[TRANSLATION].value = "no.such", "Plan"


def another_german(book: Any) -> None:
    row = next(row for row in rows(book) if row[ID].value == ENTRY and row[FIELD].value == "title")
    row[TRANSLATION + 3].value, row[TRANSLATION].value = "0" * 16, "Plan"


def formula(book: Any) -> None:
    next(row for row in rows(book) if row[ID].value == ENTRY)[TRANSLATION].value = '=WEBSERVICE("https://evil.example")'


def twice(book: Any) -> None:
    row = next(row for row in rows(book) if row[ID].value == ENTRY and row[FIELD].value == "title")
    row[TRANSLATION].value = "Plan"
    book.worksheets[0].append([cell.value for cell in row])


@pytest.mark.parametrize(
    ("spoil", "sentence", "valid"),
    [
        (without_facts, "Rien.", 0),
        (too_long, "länger als 40 Zeichen", 0),
        (script, "&lt;script&gt;", 0),
        (another_id, "Diesen Eintrag gibt es nicht", 0),
        (another_german, "hat sich seit dem Export geändert", 0),
        (formula, "eine Formel", 0),
        (twice, "zweimal", 1),
    ],
)
async def test_what_is_wrong_is_named_with_its_row_and_not_taken(knowledge_desk: Desk, spoil: Any, sentence: str, valid: int) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    book = await sheet_of(editor, city="dresden")
    spoil(book)
    page = await (await send(editor, TEXTS, filled(book))).text()
    assert "Das geht so nicht" in page
    assert sentence in page
    assert re.search(r"Zeile \d+", page)
    assert "<script>alert" not in page
    assert ("Als Entwürfe übernehmen" in page) == bool(valid)
    assert await draft_of(knowledge_desk) is None


async def test_a_wrong_row_does_not_hinder_a_good_one(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    book = await sheet_of(editor, city="dresden")
    page = await (await send(editor, TEXTS, filled(book, title="Le plan", answer="Rien."))).text()
    assert "1 Änderung kann übernommen werden. 1 geht so nicht." in " ".join(page.split())
    assert (await confirm(editor, page)).status == 303
    saved = await draft_of(knowledge_desk)
    assert saved is not None
    assert (saved.content["title"]["fr"], saved.content["answers"]["fr"]) == ("Le plan", FRENCH)


async def test_nothing_is_saved_when_something_changed_since_the_preview(knowledge_desk: Desk) -> None:
    editor, other = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    book = await sheet_of(editor, city="dresden")
    for row in rows(book):
        if row[FIELD].value == "title":
            row[TRANSLATION].value = f"T {row[ID].value}"[:40]
    page = await (await send(editor, TEXTS, filled(book))).text()
    before = await edit(knowledge_desk, other, title={"fr": "Autrement"})
    response = await confirm(editor, page)
    assert response.status == 409
    again = await response.text()
    assert "Es wurde nichts gespeichert" in again
    assert "wird gerade hier bearbeitet" in again
    async with knowledge_desk.database.unit_of_work() as work:
        assert await work.drafts.all() == [before]
    assert (await confirm(editor, again)).status == 303
    async with knowledge_desk.database.unit_of_work() as work:
        drafts = await work.drafts.all()
    assert len(drafts) > 3
    assert await draft_of(knowledge_desk) == before


async def test_a_draft_that_changes_something_else_takes_the_translation_and_is_not_submitted(knowledge_desk: Desk) -> None:
    editor, other = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await edit(knowledge_desk, other, title={"en": "Still writing"})
    page = await (await send(editor, TEXTS, filled(await sheet_of(editor), title="Le plan"))).text()
    response = await confirm(editor, page)
    assert response.headers["Location"] == "/console/knowledge/review?done=texts-saved"
    saved = await draft_of(knowledge_desk)
    assert saved is not None
    assert (saved.content["title"]["en"], saved.content["title"]["fr"]) == ("Still writing", "Le plan")
    assert (saved.state, len(saved.authors)) == (DraftState.DRAFT, 2)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ist leer"),
        (b"ID,Feld\n", "kann hier nicht gelesen werden"),
        (b"%PDF-1.7", "kann hier nicht gelesen werden"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500, "Passwort"),
        (b"<!DOCTYPE xliff [<!ENTITY a 'b'>]><xliff version='1.2'>&a;</xliff>", "schaden"),
        (Xlsx().write([])[:300], "beschädigt"),
    ],
)
async def test_another_kind_of_file_is_refused_with_a_sentence(knowledge_desk: Desk, content: bytes, sentence: str) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    response = await send(editor, TEXTS, content)
    assert response.status == 422
    assert sentence in await response.text()


async def test_20_mb_are_too_much(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    for size in (UPLOAD_BYTES + 1, 20 * 1024 * 1024):
        response = await send(editor, TEXTS, b"P" * size)
        assert response.status in (413, 422)
        assert "zu groß" in await response.text()


async def test_a_preview_that_somebody_meddled_with_saves_nothing(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    page = await (await send(editor, TEXTS, filled(await sheet_of(editor), title="Le plan"))).text()
    assert (await confirm(editor, page, carried="%%%")).status == 400
    assert (await confirm(editor, page, carried="")).status == 422
    assert (await confirm(editor, page, fingerprint="other")).status == 409
    assert await draft_of(knowledge_desk) is None
