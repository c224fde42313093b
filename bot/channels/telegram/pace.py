"""Keeps us below the number of messages that Telegram allows."""

import asyncio
from collections.abc import Callable

SENDS_PER_SECOND = 25
"""Telegram allows about 30 a second over all chats."""
GROUP_PAUSE_SECONDS = 1.0


class Pace:
    """A gap between sends: small over all chats, larger within one group."""

    def __init__(self, pause_seconds: float = 1 / SENDS_PER_SECOND, group_pause_seconds: float = GROUP_PAUSE_SECONDS) -> None:
        """Set the smallest gaps."""
        self.pause_seconds = pause_seconds
        self.group_pause_seconds = group_pause_seconds
        self.next_send = 0.0
        self.next_in_group: dict[int, float] = {}

    async def wait_for_turn(self, chat_id: int, clock: Callable[[], float] | None = None) -> None:
        """Return when a message may be sent to the chat. Groups have negative ids."""
        now = (clock or asyncio.get_running_loop().time)()
        earliest = now
        if chat_id < 0:
            earliest = max(now, self.next_in_group.get(chat_id, 0))
            self.next_in_group = {chat: at for chat, at in self.next_in_group.items() if at > now}
            self.next_in_group[chat_id] = earliest + self.group_pause_seconds
        if earliest > now:
            await asyncio.sleep(earliest - now)
            now = earliest
        turn = max(now, self.next_send)
        self.next_send = turn + self.pause_seconds
        if turn > now:
            await asyncio.sleep(turn - now)
