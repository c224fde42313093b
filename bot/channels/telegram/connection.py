"""Gets to know our own bot."""

from telegram import Bot

from bot.channels.telegram.persistence import Patience, insist


async def connect(bot: Bot, patience: Patience = Patience()) -> tuple[int, str]:  # noqa: B008  # frozen
    """The bot's id and user name. Waits until Telegram answers; raises SettingError when the token is wrong."""
    me = await insist(bot.get_me, patience)
    return me.id, me.username or ""
