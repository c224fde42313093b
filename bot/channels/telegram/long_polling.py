"""Fetches updates where no public address is set."""

from functools import partial

from bot.channels.telegram.bot_client import POLL_SECONDS, BotClient
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.persistence import Patience, insist


async def poll_updates(
    bot: BotClient,
    intake: Intake,
    patience: Patience = Patience(),  # noqa: B008  # frozen
    poll_seconds: int = POLL_SECONDS,
) -> None:
    """Fetch and keep updates until cancelled; the offset moves on only after everything before it is committed.

    Raises SettingError when the token is wrong.
    """
    await insist(partial(bot.delete_webhook, drop_pending_updates=False), patience)
    offset = await insist(intake.next_offset, patience)
    while True:
        updates = await insist(partial(bot.fetch_updates, offset, timeout_seconds=poll_seconds), patience)
        for update in updates:
            await insist(partial(intake.take_in, update), patience)
        if updates:
            # Not above the highest ever seen: after a quiet week Telegram starts counting anew, possibly lower.
            offset = updates[-1]["update_id"] + 1
