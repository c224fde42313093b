"""Carry an asked-for publication to its end: train, prove, and go live where every gate is open."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic

import structlog

from bot.domain.errors import ConflictError, NotAvailableError
from bot.domain.proof import ProofQuestion, ProofReport, Verdicts, find_gates
from bot.domain.publication_runs import PublicationRun, RunState, end
from bot.domain.staff import StaffId
from bot.services.desk.knowledge.prove_model import Candidate, collect_questions, hash_questions, prove_model
from bot.services.desk.knowledge.publishing_ports import Workshop
from bot.services.desk.knowledge.stored_runs import ClaimedRun
from bot.services.desk.ports import DeskPorts
from bot.services.publish_knowledge import fingerprint_items
from bot.services.stored_knowledge import KnowledgeItem, Publication

log = structlog.get_logger()
HEARTBEAT_SECONDS = 10.0
FORMER_RUNS = 20
TRIES = 3
KEPT_PUBLICATIONS = 10
"""So many can be gone back to, beside the current one."""
PERCENT = 5
"""Progress is stored in steps of so many percent."""


async def work_on_publication(ports: DeskPorts) -> PublicationRun | None:
    """Work on the run that waits, if nobody else does; what became of it. Stopped in the middle, another worker begins it again.

    Each step leaves something that the next worker finds: the trained model is a file named after what it was trained on.
    """
    workshop = ports.knowledge.workshop
    if workshop is None:
        return None
    async with ports.bot.unit_of_work() as work:
        claimed = await work.publication_runs.claim(ports.bot.now())
        await work.commit()
    if claimed is None:
        return None
    worker = _Worker(ports=ports, workshop=workshop, run=claimed.run, claimed=claimed)
    try:
        async with worker.heartbeat():
            await worker.go_on()
    except NotAvailableError:
        await worker.keep(end(worker.run, RunState.FAILED, ports.bot.now(), fault="nlu"))
    except ConflictError:
        return None  # another process took it up; it will end it
    except asyncio.CancelledError:
        await asyncio.shield(_let_go(claimed, ports))
        raise
    except Exception as error:  # noqa: BLE001  # whatever is wrong with these items: nobody could publish any more if it went on for ever
        log.error("a publication failed", run=claimed.run.number, error=type(error).__name__)
        await worker.keep(end(worker.run, RunState.FAILED, ports.bot.now(), fault="knowledge"))
    return worker.run


@dataclass(kw_only=True)
class _Worker:
    """One run in work."""

    ports: DeskPorts
    workshop: Workshop
    run: PublicationRun
    claimed: ClaimedRun
    seconds: dict[str, float] = field(default_factory=dict)

    async def go_on(self) -> None:
        """To the end; what fails because the NLU server died is tried again, since it is started again."""
        async with self.ports.bot.unit_of_work() as work:
            current = await work.publications.current()  # once: whoever goes back to an earlier one meanwhile is not overruled
            former = await work.publication_runs.newest(FORMER_RUNS)
        for _ in range(TRIES - 1):
            with suppress(NotAvailableError):
                return await self.go(current, former)
        return await self.go(current, former)

    async def go(self, current: Publication | None, former: Sequence[PublicationRun]) -> None:
        items = self.claimed.items
        model = await asyncio.to_thread(self.workshop.model_for, items)
        await self.keep(replace(self.run, state=RunState.TRAINING, model=model))
        with _timed(self.seconds, "training"):
            await self.workshop.train(items)
        await self.keep(replace(self.run, state=RunState.PROVING, percent=0))
        with _timed(self.seconds, "proving"):
            report = await self._prove(items, model, current, former)
        self.run = replace(self.run, report=report)
        if not report.may_go_live:
            await self.keep(end(self.run, RunState.HELD, self.ports.bot.now()))
            return
        try:
            await self._go_live(end(self.run, RunState.LIVE, self.ports.bot.now()), items, report.compared_with)
        except ConflictError:  # somebody went back to an earlier publication meanwhile: that stays
            await self.keep(end(self.run, RunState.SUPERSEDED, self.ports.bot.now()))

    async def _prove(
        self, items: tuple[KnowledgeItem, ...], model: str, current: Publication | None, former: Sequence[PublicationRun]
    ) -> ProofReport:
        """The candidate's answers beside those of what answers now, which are asked for only where nobody knows them yet."""
        questions = await collect_questions(self.ports)
        asked = hash_questions(questions)
        before = find_verdicts(former, current.fingerprint if current else "", asked)
        rounds = 2 if current and not before else 1
        if current and not before:
            before = await self._ask(questions, current.items, current.model, part=0, of=rounds)
        after = await self._ask(questions, items, model, part=rounds - 1, of=rounds)
        return ProofReport(
            compared_with=current.number if current else 0,
            fingerprint=fingerprint_items(items, model),
            questions=asked,
            before=before,
            after=after,
            gates=find_gates(questions, before, after),
            seconds=self.seconds,
        )

    async def _ask(
        self, questions: Sequence[ProofQuestion], items: tuple[KnowledgeItem, ...], model: str, *, part: int, of: int
    ) -> Verdicts:
        bot = self.ports.bot
        knowledge = await asyncio.to_thread(self.ports.knowledge.build, items)
        candidate = Candidate(knowledge=knowledge, thresholds=bot.published.thresholds)
        reading = await self.workshop.load(model, candidate)

        async def tell(done: int, questions: int) -> None:
            percent = (100 * part + 100 * done // questions) // of
            if percent >= self.run.percent + PERCENT:
                await self.keep(replace(self.run, percent=percent))

        return await prove_model(candidate, reading, questions, bot, tell)

    async def _go_live(self, live: PublicationRun, items: tuple[KnowledgeItem, ...], after: int) -> None:
        """The publication and the end of its run, both or neither. Raises ConflictError when something else was published meanwhile."""
        async with self.ports.bot.unit_of_work() as work:
            published = await work.publications.add(to_publication(live, items, self.ports.bot.now(), live.asked_by), after)
            unneeded = await work.publications.forget_items_before(published.number - KEPT_PUBLICATIONS)
            await work.publication_runs.keep(live, self.claimed.claim, self.ports.bot.now())
            await work.commit()
        self.run = live
        self.workshop.forget(unneeded)

    async def keep(self, run: PublicationRun) -> None:
        """Store how far it is. Raises ConflictError when another process has taken it up."""
        async with self.ports.bot.unit_of_work() as work:
            await work.publication_runs.keep(run, self.claimed.claim, self.ports.bot.now())
            await work.commit()
        self.run = run

    @asynccontextmanager
    async def heartbeat(self) -> AsyncIterator[None]:
        """Hold the claim while a step takes longer than its lease."""

        async def beat() -> None:
            while True:
                await asyncio.sleep(HEARTBEAT_SECONDS)
                await self.keep(self.run)

        beating = asyncio.create_task(beat())
        try:
            yield
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)


def find_verdicts(runs: Sequence[PublicationRun], fingerprint: str, questions: str) -> Verdicts:
    """What a former proof of the very same items and model found with the very same questions; empty when there was none."""
    reports = (run.report for run in runs if run.report)
    return next((report.after for report in reports if (report.fingerprint, report.questions) == (fingerprint, questions)), {})


def to_publication(run: PublicationRun, items: tuple[KnowledgeItem, ...], now: datetime, by: StaffId) -> Publication:
    """What a run makes current, let through by whom."""
    return Publication(
        number=0,
        fingerprint=fingerprint_items(items, run.model),
        model=run.model,
        items=items,
        published_at=now,
        published_by=by,
        reason=run.reason,
    )


async def _let_go(claimed: ClaimedRun, ports: DeskPorts) -> None:
    async with ports.bot.unit_of_work() as work:
        await work.publication_runs.let_go(claimed.run.number, claimed.claim)
        await work.commit()


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    started = monotonic()
    yield
    seconds[step] = round(monotonic() - started, 1)
