"""What the page on publishing shows: what would go live, how far a run is, and what was published before."""

from dataclasses import dataclass

from bot.domain.publication_runs import PublicationRun
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts
from bot.services.keep_for_good import keep_for_good
from bot.services.ports import UnitOfWork
from bot.services.stored_knowledge import ItemKey, KnowledgeItem, Publication, PublicationOutline

RUNS = 10
PUBLICATIONS = 20


@dataclass(frozen=True, kw_only=True)
class Change:
    """An item that the next publication changes: as it answers now, and as it was accepted. None: not there."""

    kind: str
    id: str
    published: KnowledgeItem | None
    accepted: KnowledgeItem | None


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """Everything about publishing at this moment."""

    changes: tuple[Change, ...]
    runs: tuple[PublicationRun, ...]
    """Newest first; the first one may be under way."""
    publications: tuple[PublicationOutline, ...]
    """Newest first; the first one is current."""
    can_publish: bool
    """Whether there is an NLU server to train."""


async def read_publishing(ports: DeskPorts) -> Publishing:
    """The state of publishing."""
    accepted = {(item.kind, item.id): item for item in await read_accepted(ports)}
    async with ports.bot.unit_of_work() as work:
        current = await _read_current(work, ports)
        runs, publications = await work.publication_runs.newest(RUNS), await work.publications.newest(PUBLICATIONS)
    published: dict[ItemKey, KnowledgeItem] = {(item.kind, item.id): item for item in current.items} if current else {}
    changed = [
        key
        for key in sorted(accepted.keys() | published.keys())
        if key not in accepted or key not in published or accepted[key].content_hash != published[key].content_hash
    ]
    return Publishing(
        changes=tuple(Change(kind=key[0], id=key[1], published=published.get(key), accepted=accepted.get(key)) for key in changed),
        runs=tuple(runs),
        publications=tuple(publications),
        can_publish=ports.knowledge.workshop is not None,
    )


async def _read_current(work: UnitOfWork, ports: DeskPorts) -> Publication | None:
    """The current publication, read once in each process: a number always means the same items."""
    number, known = await work.publications.current_number(), ports.knowledge.publications
    if number not in known:
        current = await work.publications.current()
        known.clear()
        known.update({current.number: current} if current else {})
        keep_for_good()
        return current
    return known[number]
