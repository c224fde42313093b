"""Attempts to sign in are counted before they are checked: as failed, until they turn out otherwise."""

from collections.abc import Mapping
from datetime import datetime
from math import ceil

from bot.domain.sign_in import Attempt, find_wait
from bot.services.desk.people.sign_in_ports import TooManyAttemptsError
from bot.services.desk.ports import DeskPorts
from bot.services.ports import UnitOfWork


async def count_attempt(subjects: Mapping[Attempt, str], ports: DeskPorts) -> datetime:
    """Count an attempt; its moment. Raises TooManyAttemptsError: then it is not even looked at, and does not count."""
    now = ports.bot.now()
    async with ports.bot.unit_of_work() as work:
        waits = [find_wait(kind, await work.sign_in_failures.add(name(kind, who, ports), now), now) for kind, who in subjects.items()]
        if any(waits):
            raise TooManyAttemptsError(ceil(max(waits).total_seconds()))
        await work.commit()
    return now


async def forgive_attempt(subjects: Mapping[Attempt, str], at: datetime, work: UnitOfWork, ports: DeskPorts) -> None:
    """It was right: the account starts anew; a network keeps the failures of others."""
    for kind, who in subjects.items():
        if kind is Attempt.NETWORK:
            await work.sign_in_failures.forget(name(kind, who, ports), at)
        else:
            await work.sign_in_failures.clear(name(kind, who, ports))


def name(kind: Attempt, who: str, ports: DeskPorts) -> str:
    """What is stored in place of an address."""
    return ports.bot.cipher.hash(f"sign-in-{kind}", who)
