"""Staff writes to the person: a ready text or their own words, looked at in both languages before it goes."""

from dataclasses import replace

from aiohttp import web

from bot.console.cases.messages_panel import WriteForm, read_form, tell_messages
from bot.console.cases.work import seen_case
from bot.console.labels import language_name
from bot.console.pages import to_local
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.case_messages import FREE, TEMPLATES, Way, find_way, is_german
from bot.domain.cases import Case
from bot.domain.errors import ConflictError
from bot.domain.languages import GERMAN, Language
from bot.domain.messages import MESSAGE_CHARACTERS
from bot.domain.staff import Permission
from bot.services.desk.cases.find_visible_case import find_visible_case
from bot.services.desk.cases.message_person import message_person
from bot.services.desk.cases.word_message import word_message
from bot.services.ports import UnitOfWork


async def preview(visit: Visit) -> web.StreamResponse:
    """The message as it will arrive, with German beside it; or back to the form with what is missing."""
    return await show_preview(visit, read_form(visit))


async def write(visit: Visit) -> web.StreamResponse:
    """Back to the form, to change the words."""
    return await show_form(visit, read_form(visit))


async def send(visit: Visit) -> web.StreamResponse:
    """Send it. When the case has changed meanwhile, it is looked at once more before it goes."""
    form, (number, version) = read_form(visit), seen_case(visit)
    words = {"german": form.german, "translated": form.translated}
    try:
        way = await message_person(number, version, form.template, visit.member, visit.ports, **words)
    except ConflictError:
        return await show_preview(visit, form, changed=True)
    return visit.go(f"/cases/{number}", done="message-waits" if way is Way.CODE else "message-sent")


async def show_preview(visit: Visit, form: WriteForm, *, changed: bool = False) -> web.Response:
    """The page before sending."""
    async with visit.ports.bot.unit_of_work() as work:
        case = await _find(visit, work)
        way = find_way(case, await work.cases.chat_of(case.number))
    if fault := find_fault(form, case):
        return await show_form(visit, replace(form, error=fault), status=422)
    worded = word_message(case, form.template, visit.ports.bot.wording, german=form.german, translated=form.translated)
    values = {
        "case": case,
        "form": form,
        "way": way.value,
        "theirs": tell_arriving(visit, case, way, case.language, worded.text),
        "german": "" if case.language == GERMAN else tell_arriving(visit, case, way, GERMAN, worded.in_german),
        "stays_german": not is_german(case.language) and worded.language == GERMAN,
        "spoken": language_name(visit, case.language),
        "changed": changed,
    }
    return visit.show("cases/preview.html", values, status=409 if changed else 200)


async def show_form(visit: Visit, form: WriteForm, *, status: int = 200) -> web.Response:
    """A page with the form alone, filled as it was."""
    async with visit.ports.bot.unit_of_work() as work:
        case = await _find(visit, work)
        panel = await tell_messages(visit, work, case, form)
    return visit.show("cases/write.html", {"case": case, "messages_panel": panel}, status=status)


def find_fault(form: WriteForm, case: Case) -> str:
    """The field that is missing or too long; empty when the message can go."""
    if form.template in TEMPLATES:
        return ""
    if form.template != FREE:
        return "template"
    if not form.german or len(form.german) > MESSAGE_CHARACTERS:
        return "german"
    needs_translation = not is_german(case.language) and not form.only_german
    return "translated" if needs_translation and not 0 < len(form.translated) <= MESSAGE_CHARACTERS else ""


def tell_arriving(visit: Visit, case: Case, way: Way, language: Language, text: str) -> str:
    """What the person will read: in the linked chat, or when they open the case with its code."""
    wording = visit.ports.bot.wording
    if way is Way.CODE:
        return wording.say_plain("case.message-from-office", language, date=to_local(visit.now), text=text)
    return wording.say_plain("office.message", language, case=case.number, text=text)


async def _find(visit: Visit, work: UnitOfWork) -> Case:
    case = await find_visible_case(work, visit.part("number"), visit.member)
    if case.erased_at:
        raise LookupError(case.number)
    return case


ROUTES = (
    post("/cases/{number}/messages", send, Permission.WORK_ON_CASES),
    post("/cases/{number}/messages/preview", preview, Permission.WORK_ON_CASES),
    post("/cases/{number}/messages/write", write, Permission.WORK_ON_CASES),
)
