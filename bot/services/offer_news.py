"""Say which news one can get in Telegram, and show about which topics one gets them."""

from collections.abc import Collection

from bot.domain.knowledge import Topic
from bot.domain.messages import Button, Channel, Reply, Status
from bot.domain.news import NEWS_TOPICS
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome
from bot.services.write_news import name_topic


async def offer_news(turn: Turn, work: UnitOfWork) -> Outcome:
    """What one gets, that it ends whenever one wants, and the topics."""
    if not can_get_news(turn):
        return say_where_news_come(turn)
    return outcome(turn, Status.MENU, await show_topics("news.offer", turn, work))


def can_get_news(turn: Turn) -> bool:
    """Whether something can be sent to this chat later: a web page that is closed gets nothing."""
    return turn.message.channel is Channel.TELEGRAM and bool(turn.message.address) and not turn.message.in_group


def say_where_news_come(turn: Turn) -> Outcome:
    """News come in Telegram only."""
    return outcome(turn, Status.MENU, Reply(text=turn.say("news.only-telegram"), choices=(turn.button("menu", "menu.open"),)))


async def show_topics(key: str, turn: Turn, work: UnitOfWork) -> Reply:
    """A sentence and the topics as buttons; pressed again they change in the same place."""
    mine = {subscription.topic for subscription in await work.subscriptions.of_conversation(turn.conversation.id)}
    return Reply(text=turn.say(key), choices=topic_buttons(mine, turn), replaces=True)


def topic_buttons(mine: Collection[Topic], turn: Turn) -> tuple[Button, ...]:
    """Each topic, with a tick where one gets its news; and an end to all of them."""
    names = {topic: name_topic(topic, turn.language, turn.ports.wording) for topic in NEWS_TOPICS}
    topics = [
        Button(label=f"✓ {name}", value=f"news:off:{topic}") if topic in mine else Button(label=name, value=f"news:on:{topic}")
        for topic, name in names.items()
    ]
    end = [turn.button("news:off:all", "news.stop-all")] if mine else []
    return (*topics, *end, turn.button("menu", "menu.open"))
