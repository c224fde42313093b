"""Subscribe to the news about a topic, or end that: at once, without a question back."""

from dataclasses import replace

from bot.domain.decisions import ChangeNews
from bot.domain.knowledge import Topic
from bot.domain.messages import Reply, Status
from bot.domain.news import NEWS_TOPICS, Subscription
from bot.services.offer_news import can_get_news, say_where_news_come, show_topics
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome
from bot.services.write_news import name_topic


async def change_news(decision: ChangeNews, turn: Turn, work: UnitOfWork) -> Outcome:
    """Do it and show how it is now. Done twice it changes nothing more."""
    if not can_get_news(turn):
        return say_where_news_come(turn)
    topics = NEWS_TOPICS if decision.topic is None else (decision.topic,)
    turn = await _speak_as_in_the_news(turn, work)
    if decision.wanted:
        for topic in topics:
            await work.subscriptions.add(_subscription(turn, topic))
        return outcome(turn, Status.MENU, await show_topics("news.offer", turn, work))
    await work.subscriptions.delete(turn.conversation.id, topics)
    if decision.topic is None:
        return outcome(turn, Status.MENU, await show_topics("news.stopped-all", turn, work))
    if not decision.under_news:
        return outcome(turn, Status.MENU, await show_topics("news.offer", turn, work))
    name = name_topic(decision.topic, turn.language, turn.ports.wording)
    choices = (turn.button(f"news:on:{decision.topic}", "news.undo"), turn.button("news", "news.others"))
    return outcome(turn, Status.MENU, Reply(text=turn.say("news.stopped", topic=name), choices=choices))


def _subscription(turn: Turn, topic: Topic) -> Subscription:
    return Subscription(
        conversation=turn.conversation.id,
        channel=turn.message.channel,
        topic=topic,
        language=turn.language,
        municipality=turn.conversation.municipality,
        address=turn.message.address or "",
        subscribed_on=turn.now.date(),
    )


async def _speak_as_in_the_news(turn: Turn, work: UnitOfWork) -> Turn:
    """A chat whose memory has ended still gets its news; who answers them is spoken to in the same language."""
    if turn.conversation.version or not (mine := await work.subscriptions.of_conversation(turn.conversation.id)):
        return turn
    spoken = replace(turn.conversation, language=mine[0].language)
    return replace(turn, conversation=spoken, language=mine[0].language)
