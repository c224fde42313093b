"""Say in "my data" how many chats with a human are stored."""

from dataclasses import replace

from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn


async def tell_handovers(shown: Outcome, turn: Turn, work: UnitOfWork) -> Outcome:
    """One more line, where there are any."""
    stored = await work.handovers.of_conversation(turn.conversation.id)
    if not stored:
        return shown
    *others, last = shown.replies
    line = f"- {turn.say('my-data.handover', number=len(stored))}"
    return replace(shown, replies=(*others, replace(last, text=last.text.replace("\n\n", f"\n{line}\n\n", 1))))
