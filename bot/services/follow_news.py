"""Let the news of a chat follow it: its language, and the city that was chosen."""

from bot.domain.decisions import Decision, SetLanguage, SetMunicipality
from bot.domain.messages import Channel
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn


async def follow_news(decision: Decision, turn: Turn, result: Outcome, work: UnitOfWork) -> None:
    """Note what changed for the subscriptions of this chat, where it has any."""
    chat, language = turn.conversation.id, result.conversation.language
    if turn.message.channel is not Channel.TELEGRAM or turn.message.in_group or result.forgotten:
        return
    if language and (isinstance(decision, SetLanguage) or turn.former_language):
        await work.subscriptions.set_language(chat, language)
    if isinstance(decision, SetMunicipality):
        await work.subscriptions.set_municipality(chat, decision.municipality)
