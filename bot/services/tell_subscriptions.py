"""Say in "my data" about which topics a chat gets news."""

from dataclasses import replace

from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn
from bot.services.write_news import name_topic


async def tell_subscriptions(shown: Outcome, turn: Turn, work: UnitOfWork) -> Outcome:
    """One more line, where there are any."""
    stored = await work.subscriptions.of_conversation(turn.conversation.id)
    if not stored:
        return shown
    topics = "; ".join(name_topic(each.topic, turn.language, turn.ports.wording) for each in stored)
    *others, last = shown.replies
    line = f"- {turn.say('my-data.news', topics=topics)}"
    return replace(shown, replies=(*others, replace(last, text=last.text.replace("\n\n", f"\n{line}\n\n", 1))))
