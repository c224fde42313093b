"""Learn from questions: their words become phrasings in the draft of an entry, or examples of what is out of scope."""

from collections.abc import Sequence

from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.learned_phrasings import OUT_OF_SCOPE, loose_phrasing, to_phrasing, with_phrasing
from bot.domain.questions import UnansweredQuestion
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.put_draft import put_draft
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def learn_for_entry(references: Sequence[str], entry: str, member: StaffMember, ports: DeskPorts) -> None:
    """Put the questions' words into the entry's draft, and delete the questions, both or neither.

    Raises LookupError (no such entry), ConflictError (somebody has dealt with the questions), NotAllowedError (nothing to learn).
    """
    async with ports.bot.unit_of_work() as work:
        accepted = await work.knowledge_items.find("entry", entry)
        draft = await work.drafts.find("entry", entry)
        if accepted is None and draft is None:
            raise LookupError(entry)
        content = draft.content if draft else accepted.content if accepted else {}
        for question, phrasing in await take_phrasings(references, work):
            content = with_phrasing(content, question.language, phrasing)
        await put_draft(work, "entry", entry, content, draft.version if draft else 0, member, ports)
        await work.commit()


async def learn_out_of_scope(references: Sequence[str], scope: str, member: StaffMember, ports: DeskPorts) -> None:
    """Make the questions' words drafts of phrasings that nothing is answered to ("near" or "far"), and delete the questions.

    Raises ConflictError (somebody has dealt with the questions), NotAllowedError (nothing to learn).
    """
    async with ports.bot.unit_of_work() as work:
        for question, phrasing in await take_phrasings(references, work):
            content = loose_phrasing(OUT_OF_SCOPE[scope], question.language, phrasing)
            known = await work.knowledge_items.find("phrasing", content["id"]) or await work.drafts.find("phrasing", content["id"])
            if known is None:
                await put_draft(work, "phrasing", content["id"], content, 0, member, ports)
        await work.commit()


async def dismiss_questions(references: Sequence[str], ports: DeskPorts) -> None:
    """Delete questions that there is nothing to learn from; those that are gone already are fine."""
    async with ports.bot.unit_of_work() as work:
        await work.unanswered_questions.delete(references)
        await work.commit()


async def take_phrasings(references: Sequence[str], work: UnitOfWork) -> list[tuple[UnansweredQuestion, str]]:
    """The questions that are still there with what can be learned from them, deleted. Raises ConflictError, NotAllowedError."""
    found = [question for reference in references if (question := await work.unanswered_questions.find(reference))]
    if not found:
        raise ConflictError("Somebody else has dealt with these questions.")
    pairs = [(question, to_phrasing(question.text)) for question in found]
    if not all(phrasing for _, phrasing in pairs):
        raise NotAllowedError("One of these questions is too short or too long to learn from.")
    await work.unanswered_questions.delete([question.reference for question in found])
    return pairs
