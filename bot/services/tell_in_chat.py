"""Say something in a person's chat that is not the answer to a message: it goes by way of the outbox."""

from datetime import datetime

from bot.domain.bidi import isolate_latin
from bot.domain.handovers import Handover
from bot.domain.languages import is_right_to_left
from bot.domain.messages import Button, Reply
from bot.services.ports import OutgoingMessage, UnitOfWork, Wording


async def tell_in_chat(
    handover: Handover, text: str, work: UnitOfWork, now: datetime, *, wording: Wording, buttons: tuple[tuple[str, str], ...] = ()
) -> None:
    """Put Markdown into the outbox, with buttons as pairs of value and key."""
    language = handover.language
    outgoing = OutgoingMessage(
        channel=handover.channel,
        conversation=handover.conversation,
        address=handover.address,
        language=language,
        reply=Reply(
            text=isolate_latin(text) if is_right_to_left(language) else text,
            choices=tuple(Button(label=wording.say_plain(key, language), value=value) for value, key in buttons),
        ),
    )
    await work.outbox.add(outgoing, now)
