"""From an accepted change to the new answer, with real Rasa servers: one answers, in the other candidates are trained and proved."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.adapters.knowledge_files.read_items import content_hash
from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.domain.errors import NotAllowedError
from bot.domain.knowledge import EntryId
from bot.domain.messages import Answer, Status
from bot.domain.publication_runs import PublicationRun, RunState
from bot.domain.questions import CheckQuestion
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.knowledge.let_through import let_through
from bot.services.desk.knowledge.request_publication import request_publication
from bot.services.desk.knowledge.roll_back import roll_back
from bot.services.desk.knowledge.work_on_publication import work_on_publication
from tests.fakes.world import MORNING
from tests.journeys.small_house import make_folders
from tests.quality.chat import open_chat

PUBLISHER = StaffMember(
    id=StaffId("publisher"), name="Pia", email="pia@stadt.example", roles=frozenset({Role.PUBLISHER}), created_at=MORNING
)
WHO = "bot.who-are-you"
NEW_PHRASING = "welches wesen wohnt in diesem telefon"


async def accept(house: House, id_: str, **changes: Any) -> None:
    """As if two people had written and accepted a change."""
    async with house.ports.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", id_)
        assert item
        content = {**item.content, **changes}
        await work.knowledge_items.put(replace(item, content=content, content_hash=content_hash(content)))
        await work.commit()


async def content_of(house: House, id_: str) -> dict[str, Any]:
    async with house.ports.unit_of_work() as work:
        item = await work.knowledge_items.find("entry", id_)
    assert item
    return dict(item.content)


async def publish(house: House) -> PublicationRun:
    await request_publication(PUBLISHER, house.desk)
    run = await work_on_publication(house.desk)
    assert run
    await house.keep_up()
    return run


async def ask(house: House, text: str) -> Answer:
    async with open_chat(house.ports, "de") as chat:
        return await chat.says(text)


async def test_a_changed_answer_goes_live_without_training(small: House) -> None:
    before = small.published.publication
    answers = (await content_of(small, WHO))["answers"]
    await accept(small, WHO, answers={**answers, "de": answers["de"].replace("Wegweiser", "Wegweiser (neu)", 1)})
    run = await publish(small)
    assert run.state is RunState.LIVE
    assert run.report
    assert (small.published.publication.number, small.published.publication.model) == (before.number + 1, before.model)
    answer = await ask(small, "wer bist du?")
    assert answer.entry == WHO
    assert "Wegweiser (neu)" in answer.replies[0].text


async def test_a_new_phrasing_is_trained_proved_and_understood(small: House) -> None:
    assert (await ask(small, NEW_PHRASING)).entry != WHO
    questions = (await content_of(small, WHO))["questions"]
    await accept(small, WHO, questions={**questions, "de": [*questions["de"], NEW_PHRASING]})
    run = await publish(small)
    assert run.state is RunState.LIVE, run
    assert run.report
    assert run.report.may_go_live
    assert len(run.report.after) == 8
    assert (await ask(small, NEW_PHRASING)).entry == WHO
    assert await small.client.loaded_model() == run.model == small.published.publication.model


async def test_nothing_new_is_not_published_again(small: House) -> None:
    with pytest.raises(NotAllowedError):
        await request_publication(PUBLISHER, small.desk)


async def test_turns_are_answered_all_through_a_switch(small: House) -> None:
    questions = (await content_of(small, WHO))["questions"]
    await accept(small, WHO, questions={**questions, "de": [*questions["de"], "welche stimme spricht hier zu mir"]})
    await request_publication(PUBLISHER, small.desk)
    over = asyncio.Event()
    answers: list[tuple[float, Answer]] = []

    async def keep_asking() -> None:
        while not over.is_set():
            started = monotonic()
            answers.append((monotonic() - started, await ask(small, "wer bist du?")))

    asking = [asyncio.create_task(keep_asking()) for _ in range(3)]
    run = await work_on_publication(small.desk)
    await small.keep_up()
    over.set()
    await asyncio.gather(*asking)
    assert run
    assert run.state is RunState.LIVE
    assert len(answers) > 50
    assert {(answer.status, answer.entry) for _, answer in answers} == {(Status.ANSWERED, WHO)}


async def test_many_who_press_the_button_start_one_run(small: House) -> None:
    answers = (await content_of(small, WHO))["answers"]
    await accept(small, WHO, answers={**answers, "de": answers["de"] + "\n"})
    runs = await asyncio.gather(*(request_publication(PUBLISHER, small.desk) for _ in range(5)))
    assert len({run.number for run in runs}) == 1
    worked = await asyncio.gather(*(work_on_publication(small.desk) for _ in range(3)))
    assert [run.state for run in worked if run] == [RunState.LIVE]
    await small.keep_up()


async def test_a_closed_gate_holds_it_back_until_a_publisher_says_why(small: House) -> None:
    number = small.published.publication.number
    kept = CheckQuestion(
        text="für welche städte weißt du was?", language=small.ports.wording.languages[0], municipality=None,
        entry=EntryId("bot.covered-cities"), added_by=PUBLISHER.id, added_on=MORNING.date(),
    )  # fmt: skip
    async with small.ports.unit_of_work() as work:
        await work.check_questions.add(kept)
        await work.commit()
    await accept(small, "bot.covered-cities", state="retired")
    run = await publish(small)
    assert run.state is RunState.HELD
    assert run.report
    closed = {gate.name for gate in run.report.gates if not gate.is_open}
    assert "checks" in closed
    assert small.published.publication.number == number
    assert "bot.covered-cities" in small.published.knowledge.entries
    with pytest.raises(NotAllowedError):
        await let_through(run.number, "  ", PUBLISHER, small.desk)
    await let_through(run.number, "Der Eintrag wird ersetzt.", PUBLISHER, small.desk)
    await small.keep_up()
    assert (small.published.publication.number, small.published.publication.reason) == (number + 1, "Der Eintrag wird ersetzt.")
    assert "bot.covered-cities" not in small.published.knowledge.entries


async def test_one_goes_back_with_one_step(small: House) -> None:
    number = small.published.publication.number
    await roll_back(number - 1, number, PUBLISHER, small.desk)
    await small.keep_up()
    assert small.published.publication.restores == number - 1
    assert (await ask(small, "für welche städte weißt du was?")).entry == "bot.covered-cities"


async def test_a_crash_in_the_middle_of_training_is_made_good(small: House) -> None:
    questions = (await content_of(small, WHO))["questions"]
    await accept(small, "bot.covered-cities", state="published")
    await accept(small, WHO, questions={**questions, "de": [*questions["de"], "was für ein geist antwortet mir da"]})
    asked = await request_publication(PUBLISHER, small.desk)
    assert small.workshop
    first = asyncio.create_task(work_on_publication(small.desk))
    await until_training(small)
    small.workshop.kill()  # the NLU server that trains: it is started again, and so is the training
    await until_training(small)
    first.cancel()  # the bot that watches over it
    assert isinstance((await asyncio.gather(first, return_exceptions=True))[0], asyncio.CancelledError)
    third = await work_on_publication(small.desk)
    assert third
    assert (third.number, third.state) == (asked.number, RunState.LIVE)
    await small.keep_up()
    assert (await ask(small, "was für ein geist antwortet mir da")).entry == WHO


async def test_a_worker_that_was_killed_loses_its_claim_after_a_while(small: House) -> None:
    former = small.published.publication.number
    answers = (await content_of(small, WHO))["answers"]
    await accept(small, WHO, answers={**answers, "en": answers["en"] + "\n"})
    await request_publication(PUBLISHER, small.desk)
    async with small.ports.unit_of_work() as work:
        assert await work.publication_runs.claim(small.ports.now())  # by a process that is not heard of again
        await work.commit()
    assert await work_on_publication(small.desk) is None
    later = replace(small.ports, now=lambda: small.ports.now() + timedelta(minutes=2))
    run = await work_on_publication(replace(small.desk, bot=later))
    assert run
    assert run.state is RunState.LIVE
    await small.keep_up()
    assert small.published.publication.number == former + 1


async def test_every_process_takes_up_what_one_of_them_published(small: House) -> None:
    """A second bot on the same database and the same Rasa server, as several containers are."""
    settings = small.settings.model_copy(update={"nlu": small.client.url})
    async with open_house(settings, print, small.folders) as other:
        assert other.published.publication.number == small.published.publication.number
        answers = (await content_of(small, WHO))["answers"]
        await accept(small, WHO, answers={**answers, "de": answers["de"].replace("Wegweiser", "Wegweiser (zu zweit)", 1)})
        run = await publish(small)
        assert run.state is RunState.LIVE
        await other.keep_up()
        assert other.published.publication == small.published.publication
        for house in (small, other):
            assert "Wegweiser (zu zweit)" in (await ask(house, "wer bist du?")).replies[0].text


async def until_training(house: House) -> None:
    """Wait for the moment at which Rasa trains."""
    while True:
        async with house.ports.unit_of_work() as work:
            run = await work.publication_runs.active()
        if run and run.state is RunState.TRAINING:
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)


def test_the_small_house_is_made_of_the_real_one(tmp_path: Path) -> None:
    made = make_folders(tmp_path)
    assert len(list((made.knowledge / "entries").rglob("*.yml"))) > 20
