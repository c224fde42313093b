"""From the button to the new answer: what would go live, the proof in words, letting through, and the way back."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.publication_runs import RunState
from bot.domain.staff import Role
from bot.services.desk.knowledge.work_on_publication import work_on_publication
from bot.services.stored_knowledge import KnowledgeItem
from tests.console.conftest import Browser, Desk
from tests.console.knowledge.publish.conftest import QUESTIONS, PublishingDesk
from tests.console.knowledge.steps import ENTRY, change

PAGE = "/knowledge/publish"


async def people(desk: Desk) -> tuple[Browser, Browser]:
    return await desk.meet(Role.EDITOR), await desk.meet(Role.PUBLISHER)


async def current(desk: Desk) -> int:
    async with desk.database.unit_of_work() as work:
        return await work.publications.current_number()


async def test_what_would_go_live_is_listed_with_its_differences(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    assert "Alles Angenommene ist schon veröffentlicht." in await publisher.read(PAGE)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await change(publishing_desk, editor, publisher, "dresden.goals", state="retired")
    page = await publisher.read(PAGE)
    assert "Dresden: Der Plan" in page
    assert page.count("Fällt weg") == 1
    assert f"{PAGE}/changes/entry/{ENTRY}" in page
    assert "Der Plan</ins>" in await publisher.read(f"{PAGE}/changes/entry/{ENTRY}")
    assert "zeigt der Bot das nicht mehr" in await publisher.read(f"{PAGE}/changes/entry/dresden.goals")
    for nothing in ("entry/dresden.dates", "kind/id"):
        assert (await publisher.get(f"{PAGE}/changes/{nothing}")).status == 404


async def test_an_editor_sees_but_does_not_publish(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    page = await editor.read(PAGE)
    assert 'action="/console/knowledge/publish"' not in page
    assert "Hierhin zurück" not in page
    for path in (PAGE, f"{PAGE}/roll-back", f"{PAGE}/runs/1/let-through"):
        assert (await editor.post(path, number=1, seen=1, reason="x")).status == 403


async def test_it_is_published_once_however_many_press(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    responses = await asyncio.gather(*(publisher.post(PAGE) for _ in range(5)))
    assert {response.status for response in responses} == {303}
    page = await publisher.read(PAGE)
    assert "Wird veröffentlicht" in page
    assert 'action="/console/knowledge/publish"' not in page
    run = await work_on_publication(publishing_desk.ports)
    assert run
    assert run.state is RunState.LIVE
    assert await work_on_publication(publishing_desk.ports) is None
    assert (publishing_desk.workshop.trainings, await current(publishing_desk)) == (1, 2)
    page = await publisher.read(PAGE)
    assert "Alle " in page
    assert "Prüfungen sind bestanden" in page
    assert "Keine bekannte Frage wird anders beantwortet" in page
    nothing = await publisher.post(PAGE)
    assert nothing.status == 422
    assert "Es gibt nichts Neues" in await nothing.text()


async def test_progress_is_asked_for_until_it_is_over(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await publisher.post(PAGE)
    assert "Gleich geht es los." in await editor.read(f"{PAGE}/progress")
    async with publishing_desk.database.unit_of_work() as work:
        claimed = await work.publication_runs.claim(publishing_desk.world.clock())
        await work.publication_runs.keep(
            replace(claimed.run, state=RunState.PROVING, percent=40), claimed.claim, publishing_desk.world.clock()
        )
        await work.publication_runs.let_go(claimed.run.number, claimed.claim)
        await work.commit()
    piece = await editor.read(f"{PAGE}/progress")
    assert 'value="40"' in piece
    assert 'hx-trigger="every 2s"' in piece
    await work_on_publication(publishing_desk.ports)
    assert (await editor.get(f"{PAGE}/progress")).headers["HX-Redirect"] == f"/console{PAGE}"


async def test_a_closed_gate_is_told_in_words_and_let_through_only_for_a_reason(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await publisher.post(PAGE)
    publishing_desk.workshop.forgets = {QUESTIONS[1].text}
    run = await work_on_publication(publishing_desk.ports)
    assert run
    assert run.state is RunState.HELD
    page = await publisher.read(PAGE)
    assert "Zurückgehalten" in page
    assert "Arabisch: Nur noch 0,0 % der Fragen werden richtig beantwortet, vorher waren es 100,0 %." in page
    assert f'lang="ar" dir="rtl">{QUESTIONS[1].text}' in page
    assert "Eine Frage wird anders beantwortet" in page
    assert "let-through" not in await editor.read(PAGE)
    path = f"{PAGE}/runs/{run.number}/let-through"
    refused = await publisher.post(path, reason="  ")
    assert refused.status == 422
    assert "Bitte begründen Sie" in await refused.text()
    assert await current(publishing_desk) == 1
    assert (await publisher.post(path, reason="Das Arabische folgt <heute>.")).status == 303
    page = await editor.read(PAGE)
    assert "Das Arabische folgt &lt;heute&gt;." in page
    assert await current(publishing_desk) == 2
    assert (await publisher.post(path, reason="noch einmal")).status in (409, 422)
    for number in ("99", "x", "²"):
        assert (await publisher.post(f"{PAGE}/runs/{number}/let-through", reason="x")).status == 404


async def test_rolling_back_is_one_click(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await publisher.post(PAGE)
    await work_on_publication(publishing_desk.ports)
    page = await publisher.read(PAGE)
    assert page.count("Hierhin zurück") == 1
    assert (await publisher.post(f"{PAGE}/roll-back", number=1, seen=1)).status == 409
    assert (await publisher.post(f"{PAGE}/roll-back", number=2, seen=2)).status == 422
    assert (await publisher.post(f"{PAGE}/roll-back", number=7, seen=2)).status == 404
    assert (await publisher.post(f"{PAGE}/roll-back", number=1, seen=2)).status == 303
    page = await publisher.read(PAGE)
    assert "Zurück auf Nummer 1" in page
    assert "Dresden: Der Plan" in page  # accepted it stays, and would go live again
    assert await current(publishing_desk) == 3
    publishing_desk.workshop.models.clear()
    assert "Hierhin zurück" not in await publisher.read(PAGE)
    gone = await publisher.post(f"{PAGE}/roll-back", number=2, seen=3)
    assert gone.status == 422
    assert "nicht mehr aufbewahrt" in await gone.text()


async def test_a_failed_run_says_what_to_do(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await publisher.post(PAGE)
    async with publishing_desk.database.unit_of_work() as work:
        claimed = await work.publication_runs.claim(publishing_desk.world.clock())
        failed = replace(claimed.run, state=RunState.FAILED, fault="nlu", ended_at=publishing_desk.world.clock())
        await work.publication_runs.keep(failed, claimed.claim, publishing_desk.world.clock())
        await work.commit()
    page = await publisher.read(PAGE)
    assert "Der Sprachserver hat nicht geantwortet." in page
    assert (await publisher.post(PAGE)).status == 303


async def test_without_a_workshop_the_page_says_so(knowledge_desk: Desk) -> None:
    publisher = await knowledge_desk.meet(Role.PUBLISHER)
    assert "lässt sich gerade nichts veröffentlichen" in await publisher.read(PAGE)
    assert (await publisher.post(PAGE)).status == 503


async def test_who_goes_back_while_a_publication_is_under_way_is_not_overruled_by_it(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await publisher.post(PAGE)
    await work_on_publication(publishing_desk.ports)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Noch ein Plan"})
    await publisher.post(PAGE)
    train = publishing_desk.workshop.train

    async def train_while_somebody_goes_back(items: Sequence[KnowledgeItem]) -> None:
        assert (await publisher.post(f"{PAGE}/roll-back", number=1, seen=2)).status == 303
        await train(items)

    publishing_desk.workshop.train = train_while_somebody_goes_back
    run = await work_on_publication(publishing_desk.ports)
    assert run
    assert run.state is RunState.SUPERSEDED
    assert await current(publishing_desk) == 3
    async with publishing_desk.database.unit_of_work() as work:
        newest = await work.publications.current()
    assert newest
    assert newest.restores == 1


async def test_items_that_cannot_be_trained_end_their_run_instead_of_blocking_all_others(publishing_desk: PublishingDesk) -> None:
    editor, publisher = await people(publishing_desk)
    await change(publishing_desk, editor, publisher, title={"de": "Dresden: Der Plan"})
    await publisher.post(PAGE)
    train = publishing_desk.workshop.train

    async def fail(items: Sequence[KnowledgeItem]) -> None:
        raise KeyError(items[0].id)

    publishing_desk.workshop.train = fail
    run = await work_on_publication(publishing_desk.ports)
    assert run
    assert (run.state, run.fault) == (RunState.FAILED, "knowledge")
    assert "notice bad" in await publisher.read(PAGE)
    publishing_desk.workshop.train = train
    assert (await publisher.post(PAGE)).status == 303
    again = await work_on_publication(publishing_desk.ports)
    assert again
    assert again.state is RunState.LIVE
