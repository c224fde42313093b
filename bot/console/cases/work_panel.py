"""Who works on a case, where it goes next and what the person will then read: what the page shows of it."""

from dataclasses import dataclass

from bot.console.labels import label, options, staff_name
from bot.console.visit import Visit
from bot.domain.case_codes import CLOSE_REASONS
from bot.domain.case_messages import is_german
from bot.domain.case_work import may_assign, may_move
from bot.domain.cases import TRANSITIONS, Case, CaseStatus
from bot.domain.languages import GERMAN
from bot.domain.staff import Permission, StaffMember
from bot.services.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Move:
    """A status that may follow, and the words for it that the person reads."""

    status: str
    label: str
    german: str
    theirs: str
    """Empty where the person reads German."""


@dataclass(frozen=True, kw_only=True)
class WorkPanel:
    """What may be done about the case, by whom."""

    assignee: str
    is_mine: bool
    may_take: bool
    may_give_back: bool
    colleagues: list[tuple[str, str]]
    moves: list[Move]
    closing: Move | None
    may_close: bool
    reasons: list[tuple[str, str]]
    proposed: str
    proposed_code: str


async def show_work(visit: Visit, work: UnitOfWork, case: Case) -> dict[str, object]:
    """The panel; nothing for somebody who may only look."""
    if not visit.member.may(Permission.WORK_ON_CASES):
        return {"work_panel": None}
    member, members = visit.member, await work.staff.all()
    following = [status for status in CaseStatus if status in TRANSITIONS[case.status]]
    is_mine = case.assignee == member.id
    return {
        "work_panel": WorkPanel(
            assignee=staff_name(visit, case.assignee, members) if case.assignee else "",
            is_mine=is_mine,
            may_take=not is_mine and may_assign(case, member.id, member),
            may_give_back=case.assignee is not None and may_assign(case, None, member),
            colleagues=_colleagues(visit, case, members),
            moves=[_to_move(visit, case, status) for status in following if status is not CaseStatus.CLOSED],
            closing=_to_move(visit, case, CaseStatus.CLOSED) if CaseStatus.CLOSED in following else None,
            may_close=may_move(CaseStatus.CLOSED, member),
            reasons=options(visit, "close-reason", CLOSE_REASONS),
            proposed=label(visit, "close-reason", case.proposed_closing) if case.proposed_closing else "",
            proposed_code=case.proposed_closing or "",
        )
    }


def _colleagues(visit: Visit, case: Case, members: list[StaffMember]) -> list[tuple[str, str]]:
    """To whom a lead may give the case."""
    if not visit.member.may(Permission.ASSIGN_CASES):
        return []
    able = [member for member in members if member.may(Permission.WORK_ON_CASES) and member.sees_case_of(case.municipality)]
    return [(member.id, member.name) for member in able if member.id != case.assignee]


def _to_move(visit: Visit, case: Case, status: CaseStatus) -> Move:
    public = {language: visit.ports.bot.wording.say_plain(f"case.status.{status.value}", language) for language in (GERMAN, case.language)}
    return Move(
        status=status.value,
        label=label(visit, "status", status.value),
        german=public[GERMAN],
        theirs="" if is_german(case.language) else public[case.language],
    )
