"""Go back to an earlier publication: its knowledge and its model become current again, under a new number."""

from dataclasses import replace

from bot.domain.errors import ConflictError, NotAllowedError, NotAvailableError
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import Publication


async def roll_back(number: int, seen: int, member: StaffMember, ports: DeskPorts) -> Publication:
    """The new current publication. What is accepted stays accepted. `seen` is the number that was current on the screen.

    Raises LookupError, NotAllowedError, NotAvailableError when its model is not kept any more, ConflictError when another was published.
    """
    if not member.may(Permission.PUBLISH_KNOWLEDGE):
        raise NotAllowedError("Only publishers publish.")
    async with ports.bot.unit_of_work() as work:
        former, current = await work.publications.get(number), await work.publications.current_number()
        if number == current:
            raise NotAllowedError("This publication is current already.")
        if seen != current:
            raise ConflictError("Something else was published in the meantime.")
        if not former.items or (ports.knowledge.workshop and not ports.knowledge.workshop.has_model(former.model)):
            raise NotAvailableError("The model of this publication is not kept any more.")
        restored = replace(former, restores=former.restores or number, reason="", published_at=ports.bot.now(), published_by=member.id)
        published = await work.publications.add(restored, after=current)
        await work.commit()
    return published
