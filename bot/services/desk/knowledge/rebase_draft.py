"""Bring a draft onto what was accepted since it began."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.errors import ConflictError
from bot.domain.knowledge_drafts import Draft, DraftState, ItemVersion
from bot.domain.knowledge_rebase import Rebased, rebase
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.get_draft import get_draft
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem


async def rebase_draft(kind: str, id_: str, seen: int, _member: StaffMember, ports: DeskPorts) -> Rebased:
    """What became of the draft. Nobody becomes its author by that; where both sides changed a field, it leaves review.

    Raises LookupError, ConflictError.
    """
    async with ports.bot.unit_of_work() as work:
        draft = await get_draft(work, kind, id_)
        if draft.version != seen:
            raise ConflictError("Somebody else saved this draft in the meantime.")
        item, versions = await work.knowledge_items.find(kind, id_), await work.item_versions.of_item(kind, id_)
        rebased = foresee_rebase(draft, item, versions)
        is_unsure = draft.state is DraftState.IN_REVIEW and rebased.collided
        state = DraftState.DRAFT if is_unsure else draft.state
        base_hash = item.content_hash if item else ""
        await work.drafts.save(replace(draft, content=rebased.content, base_hash=base_hash, state=state))
        await work.commit()
    return rebased


def foresee_rebase(draft: Draft, item: KnowledgeItem | None, versions: Sequence[ItemVersion]) -> Rebased:
    """What would become of a draft. An item that is gone meanwhile is made anew."""
    if item is None:
        return Rebased(content=draft.content, collided=(), taken_over=())
    return rebase(find_base(draft, versions), item.content, draft.content)


def find_base(draft: Draft, versions: Sequence[ItemVersion]) -> Mapping[str, object]:
    """The content that a draft began with; empty where there was none."""
    return next((version.content for version in versions if version.content_hash == draft.base_hash), {})
