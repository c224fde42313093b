"""Staff keeps notes, interventions, referrals and its own assessment with a case."""

from datetime import date

from aiohttp import web

from bot.console.cases.case import show_case_again
from bot.console.cases.seen_version import seen_version
from bot.console.pages import to_local
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.case_records import RecordKind
from bot.domain.errors import ConflictError
from bot.domain.staff import Permission
from bot.services.desk.cases.add_record import add_record
from bot.services.desk.cases.assess_case import assess_case

CHARACTERS = 20_000
TYPED = ("note_text", "intervention_code", "intervention_day", "intervention_text", "referral_code", "referral_day", "referral_text")


async def keep_record(visit: Visit) -> web.StreamResponse:
    """Store a note, an intervention or a referral; back to the page with the words when it cannot be stored as it is."""
    number, typed = visit.part("number"), {name: visit.field(name, characters=CHARACTERS) for name in TYPED}
    kind = next((kind for kind in RecordKind if kind.value == visit.field("kind")), None)
    if kind is None:
        raise web.HTTPNotFound
    day, notice = read_day(visit, typed.get(f"{kind}_day", ""))
    text = typed[f"{kind}_text"]
    if kind is RecordKind.NOTE and not text:
        notice = "empty"
    if notice:
        return await show_case_again(visit, typed, notice=notice, status=422)
    try:
        version, code = seen_version(visit), typed.get(f"{kind}_code", "")
        await add_record(number, version, visit.member, visit.ports, kind=kind, code=code, happened_on=day, text=text)
    except ConflictError:
        return await show_case_again(visit, typed, notice="conflict", status=409)
    return visit.go(f"/cases/{number}", done=f"{kind}-added")


def read_day(visit: Visit, text: str) -> tuple[date | None, str]:
    """The day of a form, and why it cannot be one."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None, "day"
    return day, "future" if day and day > to_local(visit.now) else ""


async def save_assessment(visit: Visit) -> web.StreamResponse:
    """Store the office's own view; back to the page with the words when somebody else was quicker."""
    number, text = visit.part("number"), visit.field("assessment_text", characters=CHARACTERS)
    try:
        await assess_case(number, seen_version(visit), text, visit.member, visit.ports)
    except ConflictError:
        return await show_case_again(visit, {"assessment_text": text}, notice="conflict", status=409)
    return visit.go(f"/cases/{number}", done="assessed")


ROUTES = (
    post("/cases/{number}/records", keep_record, Permission.WORK_ON_CASES),
    post("/cases/{number}/assessment", save_assessment, Permission.WORK_ON_CASES),
)
