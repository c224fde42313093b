"""The box to try a question: what the bot would do with it, and why; and the questions that are always checked."""

from aiohttp import web

from bot.console.knowledge.item_words import title_of
from bot.console.labels import city_name, language_name, staff_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain import decisions
from bot.domain.errors import NotAllowedError
from bot.domain.knowledge import EntryId, MunicipalityId, in_language
from bot.domain.languages import Language, is_right_to_left
from bot.domain.messages import MESSAGE_CHARACTERS
from bot.domain.questions import CheckQuestion
from bot.domain.staff import Permission
from bot.services.desk.knowledge.keep_check import keep_check
from bot.services.desk.knowledge.try_question import Meaning, Tried, try_question

SUGGESTED = {"unsure": "suggests", "offline": "suggests-offline", "other-city": "other-city"}
SAID_BY_NAME = {
    decisions.AskMunicipality: "asks-city",
    decisions.ShowEmergency: "emergency",
    decisions.StartReport: "report",
    decisions.AskReceipt: "receipt",
    decisions.OpenCase: "receipt",
    decisions.ShowTopic: "topic",
    decisions.SaySmalltalk: "smalltalk",
    decisions.SetMunicipality: "remembers-city",
    decisions.ExplainUnsupported: "nothing-to-read",
}


async def show_try(visit: Visit) -> web.StreamResponse:
    """The empty box."""
    return await _show(visit, {"text": "", "language": "", "city": ""})


async def try_it(visit: Visit) -> web.StreamResponse:
    """What came of the question."""
    typed = _read(visit)
    if not typed["text"]:
        return await _show(visit, typed, fault="empty", status=422)
    return await _show(visit, typed, tried=await _try(visit, typed))


async def check_always(visit: Visit) -> web.StreamResponse:
    """Keep the question with the entry that answered it."""
    typed = _read(visit)
    question = CheckQuestion(
        text=typed["text"],
        language=Language(visit.field("answered_in")),
        municipality=MunicipalityId(typed["city"]) if typed["city"] else None,
        entry=EntryId(visit.field("entry")),
        added_by=visit.member.id,
        added_on=visit.now.date(),
    )
    if not question.text or question.language not in visit.ports.bot.wording.languages:
        return await _show(visit, typed, fault="empty", status=422)
    try:
        await keep_check(question, visit.ports)
    except NotAllowedError:
        return await _show(visit, typed, tried=await _try(visit, typed), fault="personal", status=422)
    return visit.go("/knowledge/try", done="check-kept")


async def delete_check(visit: Visit) -> web.StreamResponse:
    """Stop checking a question."""
    async with visit.ports.bot.unit_of_work() as work:
        if not await work.check_questions.delete(visit.part("reference")):
            raise LookupError(visit.part("reference"))
        await work.commit()
    return visit.go("/knowledge/try", done="check-deleted")


def _read(visit: Visit) -> dict[str, str]:
    """What was typed and chosen; only languages and cities that there are."""
    language, city = visit.field("language"), visit.field("city")
    return {
        "text": visit.field("text", characters=MESSAGE_CHARACTERS),
        "language": language if language in visit.ports.bot.wording.languages else "",
        "city": city if city in visit.ports.bot.published.knowledge.municipalities else "",
    }


async def _try(visit: Visit, typed: dict[str, str]) -> Tried:
    language = Language(typed["language"]) if typed["language"] else None
    return await try_question(typed["text"], language, MunicipalityId(typed["city"]) if typed["city"] else None, visit.ports)


async def _show(
    visit: Visit, typed: dict[str, str], *, tried: Tried | None = None, fault: str = "", status: int = 200
) -> web.StreamResponse:
    async with visit.ports.bot.unit_of_work() as work:
        checks = await work.check_questions.all()
        members = await work.staff.all()
    knowledge = visit.ports.bot.published.knowledge
    values = {
        "typed": typed,
        "fault": fault,
        "most": MESSAGE_CHARACTERS,
        "languages_offered": [
            ("", visit.said("try.recognise")),
            *((code, language_name(visit, code)) for code in visit.ports.bot.wording.languages),
        ],
        "cities_offered": [("", visit.said("try.no-city")), *((str(city), city_name(visit, city)) for city in knowledge.municipalities)],
        "tried": tried,
        "checks": checks,
        "entry_name": lambda id_: in_language(knowledge.entries[id_].title, visit.language)[0] if id_ in knowledge.entries else id_,
        "city_name": lambda city: city_name(visit, city),
        "language_name": lambda code: language_name(visit, code),
        "added_by": lambda staff: staff_name(visit, staff, members),
        **(_explain(visit, tried) if tried else {}),
    }
    return visit.show("knowledge/try.html", values, status=status)


def _explain(visit: Visit, tried: Tried) -> dict[str, object]:
    foreseen = tried.foreseen
    reading = foreseen.reading
    cities = [city_name(visit, city) for city in reading.municipalities]
    return {
        "decision": decision_words(visit, tried, foreseen.decision),
        "tone": tone_of(tried),
        "cities": ", ".join(cities),
        "other_cities": ", ".join(reading.other_cities),
        "offices": ", ".join(reading.offices),
        "meaning_name": lambda meaning: meaning_name(visit, meaning),
        "direction": "rtl" if is_right_to_left(foreseen.language) else "ltr",
        "percent": lambda share: f"{round(100 * share)}\u00a0%",
    }


def decision_words(visit: Visit, tried: Tried, decision: decisions.Decision) -> str:
    """What the bot would do, in a sentence or two."""
    match decision:
        case decisions.WarnFirst():
            return f"{visit.said('try.decision.emergency')} {decision_words(visit, tried, decision.then)}"
        case decisions.GiveAnswer():
            return visit.said("try.decision.answers", title=_title(visit, tried, decision.entry))
        case decisions.Suggest():
            return visit.said(f"try.decision.{SUGGESTED[decision.reason]}", city=city_name(visit, decision.city) if decision.city else "")
        case decisions.AdmitNotKnowing(city=city) if city:
            return visit.said("try.decision.unknown-city", city=city)
        case decisions.AdmitNotKnowing():
            reason = "offline" if decision.offline else "near" if decision.near else "far"
            return visit.said(f"try.decision.unknown-{reason}")
        case decisions.Show():
            return visit.said("try.decision.human" if decision.page == "human" else "try.decision.page")
    return visit.said(f"try.decision.{SAID_BY_NAME.get(type(decision), 'other')}")


def tone_of(tried: Tried) -> str:
    """How good that is: an answer, half an answer, or none."""
    match tried.foreseen.decision:
        case decisions.GiveAnswer():
            return "good"
        case decisions.Suggest() | decisions.AskMunicipality() | decisions.AdmitNotKnowing():
            return "warm"
        case decisions.ShowEmergency() | decisions.WarnFirst():
            return "bad"
    return ""


def meaning_name(visit: Visit, meaning: Meaning) -> str:
    """The entry's title, or in words what is wished for."""
    if meaning.entry:
        return in_language(meaning.entry.title, visit.language)[0]
    words = visit.said(f"try.intent.{meaning.intent}")
    return meaning.intent if words == f"try.intent.{meaning.intent}" else words


def _title(visit: Visit, tried: Tried, entry: EntryId) -> str:
    return title_of(visit, {"title": tried.foreseen.turn.knowledge.entries[entry].title}, entry)


ROUTES = (
    get("/knowledge/try", show_try, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/try", try_it, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/try/check", check_always, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/try/check/{reference}/delete", delete_check, Permission.EDIT_KNOWLEDGE),
)
