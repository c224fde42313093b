"""What differs from the shipped files is shown, and somebody decides about it."""

from dataclasses import replace

from bot.domain.staff import Role
from bot.services.import_knowledge import Imported, import_knowledge
from bot.services.stored_knowledge import KnowledgeItem
from tests.console.conftest import Desk
from tests.console.knowledge.steps import ENTRY, accepted, draft_of
from tests.fakes.world import real_items

FILE = next(item for item in real_items() if item.id == ENTRY)
PAGE = f"/knowledge/files/difference/entry/{ENTRY}"


async def set_stored(desk: Desk, *, imported: str | None = None, **changes: object) -> KnowledgeItem:
    """Make the database's item differ; `imported` is the hash of the file that came in last."""
    item = await accepted(desk)
    content = {**item.content, **changes}
    hash_ = desk.ports.knowledge.hash_content(content)
    item = replace(item, content=content, content_hash=hash_, imported_hash=item.imported_hash if imported is None else imported or hash_)
    async with desk.database.unit_of_work() as work:
        await work.knowledge_items.put(item)
        await work.commit()
    return item


async def start_again(desk: Desk) -> Imported:
    """What happens to the files at every start."""
    return await import_knowledge(real_items(), desk.database.unit_of_work)


async def test_nothing_differs_after_an_import(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    assert "sind gleich" in await editor.read("/knowledge/files")
    assert (await editor.get(PAGE)).status == 404
    assert (await editor.get("/knowledge/files/difference/entry/none")).status == 404


async def test_what_both_sides_changed_is_shown_side_by_side_and_the_file_becomes_a_draft(knowledge_desk: Desk) -> None:
    ours = await set_stored(knowledge_desk, imported="older file", title={**FILE.content["title"], "de": "Unser <Titel>"})
    editor, second = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    page = await editor.read("/knowledge/files")
    assert "Bitte entscheiden" in page
    assert "Unser &lt;Titel&gt;" in page
    assert "auf beiden Seiten geändert" in page
    page = await editor.read(PAGE)
    assert "In der Datei" in page
    assert "Unser" in page
    assert FILE.content["title"]["de"].split()[0] in page
    response = await editor.post(f"{PAGE}/take", hash=FILE.hash)
    assert (response.status, response.headers["Location"]) == (303, f"/console/knowledge/review/entry/{ENTRY}?done=file-taken")
    draft = await draft_of(knowledge_desk)
    assert draft is not None
    assert draft.content == FILE.content
    assert await accepted(knowledge_desk) == ours
    page = await editor.read(PAGE)
    assert "schon einen Entwurf" in page
    assert f"{PAGE}/take" not in page
    assert (await editor.post(f"{PAGE}/take", hash=FILE.hash)).status == 409
    submitted = await editor.post(f"/knowledge/review/entry/{ENTRY}/submit", version=draft.version)
    assert submitted.status == 303
    assert (await second.post(f"/knowledge/review/entry/{ENTRY}/accept", version=draft.version + 1)).status == 303
    assert (await accepted(knowledge_desk)).content_hash == FILE.hash
    assert "sind gleich" in await editor.read("/knowledge/files")
    assert (await start_again(knowledge_desk)).kept == ()
    assert (await accepted(knowledge_desk)).imported_hash == FILE.hash


async def test_keeping_ours_ends_the_question_until_the_file_changes(knowledge_desk: Desk) -> None:
    ours = await set_stored(knowledge_desk, imported="older file", title={**FILE.content["title"], "de": "Unser Titel"})
    editor = await knowledge_desk.meet(Role.EDITOR)
    assert (await start_again(knowledge_desk)).kept == (f"entry {ENTRY}",)
    assert (await editor.post(f"{PAGE}/keep", hash="another file")).status == 409
    response = await editor.post(f"{PAGE}/keep", hash=FILE.hash)
    assert response.headers["Location"] == "/console/knowledge/files?done=ours-kept"
    page = await editor.read("/knowledge/files")
    assert "Bitte entscheiden" not in page
    assert "hier geändert" in page
    assert f"{PAGE}/keep" not in await editor.read(PAGE)
    done = await start_again(knowledge_desk)
    assert (done.kept, done.updated) == ((), ())
    assert (await accepted(knowledge_desk)).content == ours.content
    newer = replace(FILE, content={**FILE.content, "as_of": "2026-01-01"})
    done = await import_knowledge([item if item.id != ENTRY else newer for item in real_items()], knowledge_desk.database.unit_of_work)
    assert done.kept == (f"entry {ENTRY}",)


async def test_a_changed_file_can_be_kept_out_before_it_comes_in(knowledge_desk: Desk) -> None:
    ours = await set_stored(knowledge_desk, imported="", title={**FILE.content["title"], "de": "Bisher"})
    editor = await knowledge_desk.meet(Role.EDITOR)
    assert "in der Datei geändert" in await editor.read("/knowledge/files")
    assert (await editor.post(f"{PAGE}/keep", hash=FILE.hash)).status == 303
    assert (await start_again(knowledge_desk)).updated == ()
    assert (await accepted(knowledge_desk)).content == ours.content


async def test_what_has_no_file_any_more_can_be_kept(knowledge_desk: Desk) -> None:
    item = KnowledgeItem(kind="source", id="gone", content={"id": "gone", "title": "Weg"}, imported_hash="x", content_hash="x")
    async with knowledge_desk.database.unit_of_work() as work:
        await work.knowledge_items.put(item)
        await work.commit()
    editor = await knowledge_desk.meet(Role.EDITOR)
    page = await editor.read("/knowledge/files/difference/source/gone")
    assert "difference/source/gone/take" not in page
    assert (await editor.post("/knowledge/files/difference/source/gone/take", hash="")).status == 404
    assert (await editor.post("/knowledge/files/difference/source/gone/keep", hash="")).status == 303
    assert (await start_again(knowledge_desk)).deleted == ()
    assert "nur hier" in await editor.read("/knowledge/files")


async def test_who_only_reads_cases_sees_no_files(knowledge_desk: Desk) -> None:
    caseworker = await knowledge_desk.meet(Role.CASEWORKER)
    for path in ("/knowledge/files", "/knowledge/files/knowledge.zip", "/knowledge/files/texts?language=en", PAGE):
        assert (await caseworker.get(path)).status == 403
