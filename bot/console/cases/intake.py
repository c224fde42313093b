"""Take down a report by phone, on a visit or out of a letter, with the same questions and consent as in the chat."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.cases.intake_form import Typed, list_choices, notice_in, read_intake, read_typed, spoken, start
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.cases import Case
from bot.domain.intake import CONSENT_WAYS, find_intake_faults
from bot.domain.knowledge import in_language
from bot.domain.languages import GERMAN, Language, is_right_to_left
from bot.domain.receipts import ReceiptCode, show_receipt
from bot.domain.staff import Permission
from bot.services.desk.cases.take_in import take_in

FORM_BYTES = 512 * 1024


async def show_form(visit: Visit) -> web.StreamResponse:
    """An empty form."""
    return _show(visit, start(visit))


async def show_notice(visit: Visit) -> web.StreamResponse:
    """A piece: what to read out before the person agrees, in their language and in German."""
    return visit.show("cases/intake_notice.html", _notice(visit, spoken(visit, visit.request.query.get("spoken", ""))))


async def file_intake(visit: Visit) -> web.StreamResponse:
    """File it and show the receipt; or show the form again with all that was typed, and what is wrong."""
    typed = read_typed(visit)
    if visit.field("show"):
        return _show(visit, typed)
    intake, unreadable = read_intake(typed, visit.now.date())
    faults = {**find_intake_faults(intake, visit.member, visit.now.date()), **unreadable}
    if faults:
        return _show(visit, typed, faults)
    case, receipt = await take_in(intake, str(typed["form_id"]), visit.member, visit.ports.bot)
    if receipt is None:
        return visit.go(f"/cases/{case.number}", done="already-filed")
    return visit.show("cases/receipt.html", _receipt(visit, case, receipt))


def _show(visit: Visit, typed: Typed, faults: Mapping[str, str] | None = None) -> web.Response:
    ways = [(way, visit.said(f"intake.consent-way.{way}")) for way in CONSENT_WAYS]
    told = {name: visit.said(key) for name, key in (faults or {}).items()}
    values = {"typed": typed, "faults": told, "ways": ways, **list_choices(visit), **_notice(visit, Language(str(typed["spoken"])))}
    return visit.show("cases/intake.html", values, status=422 if told else 200)


def _notice(visit: Visit, language: Language) -> dict[str, object]:
    return {"notices": notice_in(visit, "report.consent", (language, GERMAN)), "direction": _direction}


def _receipt(visit: Visit, case: Case, receipt: ReceiptCode) -> dict[str, object]:
    code = show_receipt(receipt)
    languages = (case.language, GERMAN)
    filed, how = notice_in(visit, "report.filed", languages), notice_in(visit, "report.receipt", languages, code=code)
    texts = [
        (language, "\n\n".join([first, *_deadlines(visit, case, language), second]))
        for (language, first), (_, second) in zip(filed, how, strict=True)
    ]
    return {"case": case, "code": code, "texts": texts, "direction": _direction, "address": visit.ports.bot.public_url}


def _deadlines(visit: Visit, case: Case, language: Language) -> list[str]:
    rules = {rule.id: rule for rule in visit.ports.bot.published.knowledge.deadlines}
    told = [(in_language(rules[deadline.rule].what, language)[0], deadline.due) for deadline in case.deadlines]
    return [text for what, due in told for _, text in notice_in(visit, "report.deadline-of", (language,), what=what, due=due)]


def _direction(language: Language) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


ROUTES = (
    get("/cases/new", show_form, Permission.WORK_ON_CASES),
    get("/cases/new/notice", show_notice, Permission.WORK_ON_CASES),
    post("/cases/new", file_intake, Permission.WORK_ON_CASES, form_bytes=FORM_BYTES),
)
