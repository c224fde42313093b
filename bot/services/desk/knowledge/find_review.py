"""Find everything that somebody needs to judge a draft."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.item_faults import ItemFault
from bot.domain.knowledge_drafts import Draft, is_retiring
from bot.domain.knowledge_rebase import Rebased
from bot.domain.knowledge_uses import REFERENCES, find_uses
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.get_draft import get_draft
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.knowledge.rebase_draft import find_base, foresee_rebase
from bot.services.desk.knowledge.refuse_faults import find_draft_faults
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem


@dataclass(frozen=True, kw_only=True)
class Review:
    """A draft beside what is accepted."""

    draft: Draft
    item: KnowledgeItem | None
    members: tuple[StaffMember, ...]
    faults: tuple[ItemFault, ...]
    uses: tuple[KnowledgeItem, ...]
    """What refers to an item that is about to be retired."""
    base: Mapping[str, object]
    """What the draft began with."""
    rebased: Rebased | None
    """What the draft would become, where something else was accepted since it began."""

    @property
    def before(self) -> Mapping[str, object]:
        """What the draft is compared with."""
        return self.item.content if self.item else {}

    @property
    def is_retiring(self) -> bool:
        """Whether the item is to leave the knowledge."""
        return is_retiring(self.draft.kind, self.draft.content)


async def find_review(kind: str, id_: str, ports: DeskPorts) -> Review:
    """The draft of an item with all that belongs to it. Raises LookupError where there is none."""
    async with ports.bot.unit_of_work() as work:
        draft = await get_draft(work, kind, id_)
        item, members = await work.knowledge_items.find(kind, id_), await work.staff.all()
        is_overtaken = draft.base_hash != (item.content_hash if item else "")
        versions = await work.item_versions.of_item(kind, id_) if is_overtaken else []
    retires = is_retiring(kind, draft.content)
    return Review(
        draft=draft,
        item=item,
        members=tuple(members),
        faults=() if retires else await find_draft_faults(draft, ports),
        uses=tuple(find_uses(kind, id_, await read_accepted(ports))) if retires and kind in REFERENCES else (),
        base=find_base(draft, versions) if is_overtaken else (item.content if item else {}),
        rebased=foresee_rebase(draft, item, versions) if is_overtaken else None,
    )
