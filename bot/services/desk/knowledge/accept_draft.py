"""Accept a draft: from now on it belongs to the next publication."""

from dataclasses import replace

from bot.domain import knowledge_drafts
from bot.domain.knowledge_drafts import Draft, ItemVersion
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.get_draft import get_draft
from bot.services.desk.knowledge.keep_former import keep_former
from bot.services.desk.knowledge.refuse_faults import refuse_faults
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import KnowledgeItem


async def accept_draft(kind: str, id_: str, seen: int, member: StaffMember, ports: DeskPorts) -> ItemVersion:
    """The version that the draft became. Raises LookupError, ConflictError, FaultyDraftError, and NotAllowedError for its authors."""
    async with ports.bot.unit_of_work() as work:
        draft = await get_draft(work, kind, id_)
    if seen == draft.version:
        await refuse_faults(draft, ports)
    async with ports.bot.unit_of_work() as work:
        await work.drafts.save(draft)  # from here on nobody else changes it: they would find another version
        accepted = await _accept(work, draft, seen, member, ports)
        await work.drafts.delete(kind, id_)
        await work.commit()
    return accepted


async def _accept(work: UnitOfWork, draft: Draft, seen: int, member: StaffMember, ports: DeskPorts) -> ItemVersion:
    item, now = await work.knowledge_items.find(draft.kind, draft.id), ports.bot.now()
    content = knowledge_drafts.settle(draft.kind, draft.content)
    content_hash = ports.knowledge.hash_content(content)
    accepted = knowledge_drafts.accept(
        replace(draft, content=content),
        seen=seen,
        accepted_hash=item.content_hash if item else "",
        content_hash=content_hash,
        reviewer=member.id,
        now=now,
    )
    earlier = await keep_former(work, item, now) if item else await work.item_versions.of_item(draft.kind, draft.id)
    was_so_before = any(version.content_hash == content_hash for version in earlier)
    accepted = replace(accepted, cause=knowledge_drafts.tell_cause(item.content if item else None, content, was_so_before=was_so_before))
    await work.knowledge_items.put(
        KnowledgeItem(
            kind=draft.kind,
            id=draft.id,
            content=content,
            imported_hash=item.imported_hash if item else "",
            content_hash=content_hash,
            owner=item.owner if item else None,
        ),
        former_hash=draft.base_hash,
    )
    return await work.item_versions.add(accepted)
