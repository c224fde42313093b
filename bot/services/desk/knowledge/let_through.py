"""A publisher lets a publication through although a gate is closed, and says why."""

from bot.domain.errors import ConflictError, NotAllowedError, NotAvailableError
from bot.domain.publication_runs import override
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.knowledge.work_on_publication import to_publication
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import Publication


async def let_through(number: int, reason: str, member: StaffMember, ports: DeskPorts) -> Publication:
    """The publication of a held run, with the reason.

    Raises NotAllowedError, LookupError, ConflictError when it is out of date, NotAvailableError when its model is gone.
    """
    if not member.may(Permission.PUBLISH_KNOWLEDGE):
        raise NotAllowedError("Only publishers publish.")
    now = ports.bot.now()
    async with ports.bot.unit_of_work() as work:
        run, items = await work.publication_runs.get(number)
        through = override(run, reason, now)
        compared_with = run.report.compared_with if run.report else 0
        if await work.publications.current_number() != compared_with or await work.publication_runs.active():
            raise ConflictError("Something else was published in the meantime. Publish again.")
        if ports.knowledge.workshop and not ports.knowledge.workshop.has_model(run.model):
            raise NotAvailableError("The model of this publication is not kept any more. Publish again.")
        await work.publication_runs.save_ended(through)
        published = await work.publications.add(to_publication(through, items, now, member.id), after=compared_with)
        await work.commit()
    return published
