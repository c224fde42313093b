"""Put a draft into the database, within a transaction that may put others, too."""

from collections.abc import Mapping
from typing import Any

from bot.domain.knowledge_drafts import Draft, save
from bot.domain.staff import StaffMember
from bot.domain.translation_states import translate_states
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def put_draft(  # noqa: PLR0917
    work: UnitOfWork,
    kind: str,
    id_: str,
    content: Mapping[str, Any],
    seen: int,
    member: StaffMember,
    ports: DeskPorts,
    *,
    meaning_unchanged: bool = False,
    keeps_states: bool = False,
) -> Draft:
    """The stored draft, not committed yet; see save_draft. `keeps_states`: the content is taken with the states of its translations."""
    accepted = await work.knowledge_items.find(kind, id_)
    stored = await work.drafts.find(kind, id_)
    if seen and accepted is None and stored is None:
        raise LookupError(id_)
    start = stored or Draft(
        kind=kind,
        id=id_,
        content=accepted.content if accepted else {},
        base_hash=accepted.content_hash if accepted else "",
        saved_by=member.id,
        saved_at=ports.bot.now(),
    )
    if kind == "entry" and not keeps_states:
        base = accepted.content if accepted else {}
        states = translate_states(content, start.content, base, meaning_unchanged=meaning_unchanged)
        content = {**content, "translations": states}
    changed = save(start, content, seen, member.id, ports.bot.now())
    return start if content == start.content else await work.drafts.save(changed)
