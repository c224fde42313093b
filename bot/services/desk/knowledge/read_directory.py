"""Read the contacts, programmes and sources with what refers to them, and what somebody is changing about them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.domain.knowledge_drafts import Draft
from bot.domain.knowledge_uses import names_in
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem

KINDS = ("contact", "programme", "source")


@dataclass(frozen=True, kw_only=True)
class DirectoryLine:
    """One of them: as it was accepted, or as its draft has it where nothing was accepted yet."""

    kind: str
    id: str
    content: Mapping[str, Any]
    draft: Draft | None
    is_new: bool
    uses: Sequence[KnowledgeItem | Draft]


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Everything that forms are there for."""

    items: Sequence[KnowledgeItem]
    drafts: Sequence[Draft]
    members: Sequence[StaffMember]

    def lines(self, kind: str) -> list[DirectoryLine]:
        """All of a kind, by id."""
        accepted = {item.id: item.content for item in self.items if item.kind == kind}
        drafts = {draft.id: draft for draft in self.drafts if draft.kind == kind}
        return [
            DirectoryLine(
                kind=kind,
                id=id_,
                content=accepted[id_] if id_ in accepted else drafts[id_].content,
                draft=drafts.get(id_),
                is_new=id_ not in accepted,
                uses=self.uses_of(kind, id_),
            )
            for id_ in sorted({*accepted, *drafts})
        ]

    def uses_of(self, kind: str, id_: str) -> list[KnowledgeItem | Draft]:
        """What refers to an item, accepted or in a draft; each item once, as it was accepted where it was."""
        return list(self._uses.get((kind, id_), {}).values())

    @cached_property
    def _uses(self) -> dict[tuple[str, str], dict[tuple[str, str], KnowledgeItem | Draft]]:
        """By kind and id: everything that refers to it."""
        uses: dict[tuple[str, str], dict[tuple[str, str], KnowledgeItem | Draft]] = defaultdict(dict)
        known: list[KnowledgeItem | Draft] = [*self.items, *self.drafts]
        for each in known:
            if each.content.get("state") != "retired":
                for kind in KINDS:
                    for name in names_in(kind, each.content):
                        uses[kind, name].setdefault((each.kind, each.id), each)
        return uses


async def read_directory(ports: DeskPorts) -> Directory:
    """Everything at once."""
    items = await read_accepted(ports)
    async with ports.bot.unit_of_work() as work:
        drafts, members = await work.drafts.all(), await work.staff.all()
    return Directory(items=items, drafts=drafts, members=members)
