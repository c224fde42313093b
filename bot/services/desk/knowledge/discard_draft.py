"""Throw away what somebody was changing; the accepted item stays as it is."""

from bot.domain.errors import ConflictError
from bot.services.desk.ports import DeskPorts


async def discard_draft(kind: str, id_: str, seen: int, ports: DeskPorts) -> None:
    """Delete the draft that was on the screen. Raises ConflictError when somebody saved another one, LookupError when there is none."""
    async with ports.bot.unit_of_work() as work:
        draft = await work.drafts.find(kind, id_)
        if draft is None:
            raise LookupError(id_)
        if draft.version != seen:
            raise ConflictError("Somebody else saved this draft in the meantime.")
        await work.drafts.delete(kind, id_)
        await work.commit()
