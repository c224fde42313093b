"""Pass on what a person types to the human who answers, and be silent."""

from dataclasses import replace

from bot.domain.alerts import Alert, AlertKind
from bot.domain.errors import ConflictError
from bot.domain.handovers import Handover, HandoverId, HandoverMessage, HandoverState
from bot.domain.messages import Reply, Status
from bot.services.ports import UnitOfWork
from bot.services.turn import Outcome, Turn, outcome


async def relay_to_human(text: str, turn: Turn, work: UnitOfWork) -> Outcome:
    """Keep the words for the desk; the first ones are acknowledged while nobody answers yet.

    Raises ConflictError when the chat was ended in this very moment: read anew, the message is the bot's again.
    """
    found = await work.handovers.find(HandoverId(turn.conversation.handover or ""))
    if found is None or not found.is_open():
        message = "The chat with the human has just ended."
        raise ConflictError(message)
    before = await work.handovers.messages(found.reference)
    said = HandoverMessage(handover=found.reference, author="person", written_at=turn.now, text=text)
    await work.handovers.save(replace(found, touched_at=turn.now, language=turn.language), found)
    await work.handovers.add_message(said)
    if before and before[-1].author == "office":
        await _alert_whoever_answers(found, turn, work)
    is_first = found.state is HandoverState.WAITING and not before
    replies = (Reply(text=turn.say("handover.received"), choices=(turn.button("bot", "handover.stop"),)),) if is_first else ()
    return outcome(turn, Status.HANDOVER, *replies)


async def _alert_whoever_answers(handover: Handover, turn: Turn, work: UnitOfWork) -> None:
    if handover.taken_by:
        await work.alerts.add([Alert(staff=handover.taken_by, kind=AlertKind.CHAT_WAITING, case=None, at=turn.now)])
