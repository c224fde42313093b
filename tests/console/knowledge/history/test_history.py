"""How an item was before, what differs, and the way back."""

from bot.domain.knowledge_drafts import Cause, DraftState
from bot.domain.languages import Language
from bot.domain.learned_phrasings import OUT_OF_SCOPE, loose_phrasing
from bot.domain.staff import Role
from bot.services.import_knowledge import import_knowledge
from bot.services.stored_knowledge import KnowledgeItem
from tests.console.conftest import Desk
from tests.console.knowledge.steps import ENTRY, accepted, author, change, draft_of, edit
from tests.fakes.world import real_items

PAGE = f"/knowledge/entry/{ENTRY}/history"
TITLE = next(item.content["title"]["de"] for item in real_items() if item.id == ENTRY)


async def versions(desk: Desk, id_: str = ENTRY, kind: str = "entry"):
    async with desk.database.unit_of_work() as work:
        return await work.item_versions.of_item(kind, id_)


async def test_what_was_never_changed_has_one_version(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    page = await editor.read(PAGE)
    assert "So stand es zuerst in den Dateien." in page
    assert "Bisher gibt es nur diese eine Fassung." in page
    for path in ("/knowledge/contact/ads/history", "/knowledge/municipality/halle/history"):
        assert "Fassung 1" in await editor.read(path)


async def test_versions_tell_who_when_and_why(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, title={"de": "Dresden: Zwei"})
    await change(knowledge_desk, reader, writer, title={"fr": "Dresde : trois"})
    page = await reader.read(PAGE)
    assert page.index("Fassung 3, übersetzt") < page.rindex("Fassung 2, bearbeitet") < page.rindex("Fassung 1, aus den Dateien")
    assert f"Geschrieben von {author(writer).name}" in page
    assert f"Angenommen von {author(reader).name}" in page


async def test_any_two_versions_are_compared(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, title={"de": "Dresden: Zwei"})
    await change(knowledge_desk, writer, reader, title={"fr": "Dresde : trois"})
    assert "trois</ins>" in await reader.read(PAGE)
    second = await reader.read(f"{PAGE}?from=1&to=2")
    assert "Zwei</ins>" in second
    assert "trois" not in second
    both = await reader.read(f"{PAGE}?from=1&to=3")
    assert "Zwei</ins>" in both
    assert "trois</ins>" in both
    assert "Die beiden Fassungen sind gleich." in await reader.read(f"{PAGE}?from=2&to=2")
    for odd in ("from=x&to=-1", "from=99999999999&to=99", "from=²&to=", "from=7&to=0"):
        assert (await reader.get(f"{PAGE}?{odd}")).status == 200


async def test_an_older_version_is_taken_up_as_a_draft_and_reviewed(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, title={"de": "Dresden: Zwei"})
    first = (await versions(knowledge_desk))[-1]
    response = await writer.post(f"/knowledge/entry/{ENTRY}/restore", number=first.number)
    assert response.headers["Location"].startswith(f"/console/knowledge/review/entry/{ENTRY}?")
    draft = await draft_of(knowledge_desk)
    assert (draft.state, draft.content["title"]["de"], draft.authors) == (DraftState.DRAFT, TITLE, (author(writer).id,))
    assert (await accepted(knowledge_desk)).content["title"]["de"] == "Dresden: Zwei"
    again = await writer.post(f"/knowledge/entry/{ENTRY}/restore", number=first.number)
    assert again.status == 409
    assert "Hieran arbeitet schon jemand" in await again.text()
    review = f"/knowledge/review/entry/{ENTRY}"
    assert (await writer.post(f"{review}/submit", version=draft.version)).status == 303
    assert (await reader.post(f"{review}/accept", version=draft.version + 1)).status == 303
    newest = (await versions(knowledge_desk))[0]
    assert (newest.cause, newest.content_hash) == (Cause.RESTORED, first.content_hash)


async def test_only_versions_of_this_very_item_are_restored(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, title={"de": "Dresden: Zwei"})
    number = (await versions(knowledge_desk))[0].number
    for fields in ({"number": number}, {"number": "x"}, {}):
        assert (await writer.post("/knowledge/entry/dresden.goals/restore", **fields)).status == 404
    assert await draft_of(knowledge_desk, "dresden.goals") is None


async def test_an_entry_is_retired_and_brought_back_by_two(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    review = f"/knowledge/review/entry/{ENTRY}"
    for step, cause, state in (("retire", Cause.RETIRED, "retired"), ("bring-back", Cause.RESTORED, "published")):
        assert (await writer.post(f"/knowledge/entry/{ENTRY}/{step}")).status == 303
        number = (await draft_of(knowledge_desk)).version
        assert (await writer.post(f"{review}/submit", version=number)).status == 303
        assert (await writer.post(f"{review}/accept", version=number + 1)).status == 422
        assert ("verlässt der Eintrag das Wissen" in await reader.read(review)) == (state == "retired")
        assert (await reader.post(f"{review}/accept", version=number + 1)).status == 303
        item = await accepted(knowledge_desk)
        assert item.content["state"] == state
        assert (ENTRY in knowledge_desk.ports.knowledge.build([item]).entries) == (state == "published")
        assert (await versions(knowledge_desk))[0].cause is cause
        assert (await writer.post(f"/knowledge/entry/{ENTRY}/{step}")).status == 422


async def test_retiring_shows_what_still_refers_to_it(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, "dresden.goals", related=[ENTRY])
    await writer.post(f"/knowledge/entry/{ENTRY}/retire")
    page = await reader.read(f"/knowledge/review/entry/{ENTRY}")
    assert "Darauf verweisen noch:" in page
    assert "/console/knowledge/entry/dresden.goals" in page


async def test_a_phrasing_learned_by_mistake_is_retired_too(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    content = loose_phrasing(OUT_OF_SCOPE["near"], Language("de"), "was kostet ein angelschein in halle")
    learned, path = KnowledgeItem(kind="phrasing", id=content["id"], content=content, imported_hash="", content_hash="h"), content["id"]
    async with knowledge_desk.database.unit_of_work() as work:
        await work.knowledge_items.put(learned)
        await work.commit()
    assert "Zurückziehen" in await writer.read(f"/knowledge/phrasing/{path}/history")
    assert (await writer.post(f"/knowledge/phrasing/{path}/retire")).status == 303
    number = (await draft_of(knowledge_desk, path, "phrasing")).version
    assert (await writer.post(f"/knowledge/review/phrasing/{path}/submit", version=number)).status == 303
    assert (await reader.post(f"/knowledge/review/phrasing/{path}/accept", version=number + 1)).status == 303
    assert knowledge_desk.ports.knowledge.build([await accepted(knowledge_desk, path, "phrasing")]).phrasings == ()


async def test_only_what_can_leave_is_retired(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    for path in ("/knowledge/municipality/halle", "/knowledge/source/agg", "/knowledge/entry/nothing"):
        assert (await editor.post(f"{path}/retire")).status == 404
    await edit(knowledge_desk, editor, title={"de": "Dresden: Zwei"})
    assert (await editor.post(f"/knowledge/entry/{ENTRY}/retire")).status == 409


async def test_what_an_import_replaced_or_deleted_can_be_taken_up_again(knowledge_desk: Desk) -> None:
    editor = await knowledge_desk.meet(Role.EDITOR)
    await import_knowledge([item for item in real_items() if item.id != "ads"], knowledge_desk.database.unit_of_work)
    assert await accepted(knowledge_desk, "ads", "contact") is None
    page = await editor.read("/knowledge/contact/ads/history")
    assert "Das gibt es im Wissen nicht mehr." in page
    (only,) = await versions(knowledge_desk, "ads", "contact")
    assert (await editor.post("/knowledge/contact/ads/restore", number=only.number)).status == 303
    assert (await draft_of(knowledge_desk, "ads", "contact")).base_hash == ""
