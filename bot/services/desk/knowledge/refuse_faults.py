"""A draft with faults is neither submitted nor accepted."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowedError
from bot.domain.item_faults import ItemFault
from bot.domain.knowledge_drafts import Draft, is_retiring
from bot.domain.knowledge_uses import find_uses
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts


class FaultyDraftError(NotAllowedError):
    """The draft has faults that must be mended first."""

    def __init__(self, faults: Sequence[ItemFault]) -> None:
        """Carry them for the page."""
        super().__init__("This draft has faults.")
        self.faults = tuple(faults)


async def refuse_faults(draft: Draft, ports: DeskPorts) -> None:
    """Raises FaultyDraftError; what is only overdue is let through, and so is what can be read, is being retired, and named by nothing."""
    if is_retiring(draft.kind, draft.content):
        uses = find_uses(draft.kind, draft.id, await read_accepted(ports)) if draft.kind in ("contact", "programme") else []
        if uses:
            where = ", ".join(item.id for item in uses)
            raise FaultyDraftError([ItemFault(path=("state",), code="still-used", values={"where": where})])
        faults = [fault for fault in await find_draft_faults(draft, ports) if fault.code == "unreadable"]
    else:
        faults = [fault for fault in await find_draft_faults(draft, ports) if not fault.overdue]
    if faults:
        raise FaultyDraftError(faults)


async def find_draft_faults(draft: Draft, ports: DeskPorts) -> tuple[ItemFault, ...]:
    """Every fault of a draft among all other accepted items."""
    others = [item for item in await read_accepted(ports) if (item.kind, item.id) != (draft.kind, draft.id)]
    return ports.knowledge.checker.find_faults(draft.content, draft.kind, others)
