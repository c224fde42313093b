"""Work off the inbox: claim the next message, answer it, until nothing is waiting."""

from datetime import timedelta

import structlog

from bot.domain.errors import ConflictError
from bot.services.answer_message import answer_message
from bot.services.ports import Ports, Ticket

log = structlog.get_logger()
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5


async def work_inbox(ports: Ports) -> bool:
    """Answer one waiting message; False when there is none. A message that fails again and again is set aside, not lost."""
    async with ports.unit_of_work() as work:
        claimed = await work.inbox.claim(ports.now(), LEASE)
        await work.commit()
    if claimed is None:
        return False
    ticket, message = claimed
    try:
        await answer_message(message, ports, ticket)
    except ConflictError:
        log.info("another worker has taken a message over", inbox=ticket.id)
    except Exception as error:
        log.error("a message could not be answered", inbox=ticket.id, attempts=ticket.attempts, error=type(error).__name__)
        await _give_up(ticket, ports)
        raise
    return True


async def _give_up(ticket: Ticket, ports: Ports) -> None:
    if ticket.attempts < MOST_ATTEMPTS:
        return
    async with ports.unit_of_work() as work:
        await work.inbox.give_up(ticket, ports.now())
        await work.commit()
