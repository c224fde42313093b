"""Erase the cases whose time is over."""

from bot.domain.case_filter import Wall
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.errors import ConflictError
from bot.domain.retention import GERMANY, KeptCase
from bot.services.desk.records.preview_retention import preview_retention
from bot.services.ports import Ports

SYSTEM = "system"


async def run_retention(wall: Wall | None, actor: str, ports: Ports, *, shown: str | None = None) -> int:
    """Erase what is due; how many cases. `shown`: only if it is exactly what a preview with this fingerprint listed, else ConflictError."""
    previewed = await preview_retention(wall, ports)
    if shown is not None and shown != previewed.fingerprint:
        message = "What is due has changed since it was shown."
        raise ConflictError(message)
    return sum([await _erase(case, actor, ports) for case in previewed.due])


async def _erase(previewed: KeptCase, actor: str, ports: Ports) -> bool:
    """Erase one case with its log entry, unless somebody changed, held or erased it in this very moment."""
    now = ports.now()
    async with ports.unit_of_work() as work:
        case = await work.retention.lock(previewed.number)
        if case != previewed or case.on_hold or not case.is_due(now.astimezone(GERMANY).date()):
            return False
        await work.cases.erase(case.number, now)
        details = {"cause": "retention", "rule": str(case.rule)}
        await work.case_log.append(LogEntry(case=case.number, event=CaseEvent.ERASED, actor=actor, at=now, details=details))
        await work.commit()
    return True
