"""Let a human answer in this chat: it waits at the desk from now on."""

import secrets
from dataclasses import replace

from bot.domain.alerts import AlertKind
from bot.domain.conversations import Idle
from bot.domain.handovers import Handover, HandoverId
from bot.domain.messages import Reply, Status
from bot.domain.office_hours import DAYS, GERMANY, OfficeHours, next_opening, write_clock
from bot.services.desk.alerts.alert_staff import alert_staff
from bot.services.offer_human import find_answered_cities, offer_human
from bot.services.ports import UnitOfWork
from bot.services.show_page import show_page
from bot.services.turn import Outcome, Turn, outcome


async def hand_over(turn: Turn, work: UnitOfWork) -> Outcome:
    """Open the chat with a human and alert the staff; where nobody answers chats, show the contacts."""
    if turn.conversation.handover:
        return outcome(turn, Status.HANDOVER, Reply(text=turn.say("handover.open-already"), choices=(turn.button("bot", "handover.stop"),)))
    city = turn.conversation.municipality
    if city is None or city not in await find_answered_cities(turn, work):
        return await offer_human(show_page("human", turn), turn, work)
    handover = Handover(
        reference=HandoverId(secrets.token_hex(16)),
        conversation=turn.conversation.id,
        channel=turn.message.channel,
        address=turn.message.address or "",
        language=turn.language,
        municipality=city,
        opened_at=turn.now,
        touched_at=turn.now,
    )
    await work.handovers.add(handover)
    await alert_staff(work, AlertKind.CHAT_WAITING, None, turn.now, municipality=city)
    text = f"{tell_when(await work.office_hours.of(city), turn)}\n\n{turn.say('handover.how-to-stop')}"
    opened = outcome(turn, Status.HANDOVER, Reply(text=text, choices=(turn.button("bot", "handover.stop"),)), activity=Idle())
    return replace(opened, conversation=replace(opened.conversation, handover=handover.reference))


def tell_when(hours: OfficeHours, turn: Turn) -> str:
    """That somebody will answer, or from when on somebody is there."""
    opening = next_opening(hours, turn.now)
    if opening is None:
        return turn.say("handover.opened")
    if opening == turn.now:
        return turn.say("handover.opened-in-hours")
    local = opening.astimezone(GERMANY)
    day = turn.say(f"day.{DAYS[local.weekday()]}")
    return turn.say("handover.opened-out-of-hours", day=day, date=local.date(), time=write_clock(local.hour * 60 + local.minute))
