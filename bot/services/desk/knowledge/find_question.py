"""Find one question that somebody asked, to begin an entry with it."""

from dataclasses import replace

from bot.domain.mask_personal_data import mask_personal_data
from bot.domain.questions import UnansweredQuestion
from bot.services.desk.ports import DeskPorts


async def find_question(reference: str, ports: DeskPorts) -> UnansweredQuestion:
    """The question, masked. Raises LookupError when somebody has dealt with it."""
    async with ports.bot.unit_of_work() as work:
        question = await work.unanswered_questions.find(reference)
    if question is None:
        raise LookupError(reference)
    return replace(question, text=mask_personal_data(question.text))
