"""End chats with a human in which nobody has said anything for a day, and tell the person."""

from datetime import datetime

from bot.domain.errors import ConflictError
from bot.domain.handovers import ENDS_AFTER, Handover, end_handover, ends_at
from bot.services.ports import Ports
from bot.services.tell_in_chat import tell_in_chat


async def end_stale_handovers(ports: Ports) -> int:
    """Each in a unit of work of its own; how many ended. Whoever writes at this very moment goes on."""
    now = ports.now()
    async with ports.unit_of_work() as work:
        quiet = await work.handovers.open_untouched_since(now - ENDS_AFTER)
        late = [handover for handover in quiet if ends_at(handover, await work.office_hours.of(handover.municipality)) <= now]
    return sum([await _end(handover, now, ports) for handover in late])


async def _end(handover: Handover, now: datetime, ports: Ports) -> bool:
    async with ports.unit_of_work() as work:
        found = await work.handovers.find(handover.reference)
        if found is None or found != handover:
            return False
        try:
            await work.handovers.save(end_handover(found, now), found)
        except ConflictError:
            return False
        text = ports.wording.say("handover.expired", found.language)
        buttons = (("human", "menu.human"), ("menu", "menu.open"))
        await tell_in_chat(found, text, work, now, wording=ports.wording, buttons=buttons)
        await work.commit()
    return True
