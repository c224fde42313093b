"""Ask for what was accepted to be published."""

from dataclasses import replace

from bot.domain.errors import ConflictError, NotAllowedError, NotAvailableError
from bot.domain.publication_runs import PublicationRun, RunState
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork
from bot.services.publish_knowledge import fingerprint_items

LOOKED_AT = 20
"""A held run among so many newest ones could still be let through."""


async def request_publication(member: StaffMember, ports: DeskPorts) -> PublicationRun:
    """The run that publishes what is accepted now; the one under way where there is one, however many ask.

    Raises NotAllowedError when nothing has changed, NotAvailableError where nothing can be trained.
    """
    if not member.may(Permission.PUBLISH_KNOWLEDGE):
        raise NotAllowedError("Only publishers publish.")
    if ports.knowledge.workshop is None:
        raise NotAvailableError("Nothing can be trained here: there is no NLU server.")
    try:
        async with ports.bot.unit_of_work() as work:
            run = await work.publication_runs.active() or await _start(member, ports, work)
            await work.commit()
    except ConflictError:
        async with ports.bot.unit_of_work() as work:
            other = await work.publication_runs.active()
        if other is None:
            raise
        return other
    return run


async def _start(member: StaffMember, ports: DeskPorts, work: UnitOfWork) -> PublicationRun:
    items, current = tuple(await work.knowledge_items.all()), await work.publications.current()
    if current and fingerprint_items(items) == fingerprint_items(current.items):
        raise NotAllowedError("Everything that is accepted is published already.")
    for held in await work.publication_runs.newest(LOOKED_AT):
        if held.state is RunState.HELD:
            await work.publication_runs.save_ended(replace(held, state=RunState.SUPERSEDED))
    return await work.publication_runs.add(PublicationRun(asked_by=member.id, asked_at=ports.bot.now()), items)
