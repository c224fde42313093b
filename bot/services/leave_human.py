"""The person wants the bot back, or the chat with the human has ended meanwhile."""

from dataclasses import replace

from bot.domain.conversations import Conversation
from bot.domain.handovers import HandoverId, end_handover
from bot.domain.messages import Reply, Status
from bot.services.ports import UnitOfWork
from bot.services.show_page import menu_buttons, show_page
from bot.services.turn import Outcome, Turn, outcome


async def leave_human(turn: Turn, work: UnitOfWork) -> Outcome:
    """End the chat and show the menu; without one, only the menu."""
    found = await work.handovers.find(HandoverId(turn.conversation.handover or ""))
    if found is None or not found.is_open():
        return show_page("menu", turn)
    await work.handovers.save(end_handover(found, turn.now), found)
    return outcome(turn, Status.MENU, Reply(text=turn.say("handover.ended"), choices=menu_buttons(turn)), handover=None)


async def leave_ended_handover(conversation: Conversation, work: UnitOfWork) -> Conversation:
    """The chat as it is when the office has ended the one with the human, or retention has."""
    if conversation.handover is None:
        return conversation
    found = await work.handovers.find(HandoverId(conversation.handover))
    return conversation if found and found.is_open() else replace(conversation, handover=None)
