"""Publications of the training desk. It has no NLU server: what a proof answers is invented, what follows from it is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import cast

from bot.demo.office import Office
from bot.domain.errors import NotAvailableError
from bot.domain.proof import Asked, Outcome, ProofQuestion, ProofReport, Verdict, Verdicts, find_gates
from bot.domain.publication_runs import PublicationRun, RunState, end
from bot.services.desk.knowledge import let_through as let_run_through
from bot.services.desk.knowledge import roll_back
from bot.services.desk.knowledge.prove_model import collect_questions, hash_questions
from bot.services.desk.knowledge.work_on_publication import find_verdicts, to_publication
from bot.services.follow_publication import Switchable, follow_publication
from bot.services.ports import Ports
from bot.services.publish_knowledge import fingerprint_items

OUTCOMES = {Outcome.RIGHT: 90, Outcome.SUGGESTED: 6, Outcome.WRONG: 1, Outcome.DECLINED: 3}
BETTER = 0.1
"""The share of what was not right that the next publication answers rightly."""
SECONDS = {"training": 96.4, "proving": 41.8}
FORMER_RUNS = 20


class NoServer:
    """Implements Models: there is no NLU server here."""

    async def loaded_model(self) -> str | None:
        """None is loaded. Raises NotAvailableError."""
        raise NotAvailableError("The training desk has no NLU server.")

    async def load(self, model: str) -> None:  # noqa: ARG002  # the port's signature
        """Raises NotAvailableError."""
        await self.loaded_model()


async def take_up(ports: Ports) -> None:
    """Answer from the newest publication."""
    await follow_publication(ports, cast("Switchable", ports.published), NoServer())


async def publish(office: Office, dice: Random) -> None:
    """Publish what is accepted; every gate is open."""
    await _run(office, dice)


async def hold(language: str, lost: int, office: Office, dice: Random) -> None:
    """Try to publish; a language answers so many questions less rightly that its gate closes."""
    await _run(office, dice, language, lost)


async def let_through(reason: str, office: Office) -> None:
    """Publish the newest run although it is held."""
    async with office.ports.bot.unit_of_work() as work:
        (held,) = await work.publication_runs.newest(1)
    await let_run_through.let_through(held.number, reason, office.publisher, office.ports)
    await take_up(office.ports.bot)


async def go_back(number: int, office: Office) -> None:
    """Make an earlier publication current again."""
    async with office.ports.bot.unit_of_work() as work:
        current = await work.publications.current_number()
    await roll_back.roll_back(number, current, office.publisher, office.ports)
    await take_up(office.ports.bot)


async def _run(office: Office, dice: Random, language: str = "", lost: int = 0) -> None:
    asked_at, publisher = office.clock(), office.publisher
    questions = await collect_questions(office.ports)
    async with office.ports.bot.unit_of_work() as work:
        items, current = tuple(await work.knowledge_items.all()), await work.publications.current()
        former = await work.publication_runs.newest(FORMER_RUNS)
        await work.publication_runs.add(PublicationRun(asked_by=publisher.id, asked_at=asked_at), items)
        claimed = await work.publication_runs.claim(asked_at)
        if current is None or claimed is None:
            raise LookupError("Nothing is published, or somebody else is publishing.")
        now, asked = asked_at + timedelta(seconds=sum(SECONDS.values())), hash_questions(questions)
        before = find_verdicts(former, current.fingerprint, asked) or invent(questions, dice)
        after = lose(improve(before, questions, dice), questions, language, lost)
        report = ProofReport(
            compared_with=current.number,
            fingerprint=fingerprint_items(items),
            questions=asked,
            before=before,
            after=after,
            gates=find_gates(questions, before, after),
            seconds=SECONDS,
        )
        run = end(replace(claimed.run, report=report), RunState.LIVE if report.may_go_live else RunState.HELD, now)
        await work.publication_runs.keep(run, claimed.claim, now)
        if report.may_go_live:
            await work.publications.add(to_publication(run, items, now, publisher.id))
        await work.commit()
    await take_up(office.ports.bot)


def invent(questions: Sequence[ProofQuestion], dice: Random) -> Verdicts:
    """What becomes of each question, mostly what should; emergencies and what editors keep are always right."""
    entries = sorted({question.entries[0] for question in questions if question.entries})
    verdicts = {}
    for question in questions:
        (outcome,) = dice.choices(list(OUTCOMES), list(OUTCOMES.values()))
        if outcome is Outcome.WRONG and question.kind in (Asked.QUESTION, Asked.STRAY):
            verdicts[question.key] = Verdict(outcome=outcome, entry=dice.choice(entries))
        else:
            is_sure = question.kind in (Asked.EMERGENCY, Asked.CHECK)
            verdicts[question.key] = _right(question) if is_sure or outcome is Outcome.RIGHT else Verdict(outcome=outcome)
    return verdicts


def improve(before: Verdicts, questions: Sequence[ProofQuestion], dice: Random) -> Verdicts:
    """Some of what was not right becomes right."""
    return {
        question.key: _right(question)
        if before[question.key].outcome is not Outcome.RIGHT and dice.random() < BETTER
        else before[question.key]
        for question in questions
    }


def lose(verdicts: Verdicts, questions: Sequence[ProofQuestion], language: str, lost: int) -> Verdicts:
    """So many questions of a language are not answered any more: entries are offered instead."""
    known = [
        question.key
        for question in questions
        if (question.language, question.kind) == (language, Asked.QUESTION) and verdicts[question.key].outcome is Outcome.RIGHT
    ]
    return {**verdicts, **{key: Verdict(outcome=Outcome.SUGGESTED) for key in known[:: max(1, len(known) // max(1, lost))][:lost]}}


def _right(question: ProofQuestion) -> Verdict:
    return Verdict(outcome=Outcome.RIGHT, entry=question.entries[0] if question.entries else "")
