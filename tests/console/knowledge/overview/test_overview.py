"""The overview says how every entry stands in every language, and finds what needs somebody."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from bot.domain.knowledge_drafts import Draft, DraftState
from bot.domain.languages import Language
from bot.domain.questions import QuestionKind, UnansweredQuestion
from bot.domain.staff import Role, StaffId
from bot.domain.usage import Happening, UsageKind
from bot.services.stored_knowledge import KnowledgeItem
from tests.console.conftest import Browser, Desk
from tests.fakes.world import MORNING, real_items

ENTRIES = [item for item in real_items() if item.kind == "entry"]
PUBLIC = next(item for item in ENTRIES if item.content["audience"] == "public")
STAFF = next(item for item in ENTRIES if item.content["audience"] == "staff")
TODAY = MORNING.date()
HEADS = ("DE", "einf.", "EN", "AR", "TR", "UK", "RU", "FA", "FR", "PL", "RO", "VI", "ES")


@pytest.fixture
async def editor(knowledge_desk: Desk) -> Browser:
    return await knowledge_desk.meet(Role.EDITOR)


async def change(desk: Desk, id_: str, **fields: Any) -> None:
    """Change an accepted entry behind the desk's back."""
    async with desk.database.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", id_)
        content = {**item.content, **fields}
        await work.knowledge_items.put(replace(item, content=content, content_hash=desk.ports.knowledge.hash_content(content)))
        await work.commit()


async def draft(desk: Desk, id_: str, content: Mapping[str, object], state: DraftState) -> None:
    made = Draft(
        kind="entry", id=id_, content=content, base_hash="", state=state, authors=(StaffId("z"),), saved_by=StaffId("z"), saved_at=MORNING
    )
    async with desk.database.unit_of_work() as work:
        await work.drafts.save(made)
        await work.commit()


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each entry in words, by id."""
    found = {}
    for row in parts(page.partition("<tbody>")[2], "tr"):
        [id_] = re.findall(r'data-row href="/console/knowledge/entry/([^"]+)"', row)
        found[id_] = [text_of(cell) for cell in parts(row, "t[hd]")]
    return found


def shown_states(page: str, id_: str) -> dict[str, str]:
    """How an entry stands in each language, by the heads of the columns."""
    heads = [text_of(re.sub(r'<span class="hidden">.*?</span>', "", head)) for head in parts(page.partition("<tbody>")[0], "th")]
    return dict(list(zip(heads, rows(page)[id_], strict=True))[1:-2])


def parts(page: str, tag: str) -> list[str]:
    """The elements of a kind that never holds itself."""
    return re.findall(rf"<{tag}\b.*?</{tag}>", page, re.DOTALL)


def text_of(piece: str) -> str:
    """What a reader of the screen gets."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", piece)).split())


async def listed(editor: Browser, query: str) -> set[str]:
    """The ids of all entries on all pages of a filter."""
    ids: set[str] = set()
    for page in range(1, 100):
        text = await editor.read(f"/knowledge?{query}&page={page}")
        ids |= set(rows(text))
        if 'rel="next"' not in text:
            return ids
    raise AssertionError


async def test_every_entry_is_there_once_in_every_language(editor: Browser) -> None:
    assert await listed(editor, "") == {item.id for item in ENTRIES}
    page = await editor.read(f"/knowledge?q={PUBLIC.id}")
    assert shown_states(page, PUBLIC.id) == dict.fromkeys(HEADS, "✓aktuell")
    assert PUBLIC.content["title"]["de"] in rows(page)[PUBLIC.id][0]


async def test_entries_for_staff_need_german_and_english_only(editor: Browser) -> None:
    needed = shown_states(await editor.read(f"/knowledge?q={STAFF.id}"), STAFF.id)
    assert needed == dict.fromkeys(HEADS, "nicht nötig") | {"DE": "✓aktuell", "EN": "✓aktuell"}


async def test_missing_in_turkish_is_found(knowledge_desk: Desk, editor: Browser) -> None:
    answers = {code: text for code, text in PUBLIC.content["answers"].items() if code != "tr"}
    await change(knowledge_desk, PUBLIC.id, answers=answers)
    assert await listed(editor, "spoken=tr&translation=missing") == {PUBLIC.id}
    assert await listed(editor, "spoken=tr") == {PUBLIC.id}
    assert await listed(editor, "translation=missing") == {PUBLIC.id}
    assert await listed(editor, "spoken=pl&translation=missing") == set()
    page = await editor.read("/knowledge?spoken=tr&translation=missing")
    assert shown_states(page, PUBLIC.id)["TR"] == "✕fehlt"
    assert f'href="/console/knowledge/entry/{PUBLIC.id}?translation=tr"' in page


async def test_outdated_and_machine_made_translations_show(knowledge_desk: Desk, editor: Browser) -> None:
    states = {**PUBLIC.content["translations"], "ar": "outdated", "vi": "machine-made-unreviewed"}
    await change(knowledge_desk, PUBLIC.id, translations=states)
    shown = shown_states(await editor.read(f"/knowledge?q={PUBLIC.id}"), PUBLIC.id)
    assert (shown["AR"], shown["VI"], shown["DE"]) == ("!veraltet", "Mmaschinell übersetzt, ungeprüft", "✓aktuell")
    assert await listed(editor, "translation=outdated") == {PUBLIC.id}


async def test_drafts_are_marked_and_what_waits_for_review_shows_in_its_language(knowledge_desk: Desk, editor: Browser) -> None:
    answers = {**PUBLIC.content["answers"], "fr": "Une autre réponse."}
    await draft(knowledge_desk, PUBLIC.id, {**PUBLIC.content, "answers": answers}, DraftState.IN_REVIEW)
    await draft(knowledge_desk, STAFF.id, STAFF.content, DraftState.DRAFT)
    await draft(knowledge_desk, "brand.new", {"id": "brand.new", "title": {"de": "Ganz neu"}, "topic": "contacts"}, DraftState.DRAFT)
    assert await listed(editor, "stage=in-review") == {PUBLIC.id}
    assert await listed(editor, "stage=draft") == {STAFF.id, "brand.new"}
    page = await editor.read(f"/knowledge?q={PUBLIC.id}")
    assert "in Prüfung" in rows(page)[PUBLIC.id][0]
    assert shown_states(page, PUBLIC.id) == dict.fromkeys(HEADS, "✓aktuell") | {"FR": "…in Prüfung"}
    page = await editor.read("/knowledge?q=ganz+neu")
    assert "neuin Arbeit" in rows(page)["brand.new"][0]
    assert shown_states(page, "brand.new") == dict.fromkeys(HEADS, "✕fehlt")


async def test_retired_entries_are_hidden_unless_asked_for(knowledge_desk: Desk, editor: Browser) -> None:
    await change(knowledge_desk, PUBLIC.id, state="retired")
    assert await listed(editor, "") == {item.id for item in ENTRIES} - {PUBLIC.id}
    assert await listed(editor, "stage=retired") == {PUBLIC.id}


async def test_what_is_overdue_is_listed_and_found(knowledge_desk: Desk, editor: Browser) -> None:
    knowledge_desk.world.clock.now = MORNING.replace(year=2026, month=1)
    await change(knowledge_desk, PUBLIC.id, review_after="2025-12-31")
    await change(knowledge_desk, STAFF.id, review_after="2026-02-01")
    assert await listed(editor, "freshness=overdue") == {PUBLIC.id}
    assert STAFF.id in await listed(editor, "freshness=due-soon")
    page = await editor.read("/knowledge")
    overdue = text_of(parts(page, "details")[0])
    assert PUBLIC.content["title"]["de"] in overdue
    assert "31.12.2025" in overdue


@pytest.mark.parametrize("word", [PUBLIC.id, PUBLIC.content["title"]["tr"].upper(), PUBLIC.content["title"]["ar"]])
async def test_titles_of_all_languages_and_ids_are_searched(editor: Browser, word: str) -> None:
    response = await editor.get("/knowledge", params={"q": word})
    assert PUBLIC.id in rows(await response.text())


async def test_topic_and_city_narrow_the_list(editor: Browser) -> None:
    wanted = {item.id for item in ENTRIES if item.content["topic"] == "city-papers" and item.content["municipality"] == "halle"}
    assert wanted
    assert await listed(editor, "topic=city-papers&city=halle") == wanted
    assert await listed(editor, "city=none") == {item.id for item in ENTRIES if item.content["municipality"] == "none"}


async def test_somebody_looks_after_an_entry(knowledge_desk: Desk, editor: Browser) -> None:
    assert editor.member
    other = await knowledge_desk.meet(Role.CASEWORKER)
    path = f"/knowledge/entry/{PUBLIC.id}/owner"
    form = await editor.read(path)
    assert editor.member.name in form
    assert other.member
    assert f'value="{other.member.id}"' not in form
    answer = await editor.post(path, owner=editor.member.id, back="topic=contacts&q=x&evil=1")
    assert (answer.status, answer.headers["Location"]) == (303, "/console/knowledge?done=owner-set&q=x&topic=contacts")
    assert await listed(editor, f"owner={editor.member.id}") == {PUBLIC.id}
    assert PUBLIC.id not in await listed(editor, "owner=nobody")
    assert editor.member.name in rows(await editor.read(f"/knowledge?q={PUBLIC.id}"))[PUBLIC.id][-1]
    await editor.post(path, owner="")
    assert await listed(editor, f"owner={editor.member.id}") == set()


@pytest.mark.parametrize("path", ["/knowledge/entry/nothing/owner", "/knowledge/nothing/bot.privacy/owner"])
async def test_nobody_looks_after_what_is_not_there(editor: Browser, path: str) -> None:
    assert editor.member
    assert (await editor.get(path)).status == 404
    assert (await editor.post(path, owner=editor.member.id)).status == 404


async def test_only_who_may_edit_looks_after_an_entry(knowledge_desk: Desk, editor: Browser) -> None:
    caseworker = await knowledge_desk.meet(Role.CASEWORKER)
    assert caseworker.member
    assert (await editor.post(f"/knowledge/entry/{PUBLIC.id}/owner", owner=caseworker.member.id)).status == 404


async def test_what_nobody_asks_is_listed_once_something_was_counted(knowledge_desk: Desk, editor: Browser) -> None:
    assert "Noch wurde nichts gezählt" in await editor.read("/knowledge")
    seen = Happening(TODAY, UsageKind.SHOWN, PUBLIC.id, "de", "halle")
    long_ago = seen._replace(day=TODAY - timedelta(days=91), entry=STAFF.id)
    async with knowledge_desk.database.unit_of_work() as work:
        await work.usage.add({seen: 1, long_ago: 7})
        await work.commit()
    live = set(knowledge_desk.world.ports.published.knowledge.entries)
    assert STAFF.id in live
    assert await listed(editor, "stage=never-asked") == live - {PUBLIC.id}
    assert "Seit dem 22.08.2026" in await editor.read("/knowledge")


async def test_questions_without_an_answer_are_counted_by_language(knowledge_desk: Desk, editor: Browser) -> None:
    question = UnansweredQuestion(
        kind=QuestionKind.UNANSWERED, text="?", language=Language("tr"), municipality=None, entries=(), asked_on=TODAY
    )
    async with knowledge_desk.database.unit_of_work() as work:
        for _ in range(3):
            await work.unanswered_questions.add(question)
        await work.unanswered_questions.add(replace(question, language=Language("fa")))
        await work.commit()
    box = parts(await editor.read("/knowledge"), "details")[2]
    assert text_of(box) == "Fragen ohne gute Antwort 4 Türkisch 3Persisch 1 Fragen ansehen"
    assert 'href="/console/knowledge/questions"' in box


@pytest.mark.parametrize(
    "query", ["topic=nothing", "spoken=xx", "translation=odd", "stage=odd", "freshness=odd", "page=0", "page=x", "page=99999999"]
)
async def test_what_an_address_invents_is_as_if_not_asked(editor: Browser, query: str) -> None:
    assert len(rows(await editor.read(f"/knowledge?{query}"))) > 20


async def test_words_of_an_address_and_of_an_entry_are_written_as_text(knowledge_desk: Desk, editor: Browser) -> None:
    await change(knowledge_desk, PUBLIC.id, title={"de": "<script>alert(1)</script>"}, municipality="<b>")
    page = await (await editor.get("/knowledge", params={"q": "script"})).text()
    assert "<script>alert" not in page
    assert "<script>alert(1)</script>" in unescape(page)


async def test_half_written_drafts_do_no_harm(knowledge_desk: Desk, editor: Browser) -> None:
    for number, content in enumerate(broken()):
        await draft(knowledge_desk, f"broken.{number}", content, DraftState.IN_REVIEW)
    assert len(await listed(editor, "q=broken")) == len(list(broken()))


def broken() -> Iterator[Mapping[str, object]]:
    """What an import or an unfinished form may hold."""
    yield {}
    yield {"title": "no mapping", "answers": [1], "translations": None, "review_after": "soon"}
    yield {"title": {"de": None}, "answers": {"de": 7}, "topic": 5, "municipality": None}
    yield {"title": {"xx": "?"}, "translations": {"de": "odd"}, "questions": "x"}


def items_of(kind: str) -> list[KnowledgeItem]:
    return [item for item in real_items() if item.kind == kind]


async def test_contacts_programmes_and_sources_have_a_line(editor: Browser) -> None:
    counts = [len(items_of(kind)) for kind in ("contact", "programme", "source")]
    assert "Kontakte ({}), Förderprogramme ({}), Quellen ({})".format(*counts) in await editor.read("/knowledge")
