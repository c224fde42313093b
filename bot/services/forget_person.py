"""Forget a person: delete everything stored about their chat. Reports are deleted with their receipt code."""

from dataclasses import replace

from bot.domain.messages import ConversationId, Reply, Status
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome


async def forget_person(turn: Turn, work: UnitOfWork) -> Outcome:
    """Delete the chat and say so."""
    await forget_chat(turn.message.conversation, work)
    return replace(outcome(turn, Status.MENU, Reply(text=turn.say("forget.done"))), forgotten=True)


async def forget_chat(chat: ConversationId, work: UnitOfWork) -> None:
    """Delete conversation, messages and the way back from cases to this chat. A case itself stays until its code deletes it."""
    await work.conversations.delete(chat)
    await work.outbox.delete_conversation(chat)
    await work.inbox.delete_conversation(chat)
    await work.cases.unlink_conversation(chat)
    await work.staff_chats.unlink_conversation(chat)
    await work.handovers.delete_conversation(chat)
    await work.subscriptions.delete_conversation(chat)
