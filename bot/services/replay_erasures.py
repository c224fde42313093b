"""Erase again what a database restored from a backup has back."""

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.domain.case_log import CaseEvent, LogEntry
from bot.services.desk.records.stored_records import Erasure
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """How many cases the journal names, and how many of them had come back and were erased again."""

    named: int
    erased: int


async def replay_erasures(
    journal: Iterable[Erasure], unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]], now: datetime
) -> Replayed:
    """Erase whatever the journal names and the database still holds, and note the rest. Doing it twice changes nothing."""
    named = erased = 0
    for erasure in journal:
        async with unit_of_work() as work:
            erased += await _replay(erasure, work, now)
            await work.commit()
        named += 1
    return Replayed(named=named, erased=erased)


async def _replay(erasure: Erasure, work: UnitOfWork, now: datetime) -> bool:
    came_back = await work.retention.lock(erasure.number)
    if came_back is None:
        await work.erasures.note(erasure)
        return False
    await work.cases.erase(erasure.number, datetime.combine(erasure.day, time(), UTC))
    details = {"cause": "replay"}
    await work.case_log.append(LogEntry(case=erasure.number, event=CaseEvent.ERASED, actor="system", at=now, details=details))
    return True
