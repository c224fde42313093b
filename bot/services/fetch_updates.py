"""A page of the web chat fetches what waits for its conversation; each message stays until the page says that it has arrived."""

from bot.domain.messages import ConversationId
from bot.services.ports import Ports, Waiting


async def fetch_updates(conversation: ConversationId, after: str, ports: Ports) -> list[Waiting]:
    """What waits, oldest first, without the message named `after` and those before it. Mostly nothing waits, and nothing is written."""
    async with ports.unit_of_work() as work:
        waiting = await work.outbox.waiting_for_page(conversation)
        names = [each.name for each in waiting]
        if after not in names:
            return waiting
        await work.outbox.mark_fetched(conversation, after, ports.now())
        await work.commit()
    return waiting[names.index(after) + 1 :]
