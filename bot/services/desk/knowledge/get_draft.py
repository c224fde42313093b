"""The draft of an item."""

from bot.domain.knowledge_drafts import Draft
from bot.services.ports import UnitOfWork


async def get_draft(work: UnitOfWork, kind: str, id_: str) -> Draft:
    """What somebody is changing about an item. Raises LookupError where nobody does."""
    draft = await work.drafts.find(kind, id_)
    if draft is None:
        message = f"There is no draft of {kind} {id_}."
        raise LookupError(message)
    return draft
