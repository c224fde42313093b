"""Take an older version up again, as a draft that is reviewed like any other."""

from collections.abc import Mapping

from bot.domain.errors import ConflictError
from bot.domain.knowledge_drafts import Draft
from bot.domain.staff import StaffMember
from bot.services.desk.ports import DeskPorts


async def restore_version(kind: str, id_: str, number: int, member: StaffMember, ports: DeskPorts) -> Draft:
    """A new draft with the content of a version. Raises LookupError, ConflictError where somebody is changing the item already."""
    async with ports.bot.unit_of_work() as work:
        versions = await work.item_versions.of_item(kind, id_)
    version = next((version for version in versions if version.number == number), None)
    if version is None:
        message = f"There is no version {number} of {kind} {id_}."
        raise LookupError(message)
    return await begin_draft(kind, id_, version.content, member, ports)


async def begin_draft(kind: str, id_: str, content: Mapping[str, object], member: StaffMember, ports: DeskPorts) -> Draft:
    """A new draft of an item. Raises ConflictError where there is one."""
    async with ports.bot.unit_of_work() as work:
        if await work.drafts.find(kind, id_):
            raise ConflictError("Somebody is changing this already.")
        item = await work.knowledge_items.find(kind, id_)
        draft = Draft(
            kind=kind,
            id=id_,
            content=content,
            base_hash=item.content_hash if item else "",
            authors=(member.id,),
            saved_by=member.id,
            saved_at=ports.bot.now(),
        )
        stored = await work.drafts.save(draft)
        await work.commit()
    return stored
