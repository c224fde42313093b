"""Ask the addresses that stand in the knowledge whether anything is still there."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from urllib.parse import urlsplit

from bot.domain.links import Link, LinkAnswer, checked, find_addresses
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.knowledge.stored_links import LinkAsker
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork

AT_ONCE = 10
"""Addresses that are asked in one go; those of one server one after the other."""
LEASE = timedelta(minutes=10)
"""Longer than any go takes."""


async def check_links(ports: DeskPorts) -> int:
    """Ask what is due until nothing is; how many were asked. Addresses that are gone from the knowledge are forgotten.

    Several processes may do this at once: each address is asked by one of them.
    """
    asker = ports.knowledge.links
    if asker is None:
        return 0
    wanted = await read_addresses(ports)
    async with ports.bot.unit_of_work() as work:
        await _follow_knowledge(work, wanted, ports)
        await work.commit()
    asked = 0
    while due := await _claim(ports):
        await _ask(due, asker, ports)
        asked += len(due)
    return asked


async def read_addresses(ports: DeskPorts) -> dict[str, list[tuple[str, str]]]:
    """Every address that stands in the accepted knowledge, with kind and id of the items that it stands in."""
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in await read_accepted(ports):
        for address in find_addresses(item.kind, item.content):
            places[address].append((item.kind, item.id))
    return dict(places)


async def make_all_due(ports: DeskPorts) -> None:
    """Have every address asked as soon as the timer comes round."""
    wanted = await read_addresses(ports)
    async with ports.bot.unit_of_work() as work:
        await _follow_knowledge(work, wanted, ports)
        await work.links.make_due(ports.bot.now())
        await work.commit()


async def _follow_knowledge(work: UnitOfWork, wanted: dict[str, list[tuple[str, str]]], ports: DeskPorts) -> None:
    known = {link.address for link in await work.links.all()}
    for address in sorted(wanted.keys() - known):
        await work.links.add(Link(address=address, due_at=ports.bot.now()))
    await work.links.forget(sorted(known - wanted.keys()))


async def _claim(ports: DeskPorts) -> list[Link]:
    now = ports.bot.now()
    async with ports.bot.unit_of_work() as work:
        due = await work.links.claim(now, now + LEASE, AT_ONCE)
        await work.commit()
    return due


async def _ask(due: list[Link], asker: LinkAsker, ports: DeskPorts) -> None:
    servers: dict[str, list[Link]] = defaultdict(list)
    for link in due:
        servers[urlsplit(link.address).netloc.casefold()].append(link)
    answers = await asyncio.gather(*(_ask_server(links, asker) for links in servers.values()))
    async with ports.bot.unit_of_work() as work:
        for link, answer in (pair for pairs in answers for pair in pairs):
            await work.links.save(checked(link, answer, ports.bot.now()))
        await work.commit()


async def _ask_server(links: list[Link], asker: LinkAsker) -> list[tuple[Link, LinkAnswer]]:
    return [(link, await asker.ask(link.address)) for link in links]
