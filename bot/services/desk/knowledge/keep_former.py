"""Keep what is about to be replaced: the first accepted content came from the files and has no version yet."""

from datetime import datetime

from bot.domain.knowledge_drafts import Cause, ItemVersion
from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import KnowledgeItem


async def keep_former(work: UnitOfWork, item: KnowledgeItem, now: datetime) -> list[ItemVersion]:
    """All versions of an item, newest first; the newest is what it holds now. Stored in the transaction that replaces it."""
    versions = await work.item_versions.of_item(item.kind, item.id)
    if versions and versions[0].content_hash == item.content_hash:
        return versions
    return [await work.item_versions.add(imported_version(item, now)), *versions]


def imported_version(item: KnowledgeItem, now: datetime) -> ItemVersion:
    """An item as it came from the files, where a draft or a review never saw it."""
    return ItemVersion(
        kind=item.kind,
        id=item.id,
        cause=Cause.IMPORTED,
        content=item.content,
        content_hash=item.content_hash,
        authors=(),
        reviewer=None,
        accepted_at=now,
    )
