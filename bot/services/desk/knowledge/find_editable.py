"""Find an item with what somebody is changing about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.knowledge_drafts import Draft
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem


@dataclass(frozen=True, kw_only=True)
class Editable:
    """An item as it is accepted, as it shall be, or both."""

    kind: str
    id: str
    accepted: KnowledgeItem | None
    draft: Draft | None

    @property
    def content(self) -> Mapping[str, Any]:
        """What an editor goes on with."""
        return self.draft.content if self.draft else self.accepted_content

    @property
    def accepted_content(self) -> Mapping[str, Any]:
        """The accepted content; empty for a new item."""
        return self.accepted.content if self.accepted else {}

    @property
    def version(self) -> int:
        """The draft's version; 0 where there is none."""
        return self.draft.version if self.draft else 0

    @property
    def is_overtaken(self) -> bool:
        """Whether another version was accepted since the draft began: nobody can accept it as it is."""
        return self.draft is not None and self.draft.base_hash != (self.accepted.content_hash if self.accepted else "")


async def find_editable(kind: str, id_: str, ports: DeskPorts) -> Editable:
    """The item with its draft. Raises LookupError when there is neither."""
    async with ports.bot.unit_of_work() as work:
        accepted = await work.knowledge_items.find(kind, id_)
        draft = await work.drafts.find(kind, id_)
    if accepted is None and draft is None:
        raise LookupError(id_)
    return Editable(kind=kind, id=id_, accepted=accepted, draft=draft)
