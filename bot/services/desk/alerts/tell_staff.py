"""Pass alerts on to the Telegram chats of the staff, through the outbox; never with content."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.alerts import Alert, AlertKind
from bot.domain.messages import Button, Channel, Reply
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.ports import DeskPorts
from bot.services.ports import OutgoingMessage

SHOWN_AT = {AlertKind.CHAT_WAITING: "chats"}


async def tell_staff(ports: DeskPorts) -> int:
    """How many messages were queued. Each alert goes out once, however many processes ask; several at once become one message."""
    now = ports.bot.now()
    told = 0
    async with ports.bot.unit_of_work() as work:
        untold = await work.alerts.take_untold(now)
        for staff, alerts in groupby(sorted(untold, key=lambda alert: (alert.staff, alert.id)), lambda alert: alert.staff):
            member, chat = await work.staff.find(staff), await work.staff_chats.find(staff)
            visible = [alert for alert in alerts if member and may_be_told(alert, member)]
            if member and chat and visible:
                message = OutgoingMessage(
                    channel=Channel.TELEGRAM,
                    conversation=chat.conversation,
                    address=chat.address,
                    language=member.language,
                    reply=write_alert(visible, member, ports),
                )
                await work.outbox.add(message, now)
                told += 1
        if untold:
            await work.commit()
    return told


def may_be_told(alert: Alert, member: StaffMember) -> bool:
    """Whether somebody may see today what the alert is about."""
    return member.may(Permission.SEE_CASES) and (alert.case is None or member.sees_case_of(alert.municipality))


def write_alert(alerts: Sequence[Alert], member: StaffMember, ports: DeskPorts) -> Reply:
    """What the message says: the kind, or how many there are; a button leads to the desk where its address is known."""
    first, count = alerts[0], len(alerts)
    key = f"alerts.chat.{first.kind.value}"
    text = ports.wording.say(key, member.language) if count == 1 else ports.wording.say("alerts.chat.several", member.language, count=count)
    if not ports.bot.public_url:
        return Reply(text=text)
    place = (f"cases/{first.case}" if first.case else SHOWN_AT.get(first.kind, "alerts")) if count == 1 else "alerts"
    label = ports.wording.say_plain("alerts.chat.open", member.language)
    return Reply(text=text, choices=(Button(label=label, url=f"{ports.bot.public_url}/console/{place}"),))
