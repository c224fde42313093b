"""Find the versions of an item."""

from dataclasses import dataclass

from bot.domain.knowledge_drafts import ItemVersion
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.keep_former import imported_version
from bot.services.desk.ports import DeskPorts


@dataclass(frozen=True, kw_only=True)
class History:
    """The versions of an item, newest first: at least one. The newest is what is accepted, unless the item is gone."""

    kind: str
    id: str
    versions: tuple[ItemVersion, ...]
    members: tuple[StaffMember, ...]
    has_draft: bool
    is_gone: bool


async def find_history(kind: str, id_: str, ports: DeskPorts) -> History:
    """The history of an item. What came from the files and was never changed has one version. Raises LookupError."""
    async with ports.bot.unit_of_work() as work:
        item, versions = await work.knowledge_items.find(kind, id_), await work.item_versions.of_item(kind, id_)
        draft, members = await work.drafts.find(kind, id_), await work.staff.all()
    if item and (not versions or versions[0].content_hash != item.content_hash):
        versions = [imported_version(item, ports.bot.now()), *versions]
    if not versions:
        message = f"There is no {kind} {id_}."
        raise LookupError(message)
    return History(kind=kind, id=id_, versions=tuple(versions), members=tuple(members), has_draft=draft is not None, is_gone=item is None)
