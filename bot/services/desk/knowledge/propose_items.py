"""Look at the items of an uploaded archive, before anything of it is taken."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.item_faults import ItemFault
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts
from bot.services.import_knowledge import FileContent

BLOCKING = ("unreadable", "id", "odd-characters")
"""Faults that no form could show; everything else may be mended in the draft."""


@dataclass(frozen=True, kw_only=True)
class ProposedItem:
    """An item that differs. `problem` is a code, or empty; `faults` hinder it from becoming a draft at all."""

    file: FileContent
    before: Mapping[str, Any] | None
    problem: str = ""
    faults: tuple[ItemFault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemProposal:
    """What an archive would change, what of it cannot be taken, and how many of its items are as they are here."""

    valid: tuple[ProposedItem, ...]
    wrong: tuple[ProposedItem, ...]
    unchanged: int

    @property
    def fingerprint(self) -> str:
        """Names what somebody agreed to on the preview."""
        parts = sorted(f"{each.file.kind} {each.file.id} {each.file.hash}" for each in self.valid)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


async def propose_items(files: Sequence[FileContent], ports: DeskPorts) -> ItemProposal:
    """Each item against the accepted one. What an archive lacks stays as it is. Stores nothing."""
    accepted = {(item.kind, item.id): item for item in await read_accepted(ports)}
    async with ports.bot.unit_of_work() as work:
        drafted = {(draft.kind, draft.id) for draft in await work.drafts.all()}
    proposed: list[ProposedItem] = []
    seen: set[tuple[str, str]] = set()
    unchanged = 0
    for file in files:
        key = (file.kind, file.id)
        item = accepted.get(key)
        if item and item.content_hash == file.hash:
            unchanged += 1
            continue
        problem = "twice" if key in seen else "has-draft" if key in drafted else "" if file.id.strip() else "no-id"
        seen.add(key)
        faults = ports.knowledge.checker.find_faults(file.content, file.kind, ())
        blocking = tuple(fault for fault in faults if fault.code in BLOCKING)
        proposed.append(ProposedItem(file=file, before=item.content if item else None, problem=problem, faults=blocking))
    wrong = tuple(each for each in proposed if each.problem or each.faults)
    return ItemProposal(valid=tuple(each for each in proposed if not (each.problem or each.faults)), wrong=wrong, unchanged=unchanged)
