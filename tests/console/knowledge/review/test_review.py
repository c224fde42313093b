"""Two pairs of eyes: what waits, what a change does, and the decision about it."""

import asyncio
from dataclasses import replace

from bot.domain.knowledge_drafts import Cause, DraftState
from bot.domain.staff import Role
from bot.services.desk.knowledge.save_draft import save_draft
from tests.console.conftest import Desk
from tests.console.knowledge.steps import ENTRY, accepted, author, change, draft_of, edit, submitted
from tests.fakes.world import real_items

PAGE = f"/knowledge/review/entry/{ENTRY}"
ANSWERS = next(item.content["answers"] for item in real_items() if item.id == ENTRY)


async def test_one_writes_and_another_accepts(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    before = await accepted(knowledge_desk)
    draft = await edit(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    response = await writer.post(f"{PAGE}/submit", version=draft.version)
    assert (response.status, response.headers["Location"].partition("?")[0]) == (303, f"/console{PAGE}")
    page = await reader.read(PAGE)
    assert "Dresden: Der Plan" in page
    assert author(writer).name in page
    response = await reader.post(f"{PAGE}/accept", version=draft.version + 1)
    assert response.status == 303
    assert "Angenommen." in await reader.read(response.headers["Location"].removeprefix("/console"))
    after = await accepted(knowledge_desk)
    assert after.content["title"]["de"] == "Dresden: Der Plan"
    assert (after.imported_hash, after.content_hash != before.content_hash) == (before.imported_hash, True)
    assert after.content_hash == knowledge_desk.ports.knowledge.hash_content(after.content)
    assert await draft_of(knowledge_desk) is None
    async with knowledge_desk.database.unit_of_work() as work:
        newest, first = await work.item_versions.of_item("entry", ENTRY)
    assert (first.cause, first.content_hash) == (Cause.IMPORTED, before.content_hash)
    assert (newest.cause, newest.content_hash) == (Cause.EDITED, after.content_hash)
    assert (newest.authors, newest.reviewer) == ((author(writer).id,), author(reader).id)


async def test_nobody_accepts_their_own_change_and_is_told_so(knowledge_desk: Desk) -> None:
    writer, second = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.PUBLISHER)
    await edit(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    draft = await submitted(knowledge_desk, second, title={"en": "Dresden: the plan"})
    for browser in (writer, second):
        page = await browser.read(PAGE)
        assert "Annehmen muss sie jemand anderes" in page
        assert f"{PAGE}/accept" not in page
        response = await browser.post(f"{PAGE}/accept", version=draft.version)
        assert response.status == 422
        assert "Annehmen muss sie jemand anderes" in await response.text()
    assert await draft_of(knowledge_desk) == draft


async def test_sending_back_needs_a_remark(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await submitted(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    response = await reader.post(f"{PAGE}/send-back", version=draft.version, remark="  ")
    assert response.status == 422
    assert "was noch fehlt" in await response.text()
    response = await reader.post(f"{PAGE}/send-back", version=draft.version, remark="Bitte <b>genauer</b>.")
    assert response.status == 303
    back = await draft_of(knowledge_desk)
    assert (back.state, back.remark) == (DraftState.SENT_BACK, "Bitte <b>genauer</b>.")
    for path in (PAGE, "/knowledge/review"):
        assert "Bitte &lt;b&gt;genauer&lt;/b&gt;." in await writer.read(path)
    assert "An Sie zurückgegeben" in await writer.read("/knowledge/review")
    assert "An andere zurückgegeben" in await reader.read("/knowledge/review")


async def test_a_decision_on_an_older_text_is_not_taken(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await submitted(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    changed = await submitted(knowledge_desk, writer, title={"de": "Dresden: Ein anderer Plan"})
    for step, fields in (("accept", {}), ("send-back", {"remark": "Nein."}), ("submit", {}), ("rebase", {}), ("discard", {})):
        response = await reader.post(f"{PAGE}/{step}", version=draft.version, **fields)
        text = await response.text()
        assert response.status == 409, step
        assert "inzwischen geändert" in text
        assert "anderer" in text
    assert await draft_of(knowledge_desk) == changed


async def test_what_was_accepted_meanwhile_is_shown_and_kept(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, title={"fr": "Dresde : le plan"})
    draft = await submitted(knowledge_desk, writer, title={"en": "Dresden: the plan"})
    async with knowledge_desk.database.unit_of_work() as work:  # as an import does, which asks no draft
        item = await work.knowledge_items.find("entry", ENTRY)
        content = {**item.content, "title": {**item.content["title"], "fr": "Dresde"}, "related": []}
        await work.knowledge_items.put(replace(item, content=content, content_hash=knowledge_desk.ports.knowledge.hash_content(content)))
        await work.commit()
    page = await reader.read(PAGE)
    assert "Inzwischen wurde etwas anderes angenommen" in page
    assert f"{PAGE}/accept" not in page
    assert (await reader.post(f"{PAGE}/accept", version=draft.version)).status == 409
    response = await reader.post(f"{PAGE}/rebase", version=draft.version)
    assert response.status == 303
    rebased = await draft_of(knowledge_desk)
    assert (rebased.state, rebased.authors) == (DraftState.IN_REVIEW, (author(writer).id,))
    assert (rebased.content["title"]["en"], rebased.content["title"]["fr"]) == ("Dresden: the plan", "Dresde")
    assert (await reader.post(f"{PAGE}/accept", version=rebased.version)).status == 303
    assert (await accepted(knowledge_desk)).content["title"]["fr"] == "Dresde"


async def test_what_both_changed_is_shown_three_ways_and_leaves_review(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await change(knowledge_desk, writer, reader, title={"fr": "Dresde : le plan"})
    draft = await submitted(knowledge_desk, writer, title={"fr": "Le mien"})
    async with knowledge_desk.database.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", ENTRY)
        content = {**item.content, "title": {**item.content["title"], "fr": "Le leur"}}
        await work.knowledge_items.put(replace(item, content=content, content_hash=knowledge_desk.ports.knowledge.hash_content(content)))
        await work.commit()
    page = await reader.read(PAGE)
    for side in ("Dresde : le plan", "Le leur", "Le mien"):
        assert side in page
    response = await reader.post(f"{PAGE}/rebase", version=draft.version)
    page = await reader.read(response.headers["Location"].removeprefix("/console"))
    assert "Bitte noch einmal ansehen" in page
    assert "Titel (Französisch)" in page
    rebased = await draft_of(knowledge_desk)
    assert (rebased.state, rebased.content["title"]["fr"]) == (DraftState.DRAFT, "Le mien")


async def test_a_draft_with_faults_is_not_submitted_and_they_are_named(knowledge_desk: Desk) -> None:
    writer = await knowledge_desk.meet(Role.EDITOR)
    draft = await edit(knowledge_desk, writer, title={"de": "Ein viel zu langer Titel, der auf keine Taste eines Telefons passt"})
    page = await writer.read(PAGE)
    assert "Das muss vorher stimmen" in page
    assert f"{PAGE}/submit" not in page
    response = await writer.post(f"{PAGE}/submit", version=draft.version)
    assert response.status == 422
    assert "Titel: " in await response.text()
    assert (await draft_of(knowledge_desk)).state is DraftState.DRAFT


async def test_what_became_faulty_in_review_is_not_accepted(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await submitted(knowledge_desk, writer, contacts=["ads"], title={"de": "Dresden: Der Plan"})
    async with knowledge_desk.database.unit_of_work() as work:
        await work.knowledge_items.delete("contact", "ads")
        await work.commit()
    response = await reader.post(f"{PAGE}/accept", version=draft.version)
    assert response.status == 422
    assert "Fehler" in await response.text()
    assert (await accepted(knowledge_desk)).content["title"]["de"] != "Dresden: Der Plan"


async def test_a_new_entry_is_published_by_accepting_it(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    content = next(dict(item.content) for item in real_items() if item.id == ENTRY)
    questions = {code: [f"{text} neu" for text in texts] for code, texts in content["questions"].items()}
    content |= {"id": "dresden.new", "intent": "dresden.new", "state": "draft", "questions": questions}
    draft = await save_draft("entry", "dresden.new", content, 0, author(writer), knowledge_desk.ports)
    path = "/knowledge/review/entry/dresden.new"
    assert (await writer.post(f"{path}/submit", version=draft.version)).status == 303
    page = await reader.read(path)
    assert "Der neue Inhalt" in page
    assert "<ins>" not in page.partition('id="changes"')[2]
    assert (await reader.post(f"{path}/accept", version=draft.version + 1)).status == 303
    item = await accepted(knowledge_desk, "dresden.new")
    assert (item.content["state"], item.imported_hash) == ("published", "")
    async with knowledge_desk.database.unit_of_work() as work:
        (only,) = await work.item_versions.of_item("entry", "dresden.new")
    assert only.cause is Cause.CREATED


async def test_differences_are_marked_by_words_as_well(knowledge_desk: Desk) -> None:
    writer = await knowledge_desk.meet(Role.EDITOR)
    arabic = ANSWERS["ar"]
    await edit(knowledge_desk, writer, answers={"de": ANSWERS["de"].strip() + " Neu.", "ar": arabic.replace(arabic.split()[0], "كلمة", 1)})
    page = await writer.read(PAGE)
    assert '<ins><span class="hidden">Eingefügt: </span> Neu.</ins>' in page
    assert f'<del><span class="hidden">Gelöscht: </span>{arabic.split()[0]}</del>' in page
    assert 'lang="ar" dir="rtl"' in page
    assert "gelten danach als veraltet" in page
    assert "Französisch" in page


async def test_lists_say_what_came_and_how_much_stayed(knowledge_desk: Desk) -> None:
    writer = await knowledge_desk.meet(Role.EDITOR)
    questions = next(item.content["questions"]["de"] for item in real_items() if item.id == ENTRY)
    await edit(knowledge_desk, writer, questions={"de": [*questions[1:], "Wie geht es mit dem Dresdner Plan weiter?"]})
    page = await writer.read(PAGE)
    assert questions[0] in page
    assert questions[1] not in page
    assert "Wie geht es mit dem Dresdner Plan weiter?" in page
    assert f"{len(questions) - 1} Zeilen bleiben" in page


async def test_people_see_the_answer_before_and_after(knowledge_desk: Desk) -> None:
    writer = await knowledge_desk.meet(Role.EDITOR)
    await edit(knowledge_desk, writer, answers={"ar": ANSWERS["ar"].strip() + " **جديد**"})
    page = (await writer.read(PAGE)).partition("So sehen es Menschen im Web-Chat")[2]
    assert page.count('lang="ar" dir="rtl"') == 2
    assert "جديد" in page
    assert 'lang="fr"' not in page
    await edit(knowledge_desk, writer, "ads", "contact", hours=[{"days": ["mo", "tu"], "from": "09:00", "to": "15:00"}])
    page = await writer.read("/knowledge/review/contact/ads")
    assert "Tage: Mo, Di; Von: 09:00; Bis: 15:00" in page
    assert "So sehen es Menschen" not in page


async def test_however_many_accept_at_once_it_becomes_one_version(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await submitted(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    responses = await asyncio.gather(
        *(reader.post(f"{PAGE}/accept", version=draft.version) for _ in range(4)),
        writer.post(f"{PAGE}/send-back", version=draft.version, remark="Doch nicht."),
    )
    assert all(response.status in (303, 409, 422) for response in responses)
    async with knowledge_desk.database.unit_of_work() as work:
        versions = await work.item_versions.of_item("entry", ENTRY)
    assert [version.cause for version in versions] in ([Cause.EDITED, Cause.IMPORTED], [])
    assert bool(versions) != bool(await draft_of(knowledge_desk))


async def test_script_and_odd_bytes_are_shown_and_not_run(knowledge_desk: Desk) -> None:
    writer = await knowledge_desk.meet(Role.EDITOR)
    await edit(knowledge_desk, writer, title={"de": "<script>alert(1)</script>"}, answers={"de": "a " * 20_000 + "\u202e</p><b>"})
    page = await writer.read(PAGE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_what_is_gone_leads_to_its_history(knowledge_desk: Desk) -> None:
    reader = await knowledge_desk.meet(Role.EDITOR)
    for response in (await reader.get(PAGE), await reader.post(f"{PAGE}/accept", version=1)):
        assert response.status == 303
        assert response.headers["Location"] == f"/console/knowledge/entry/{ENTRY}/history?done=no-draft"
    for path in ("/knowledge/review/entry/nothing", "/knowledge/review/kind/id", "/knowledge/entry/nothing/history"):
        assert (await reader.get(path)).status == 404
    assert (await reader.post("/knowledge/review/kind/id/accept", version=1)).status == 404


async def test_the_tabs_count_what_waits_for_this_person(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await submitted(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    assert (await writer.read("/knowledge/review/waiting")).strip() == ""
    assert "1" in await reader.read("/knowledge/review/waiting")
    await reader.post(f"{PAGE}/send-back", version=draft.version, remark="Nein.")
    assert "1" in await writer.read("/knowledge/review/waiting")
    assert (await reader.read("/knowledge/review/waiting")).strip() == ""


async def test_drafts_are_listed_by_what_one_can_do_the_oldest_first(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    await submitted(knowledge_desk, writer, "dresden.goals", title={"de": "Älter"})
    knowledge_desk.world.clock.pass_time(minutes=10)
    await submitted(knowledge_desk, writer, title={"de": "Jünger"})
    await submitted(knowledge_desk, writer, "ads", "contact", phone="0800 546 546 6")
    page = await reader.read("/knowledge/review")
    assert page.index("Wartet auf Ihre Prüfung") < page.index("Älter") < page.index("Jünger")
    assert "Antidiskriminierungsstelle des Bundes" in page
    assert "Ihre Änderungen, die jemand anderes prüft" in await writer.read("/knowledge/review")


async def test_former_colleagues_stay_readable(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    draft = await submitted(knowledge_desk, writer, title={"de": "Dresden: Der Plan"})
    async with knowledge_desk.database.unit_of_work() as work:
        stored = await work.drafts.find("entry", ENTRY)
        await work.drafts.save(replace(stored, authors=("0123456789abcdef",)))
        await work.commit()
    assert "Ein früheres Konto" in await reader.read(PAGE)
    assert (await reader.post(f"{PAGE}/accept", version=draft.version + 1)).status == 303


async def test_a_page_with_an_earlier_draft_accepts_no_other_one(knowledge_desk: Desk) -> None:
    writer, reader = await knowledge_desk.meet(Role.EDITOR), await knowledge_desk.meet(Role.EDITOR)
    seen = (await submitted(knowledge_desk, writer, title={"de": "Dresden: Gelesen"})).version
    assert (await writer.post(f"{PAGE}/discard", version=seen)).status == 303
    await submitted(knowledge_desk, writer, title={"de": "Dresden: Untergeschoben"})
    assert (await reader.post(f"{PAGE}/accept", version=seen)).status == 409
    item = await accepted(knowledge_desk)
    assert item
    assert item.content["title"]["de"] != "Dresden: Untergeschoben"


async def test_what_is_called_retired_but_is_none_that_can_be_is_checked_all_the_same(knowledge_desk: Desk) -> None:
    writer = await knowledge_desk.meet(Role.EDITOR)
    async with knowledge_desk.database.unit_of_work() as work:
        source = next(item for item in await work.knowledge_items.all() if item.kind == "source")
    draft = await edit(knowledge_desk, writer, source.id, "source", state="retired", link="javascript:alert(1)")
    page = f"/knowledge/review/source/{source.id}"
    assert (await writer.post(f"{page}/submit", version=draft.version)).status == 422
    assert "verlässt" not in await writer.read(page)
