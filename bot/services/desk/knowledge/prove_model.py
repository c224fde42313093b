"""Ask a candidate every question whose answer is known, before it may answer anybody."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import KnowledgeBase
from bot.domain.languages import Language
from bot.domain.proof import Asked, ProofQuestion, Verdict, judge
from bot.domain.understanding import Thresholds, Understanding
from bot.services.desk.knowledge.foresee_answer import foresee_answer
from bot.services.desk.ports import DeskPorts
from bot.services.ports import OfflineReader, Ports, Understander

AT_ONCE = 4
Told = Callable[[int, int], Awaitable[None]]
"""Hears how many questions are asked, of how many."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Knowledge that is not published yet, as if it were. Implements the Published port."""

    knowledge: KnowledgeBase
    thresholds: Mapping[Language, Thresholds]

    def knowledge_for(self, model: str) -> KnowledgeBase:  # noqa: ARG002  # the port's signature
        """There is only this one."""
        return self.knowledge


@dataclass(frozen=True, kw_only=True)
class EmergencyWords:
    """The word lists alone: the search through the phrasings only fills up suggestions, and takes longer than all the rest."""

    reader: OfflineReader

    def has_emergency_word(self, text: str) -> bool:
        """Whether a text holds one of them."""
        return self.reader.has_emergency_word(text)

    def read(self, text: str) -> Understanding:  # noqa: ARG002  # the port's signature
        """Nothing is searched for."""
        return Understanding()


async def prove_model(
    candidate: Candidate, reading: Understander, questions: Sequence[ProofQuestion], ports: Ports, tell: Told
) -> dict[str, Verdict]:
    """What becomes of each question, by its key. Nothing is stored, nobody is answered. Raises NotAvailableError."""
    tried = replace(ports, understander=reading, published=candidate, offline_reader=EmergencyWords(reader=ports.offline_reader))
    verdicts: dict[str, Verdict] = {}

    async def ask(question: ProofQuestion) -> None:
        foreseen = await foresee_answer(question.text, question.language, question.municipality, tried)
        if foreseen.offline:
            raise NotAvailableError("The NLU server stopped answering while a model was tried.")
        verdicts[question.key] = judge(foreseen.decision, question, candidate.knowledge)

    async def ask_on(*, tells: bool) -> None:
        for question in waiting:
            await ask(question)
            if tells:
                await tell(len(verdicts), len(questions))

    waiting = iter(questions)
    try:
        async with asyncio.TaskGroup() as tasks:
            for number in range(AT_ONCE):
                tasks.create_task(ask_on(tells=number == 0))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return verdicts


async def collect_questions(ports: DeskPorts) -> list[ProofQuestion]:
    """The questions that come with the program, and those that editors keep."""
    async with ports.bot.unit_of_work() as work:
        kept = await work.check_questions.all()
    shipped = await asyncio.to_thread(ports.knowledge.proof_questions) if ports.knowledge.proof_questions else ()
    return [
        *shipped,
        *(
            ProofQuestion(
                key=f"check:{each.reference}",
                kind=Asked.CHECK,
                text=each.text,
                language=each.language,
                municipality=each.municipality,
                entries=(each.entry,),
            )
            for each in kept
        ),
    ]


def hash_questions(questions: Sequence[ProofQuestion]) -> str:
    """What changes when other questions are asked."""
    return hashlib.sha256("\n".join(f"{each.key} {each.text} {each.entries}" for each in questions).encode()).hexdigest()[:16]
