"""Begin an entry that answers what somebody asked."""

from collections.abc import Mapping
from typing import Any

from bot.domain.folding import fold
from bot.domain.knowledge_drafts import Draft
from bot.domain.learned_phrasings import to_phrasing, with_phrasing
from bot.domain.questions import UnansweredQuestion
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.put_draft import put_draft
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def begin_entry(id_: str, content: Mapping[str, Any], reference: str, member: StaffMember, ports: DeskPorts) -> Draft:
    """The draft of a new entry with the question's words as its first phrasing; the question is dealt with wherever it was asked.

    One that cannot be learned from stays in the inbox; one that is gone meanwhile adds nothing. Raises ConflictError (the id is taken).
    """
    async with ports.bot.unit_of_work() as work:
        question = await work.unanswered_questions.find(reference)
        phrasing = to_phrasing(question.text) if question else ""
        if question and phrasing:
            content = with_phrasing(content, question.language, phrasing)
            await work.unanswered_questions.delete(await _find_same(question, work))
        draft = await put_draft(work, "entry", id_, content, 0, member, ports)
        await work.commit()
    return draft


async def _find_same(question: UnansweredQuestion, work: UnitOfWork) -> list[str]:
    same = (question.language, fold(question.text))
    return [each.reference for each in await work.unanswered_questions.all() if (each.language, fold(each.text)) == same]
