"""Save what somebody is changing about an item of the knowledge."""

from collections.abc import Mapping
from typing import Any

from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.put_draft import put_draft
from bot.services.desk.ports import DeskPorts


async def save_draft(  # noqa: PLR0917
    kind: str,
    id_: str,
    content: Mapping[str, Any],
    seen: int,
    member: StaffMember,
    ports: DeskPorts,
    *,
    meaning_unchanged: bool = False,
) -> Draft:
    """The stored draft; begins one from the accepted item, or a new item, where there is none. What changes nothing is not stored.

    `seen` is the version of the draft on the screen, 0 when there was none. Translations of an entry become outdated where the German
    changed in meaning. Raises ConflictError, LookupError (a draft was seen, and neither it nor the item is there any more).
    """
    async with ports.bot.unit_of_work() as work:
        saved = await put_draft(work, kind, id_, content, seen, member, ports, meaning_unchanged=meaning_unchanged)
        await work.commit()
    return saved
