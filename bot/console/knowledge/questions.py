"""The inbox of real questions: what people asked and got no good answer to, and what is made of it."""

from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from bot.console.knowledge.item_words import title_of
from bot.console.labels import city_name, language_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import NotAllowedError
from bot.domain.learned_phrasings import OUT_OF_SCOPE, to_phrasing
from bot.domain.mask_personal_data import MARK
from bot.domain.questions import QuestionKind
from bot.domain.staff import Permission
from bot.services.desk.knowledge.find_questions import FoundGroup, FoundQuestions, Wanted, find_questions
from bot.services.desk.knowledge.learn_phrasings import dismiss_questions, learn_for_entry, learn_out_of_scope
from bot.services.stored_knowledge import KnowledgeItem

FILTERS = ("language", "city", "kind", "page")
QUERY_CHARACTERS = 200
SHOWN_CHARACTERS = 400
"""A longer text tells a story; its beginning is enough to know what to do with it."""
MOST_DIGITS = 6


async def show_questions(visit: Visit) -> web.StreamResponse:
    """A page of groups."""
    return await _show(visit, dict(visit.request.query))


async def learn(visit: Visit) -> web.StreamResponse:
    """Add what is ticked to an entry: that of the button, or the one that was typed or chosen by its id."""
    entry = visit.field("entry") or visit.field("other").partition(" ")[0]
    if not ticked_references(visit) or not entry:
        return await _show_again(visit, "nothing-ticked" if entry else "no-entry")
    try:
        await learn_for_entry(ticked_references(visit), entry, visit.member, visit.ports)
    except LookupError:
        return await _show_again(visit, "no-entry")
    except NotAllowedError:
        return await _show_again(visit, "not-to-learn")
    return _go_back(visit, "question-learned")


async def set_scope(visit: Visit) -> web.StreamResponse:
    """Mark what is ticked as something that the bot does not answer."""
    scope = visit.field("scope")
    if scope not in OUT_OF_SCOPE or not ticked_references(visit):
        return await _show_again(visit, "nothing-ticked")
    try:
        await learn_out_of_scope(ticked_references(visit), scope, visit.member, visit.ports)
    except NotAllowedError:
        return await _show_again(visit, "not-to-learn")
    return _go_back(visit, "question-out-of-scope")


async def dismiss(visit: Visit) -> web.StreamResponse:
    """Delete what is ticked."""
    if not ticked_references(visit):
        return await _show_again(visit, "nothing-ticked")
    await dismiss_questions(ticked_references(visit), visit.ports)
    return _go_back(visit, "question-dismissed")


def ticked_references(visit: Visit) -> tuple[str, ...]:
    """The questions whose wordings are ticked; each wording names all questions that it stands for."""
    return tuple(dict.fromkeys(reference for value in visit.ticked("wording") for reference in value.split(",") if reference))


async def _show(visit: Visit, query: dict[str, str], *, fault: str = "", status: int = 200) -> web.Response:
    page = query.get("page", "")
    wanted = Wanted(
        language=query.get("language", ""),
        city=query.get("city", ""),
        kind=query.get("kind", ""),
        page=int(page) if page.isdecimal() and len(page) < MOST_DIGITS else 1,
    )
    found = await find_questions(wanted, visit.ports)
    return visit.show("knowledge/questions.html", {**to_values(visit, wanted, found), "fault": fault}, status=status)


async def _show_again(visit: Visit, fault: str) -> web.Response:
    return await _show(visit, _asked_before(visit), fault=fault, status=422)


def _go_back(visit: Visit, done: str) -> web.Response:
    return visit.go("/knowledge/questions", done=done, **_asked_before(visit))


def _asked_before(visit: Visit) -> dict[str, str]:
    """The filter of the page that the form stood on."""
    return {name: value for name, value in parse_qsl(visit.field("back", characters=QUERY_CHARACTERS)) if name in FILTERS and value}


def to_values(visit: Visit, wanted: Wanted, found: FoundQuestions) -> dict[str, object]:
    """What the page is made of."""
    asked = {name: str(value) for name in FILTERS if (value := getattr(wanted, name)) and (name, value) != ("page", 1)}
    titles = {item.id: entry_name(visit, item) for item in found.entries}
    return {
        "wanted": wanted,
        "is_filtered": any((wanted.language, wanted.city, wanted.kind)),
        "found": found,
        "back": urlencode(asked),
        "selects": [
            ("language", [(code, language_name(visit, code)) for code in found.languages]),
            ("city", [(code, visit.said("questions.no-city") if code == "none" else city_name(visit, code)) for code in found.cities]),
            ("kind", [(kind.value, visit.said(f"questions.kind.{kind}")) for kind in QuestionKind if kind in found.kinds]),
        ],
        "titles": titles,
        "language_name": lambda code: language_name(visit, code),
        "cities_of": lambda group: ", ".join(city_name(visit, city) for city in group.municipalities),
        "shown": lambda text: shown(visit, text),
        "can_be_learned": lambda text: bool(to_phrasing(text)),
        "proposed": lambda each: [(id_, titles[id_]) for id_ in proposed(each) if id_ in titles],
        "previous_page": address_of(asked, found.page - 1) if found.page > 1 else "",
        "next_page": address_of(asked, found.page + 1) if found.page < found.pages else "",
    }


def proposed(each: FoundGroup) -> tuple[str, ...]:
    """Entries to add the questions to: those with the nearest phrasings."""
    return each.proposals


def entry_name(visit: Visit, item: KnowledgeItem) -> str:
    """An entry's title, with its city where the title does not name it."""
    city, title = str(item.content.get("municipality") or "none"), title_of(visit, item.content, item.id)
    name = "" if city == "none" else city_name(visit, city)
    return f"{title} · {name}" if name and name.partition(" ")[0] not in title else title


def shown(visit: Visit, text: str) -> list[tuple[bool, str]]:
    """A masked text in pieces: the marks, in words, and what stands between them."""
    short = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rpartition(' ')[0]} …"
    pieces = MARK.split(short)  # what the pattern holds in brackets stands at every second place
    return [
        (bool(number % 2), visit.said(f"questions.mark.{piece}") if number % 2 else piece) for number, piece in enumerate(pieces) if piece
    ]


def address_of(asked: dict[str, str], page: int) -> str:
    """Another page of the same questions."""
    return f"/console/knowledge/questions?{urlencode({**asked, 'page': str(page)})}"


ROUTES = (
    get("/knowledge/questions", show_questions, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/questions/learn", learn, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/questions/scope", set_scope, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/questions/dismiss", dismiss, Permission.EDIT_KNOWLEDGE),
)
