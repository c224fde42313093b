"""Attempts to publish: one at a time, one worker at a time, and publications that can be gone back to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database.database import Database
from bot.domain.errors import ConflictError
from bot.domain.proof import Gate, Outcome, ProofReport, Verdict
from bot.domain.publication_runs import LEASE, PublicationRun, RunState, end
from bot.domain.staff import StaffId
from tests.adapters.database.samples import NOW
from tests.adapters.database.test_knowledge import ITEM, PUBLICATION

RUN = PublicationRun(asked_by=StaffId("pia"), asked_at=NOW)
REPORT = ProofReport(
    compared_with=1,
    fingerprint="f",
    questions="q",
    before={"de:1": Verdict(outcome=Outcome.RIGHT, entry="a")},
    after={"de:1": Verdict(outcome=Outcome.WRONG, entry="b")},
    gates=(Gate(name="right", language="de", is_open=False, before=90.0, after=80.5, lost=("de:1",)),),
    seconds={"training": 12.5},
)


async def test_one_run_at_a_time(database: Database) -> None:
    async with database.unit_of_work() as work:
        first = await work.publication_runs.add(RUN, (ITEM,))
        await work.commit()
    with pytest.raises(ConflictError):
        async with database.unit_of_work() as work:
            await work.publication_runs.add(RUN, (ITEM,))
    async with database.unit_of_work() as work:
        assert await work.publication_runs.active() == first
        claimed = await work.publication_runs.claim(NOW)
        assert claimed
        assert (claimed.run, claimed.items) == (first, (ITEM,))
        await work.publication_runs.keep(end(first, RunState.FAILED, NOW, fault="nlu"), claimed.claim, NOW)
        assert await work.publication_runs.active() is None
        second = await work.publication_runs.add(RUN, (ITEM,))
        assert [run.number for run in await work.publication_runs.newest(5)] == [second.number, first.number]


async def test_a_claim_is_one_workers_until_it_is_let_go_or_not_heard_of(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.publication_runs.add(RUN, ())
        first = await work.publication_runs.claim(NOW)
        assert first
        assert await work.publication_runs.claim(NOW + LEASE / 2) is None
        await work.publication_runs.keep(replace(first.run, state=RunState.TRAINING), first.claim, NOW + LEASE / 2)
        assert await work.publication_runs.claim(NOW + LEASE) is None
        second = await work.publication_runs.claim(NOW + LEASE * 2)
        assert second
        assert second.run.state is RunState.TRAINING
        with pytest.raises(ConflictError):
            await work.publication_runs.keep(first.run, first.claim, NOW + LEASE * 2)
        await work.publication_runs.let_go(first.run.number, first.claim)  # not its own any more
        assert await work.publication_runs.claim(NOW + LEASE * 2) is None
        await work.publication_runs.let_go(second.run.number, second.claim)
        assert await work.publication_runs.claim(NOW + LEASE * 2)


async def test_a_run_that_is_over_is_not_revived_by_a_late_heartbeat(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.publication_runs.add(RUN, (ITEM,))
        claimed = await work.publication_runs.claim(NOW)
        assert claimed
        await work.publication_runs.keep(end(claimed.run, RunState.LIVE, NOW), claimed.claim, NOW)
        with pytest.raises(ConflictError):
            await work.publication_runs.keep(replace(claimed.run, state=RunState.PROVING), claimed.claim, NOW)
        assert await work.publication_runs.active() is None


async def test_a_held_run_keeps_its_report_and_its_items_until_it_is_decided(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.publication_runs.add(RUN, (ITEM,))
        claimed = await work.publication_runs.claim(NOW)
        assert claimed
        held = end(replace(claimed.run, report=REPORT, model="m.tar.gz"), RunState.HELD, NOW + timedelta(minutes=1))
        await work.publication_runs.keep(held, claimed.claim, NOW)
        assert await work.publication_runs.get(held.number) == (held, (ITEM,))
        live = replace(held, state=RunState.LIVE, reason="because")
        await work.publication_runs.save_ended(live)
        assert await work.publication_runs.get(held.number) == (live, ())
        with pytest.raises(LookupError):
            await work.publication_runs.get(held.number + 1)


async def test_old_publications_are_emptied_and_name_the_models_that_nobody_needs(database: Database) -> None:
    async with database.unit_of_work() as work:
        for model in ("a", "b", "b", "c"):
            await work.publications.add(replace(PUBLICATION, model=model, published_by=StaffId("pia"), reason="r", restores=1))
        assert await work.publications.current_number() == 4
        assert await work.publications.forget_items_before(3) == ["a"]
        assert await work.publications.forget_items_before(3) == []
        assert (await work.publications.get(1)).items == ()
        assert (await work.publications.get(3)).items == PUBLICATION.items
        assert [(each.number, each.model) for each in await work.publications.newest(2)] == [(4, "c"), (3, "b")]
        with pytest.raises(LookupError):
            await work.publications.get(5)
