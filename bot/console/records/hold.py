"""Legal hold on a case, and the panel on its page: how long it is kept, hold, and export of what is stored about the person."""

from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from bot.console.cases.seen_version import seen_version
from bot.console.labels import label, options
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case
from bot.domain.retention import HOLD_REASONS, to_kept
from bot.domain.staff import Permission
from bot.services.desk.records.hold_case import hold_case
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class HoldPanel:
    """What templates/cases/hold.html shows."""

    rule: str
    kept_until: date | None
    on_hold: bool
    hold_reason: str
    held_at: datetime | None
    reasons: list[tuple[str, str]]


async def show_hold(visit: Visit, work: UnitOfWork, case: Case) -> dict[str, object]:
    """The panel, for those who keep records."""
    if not visit.member.may(Permission.KEEP_RECORDS):
        return {"hold_panel": None}
    kept = to_kept(case)
    set_by = [entry for entry in await work.case_log.of(case.number) if entry.event is CaseEvent.HOLD_SET] if case.on_hold else []
    panel = HoldPanel(
        rule=label(visit, "retention-rule", kept.rule.value) if kept.rule else "",
        kept_until=kept.kept_until,
        on_hold=case.on_hold,
        hold_reason=label(visit, "hold-reason", set_by[-1].details.get("hold")) if set_by else "",
        held_at=set_by[-1].at if set_by else None,
        reasons=options(visit, "hold-reason", HOLD_REASONS),
    )
    return {"hold_panel": panel}


async def set_hold(visit: Visit) -> web.StreamResponse:
    """Hold, or release."""
    number, release = visit.part("number"), visit.field("action") == "release"
    await hold_case(number, seen_version(visit), None if release else visit.field("hold_reason"), visit.member, visit.ports)
    return visit.go(f"/cases/{number}", done="hold-released" if release else "hold-set")


ROUTES = (post("/cases/{number}/hold", set_hold, Permission.KEEP_RECORDS),)
