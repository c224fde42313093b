"""A new entry: topic, city and title; its id is proposed."""

import re
from collections.abc import Collection
from typing import Any

from aiohttp import web

from bot.console.knowledge.entry_form import tidy
from bot.console.knowledge.entry_page import AUDIENCES, cities_of
from bot.console.knowledge.item_words import path_to
from bot.console.knowledge.questions import shown
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.entry_edits import LONGEST_ID, new_entry, propose_id
from bot.domain.knowledge import Topic
from bot.domain.questions import UnansweredQuestion
from bot.domain.staff import Permission
from bot.services.desk.knowledge.begin_entry import begin_entry
from bot.services.desk.knowledge.find_question import find_question
from bot.services.desk.ports import DeskPorts

ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
LONGEST_TITLE = 40
RESERVED = ("new",)


async def show_new(visit: Visit) -> web.StreamResponse:
    """The form; with a question that somebody asked, named by its reference."""
    reference = visit.request.query.get("question", "")
    asked = await find_question(reference, visit.ports) if reference else None
    city = (asked.municipality or "") if asked else ""
    typed = {"topic": "", "municipality": city, "audience": "public", "title.de": "", "id": "", "question": reference}
    return _show(visit, typed, {}, question=asked)


async def propose(visit: Visit) -> web.StreamResponse:
    """The id that city and title would give, while they are typed."""
    typed = _read(visit)
    taken = await read_taken(visit.ports)
    return visit.show("knowledge/entry_proposal.html", {"proposal": _propose(typed, taken)})


async def create(visit: Visit) -> web.StreamResponse:
    """Begin the draft and open it."""
    typed, taken = _read(visit), await read_taken(visit.ports)
    id_ = typed["id"] or _propose(typed, taken)
    faults = find_faults(visit, {**typed, "id": id_}, taken)
    if faults:
        asked = await find_question(typed["question"], visit.ports) if typed["question"] else None
        return _show(visit, typed, faults, question=asked, status=422)
    fields = {name: value for name, value in typed.items() if name not in ("id", "question")}
    content = new_entry(id_, fields, visit.now.date())
    await begin_entry(id_, content, typed["question"], visit.member, visit.ports)
    return visit.go(f"/knowledge/{path_to('entry', id_)}", done="entry-begun")


def find_faults(visit: Visit, typed: dict[str, str], taken: Collection[str]) -> dict[str, str]:
    """What is wrong, by field."""
    faults = {}
    if typed["topic"] not in set(Topic):
        faults["topic"] = visit.said("editor.fault.topic")
    if typed["municipality"] not in {code for code, _ in cities_of(visit)}:
        faults["municipality"] = visit.said("editor.fault.city")
    if not typed["title.de"] or len(typed["title.de"]) > LONGEST_TITLE:
        faults["title.de"] = visit.said("editor.fault.title", most=LONGEST_TITLE, characters=len(typed["title.de"]))
    if typed["id"] in taken or typed["id"] in RESERVED:
        faults["id"] = visit.said("editor.fault.taken", id=typed["id"])
    elif not ID.fullmatch(typed["id"]) or len(typed["id"]) > LONGEST_ID:
        faults["id"] = visit.said("editor.fault.id", most=LONGEST_ID)
    return faults


async def read_taken(ports: DeskPorts) -> frozenset[str]:
    """The ids of all entries, and of those that are only drafts yet."""
    async with ports.bot.unit_of_work() as work:
        accepted = {outline.id for outline in await work.knowledge_items.outline() if outline.kind == "entry"}
        return frozenset(accepted | {draft.id for draft in await work.drafts.all() if draft.kind == "entry"})


def _read(visit: Visit) -> dict[str, str]:
    names = ("topic", "municipality", "audience", "title.de", "id", "question")
    typed = {name: " ".join(tidy(str(visit.form.get(name, "")))[0].split()) for name in names}
    return {**typed, "audience": typed["audience"] if typed["audience"] in AUDIENCES else "public"}


def _propose(typed: dict[str, str], taken: Collection[str]) -> str:
    return propose_id(typed["topic"], typed["municipality"], typed["title.de"][:200], taken)


def _show(
    visit: Visit, typed: dict[str, Any], faults: dict[str, str], *, question: UnansweredQuestion | None = None, status: int = 200
) -> web.Response:
    values = {
        "typed": typed,
        "question": question,
        "asked": shown(visit, question.text) if question else [],
        "faults": faults,
        "most": LONGEST_TITLE,
        "topics": [("", visit.said("editor.choose")), *((topic.value, visit.said(f"review.value.topic.{topic}")) for topic in Topic)],
        "cities": cities_of(visit),
        "audiences": [(code, visit.said(f"review.value.audience.{code}")) for code in AUDIENCES],
        "proposal": "",
    }
    return visit.show("knowledge/entry_new.html", values, status=status)


ROUTES = (
    get("/knowledge/new", show_new, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/new", create, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/new/proposal", propose, Permission.EDIT_KNOWLEDGE),
)
