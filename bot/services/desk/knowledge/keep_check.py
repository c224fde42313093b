"""Keep a question that every publication has to answer rightly."""

from bot.domain.errors import NotAllowedError
from bot.domain.folding import fold
from bot.domain.mask_personal_data import mask_personal_data
from bot.domain.questions import CheckQuestion
from bot.services.desk.ports import DeskPorts


async def keep_check(question: CheckQuestion, ports: DeskPorts) -> None:
    """Store it in place of an older one with the same words for the same language and city.

    Raises LookupError (nobody can be answered with that entry), NotAllowedError (it tells who somebody is).
    """
    if question.entry not in ports.bot.published.knowledge.entries:
        raise LookupError(question.entry)
    if mask_personal_data(question.text) != question.text:
        raise NotAllowedError("A question that is always checked must not tell who somebody is.")
    async with ports.bot.unit_of_work() as work:
        for other in await work.check_questions.all():
            if _place(other) == _place(question):
                await work.check_questions.delete(other.reference)
        await work.check_questions.add(question)
        await work.commit()


def _place(question: CheckQuestion) -> tuple[str, str, str | None]:
    return fold(question.text), question.language, question.municipality
