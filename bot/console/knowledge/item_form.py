"""The forms for contacts, programmes and sources: draft, faults, preview, and two editors at once."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.console.cases.seen_version import seen_version
from bot.console.knowledge.changes import to_folds
from bot.console.knowledge.item_page import Page, draw_page
from bot.console.knowledge.item_words import path_to
from bot.console.knowledge.read_item import Posted, new_content
from bot.console.routes import Handler, get, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.item_ids import is_id, make_id
from bot.domain.staff import Permission
from bot.services.desk.knowledge.find_editable import find_editable
from bot.services.desk.knowledge.read_directory import KINDS, Directory, read_directory
from bot.services.desk.knowledge.refuse_faults import FaultyDraftError
from bot.services.desk.knowledge.save_draft import save_draft
from bot.services.desk.knowledge.submit_draft import submit_draft

UNREADABLE = 422


async def show_new(visit: Visit, kind: str) -> web.StreamResponse:
    """An empty form."""
    return await draw_page(visit, Page(kind=kind, content=new_content(visit, kind)))


async def create(visit: Visit, kind: str) -> web.StreamResponse:
    """Store a draft of something new, under an id made from its name unless one was typed."""
    content = Posted(visit=visit).content(kind, {})
    if redrawn := await _redraw(visit, Page(kind=kind, content=content)):
        return redrawn
    directory = await read_directory(visit.ports)
    id_, error = choose_id(visit, kind, content, directory)
    if error:
        page = Page(kind=kind, content=content, typed_id=visit.field("id", characters=80), id_error=error)
        return await draw_page(visit, page, status=UNREADABLE)
    await save_draft(kind, id_, {"id": id_, **content}, 0, visit.member, visit.ports)
    return visit.go(f"/knowledge/{path_to(kind, id_)}", done="form-saved")


def choose_id(visit: Visit, kind: str, content: Mapping[str, Any], directory: Directory) -> tuple[str, str]:
    """The id of something new, and what is wrong with the one that was typed."""
    taken = {line.id for line in directory.lines(kind)}
    typed = visit.field("id", characters=80)
    if typed and not is_id(typed):
        return typed, visit.said("contacts.id-unreadable")
    if typed in taken:
        return typed, visit.said("contacts.id-taken")
    name = next((str(content[field]) for field in ("office", "name", "title") if content.get(field)), "")
    made = typed or make_id(str(content.get("municipality", "")), name, taken)
    return made, "" if made else visit.said("contacts.id-needed")


async def show_item(visit: Visit, kind: str) -> web.StreamResponse:
    """The form of an item."""
    editable = await find_editable(kind, visit.part("id"), visit.ports)
    return await draw_page(visit, Page(kind=kind, content=editable.content, editable=editable))


async def save(visit: Visit, kind: str) -> web.StreamResponse:
    """Store the draft, and hand it to a reviewer where that was asked for."""
    editable = await find_editable(kind, visit.part("id"), visit.ports)
    content = Posted(visit=visit).content(kind, editable.content)
    page = Page(kind=kind, content=content, editable=editable, version=seen_version(visit))
    if redrawn := await _redraw(visit, page):
        return redrawn
    try:
        draft = await save_draft(kind, editable.id, content, page.version, visit.member, visit.ports)
    except ConflictError:
        return await _meet_other_version(visit, page)
    if visit.field("step") == "submit":
        return await _submit(visit, kind, editable.id, draft.version)
    if visit.field("step") == "auto":
        return await _show_saved(visit, kind, editable.id)
    return visit.go(f"/knowledge/{path_to(kind, editable.id)}", done="form-saved")


async def _redraw(visit: Visit, page: Page) -> web.StreamResponse | None:
    """The form as it was typed, where a row or a preview was asked for; nothing is stored."""
    step = visit.field("step", characters=40)
    if step.startswith("more:"):
        name = step.removeprefix("more:")
        return await draw_page(visit, page, spare={name: min(Posted(visit=visit).empty_rows(name) + 1, 5)})
    return await draw_page(visit, page) if step == "preview" else None


async def _submit(visit: Visit, kind: str, id_: str, version: int) -> web.StreamResponse:
    try:
        await submit_draft(kind, id_, version, visit.member, visit.ports)
    except FaultyDraftError:
        return await _show_with(visit, kind, visit.said("contacts.not-submitted"))
    except NotAllowedError:
        return await _show_with(visit, kind, visit.said("contacts.nothing-changed"))
    except LookupError:  # nothing was changed, so there is no draft
        return await _show_with(visit, kind, visit.said("contacts.nothing-changed"))
    return visit.go(f"/knowledge/review/{path_to(kind, id_)}", done="draft-submitted")


async def _show_with(visit: Visit, kind: str, error: str, *, status: int = UNREADABLE, **about: Any) -> web.StreamResponse:  # noqa: ANN401
    editable = await find_editable(kind, visit.part("id"), visit.ports)
    return await draw_page(visit, Page(kind=kind, content=editable.content, editable=editable, error=error, **about), status=status)


async def _show_saved(visit: Visit, kind: str, id_: str) -> web.StreamResponse:
    """What changes on an open page when it saved by itself."""
    editable = await find_editable(kind, id_, visit.ports)
    page = Page(kind=kind, content=editable.content, editable=editable)
    return await draw_page(visit, page, template="knowledge/contacts/saved.html")


async def _meet_other_version(visit: Visit, page: Page) -> web.StreamResponse:
    """Somebody else saved meanwhile: both versions, and the form as it was typed, on top of theirs."""
    theirs = await find_editable(page.kind, visit.part("id"), visit.ports)
    if theirs.content == page.content:
        if visit.field("step") == "auto":
            return await _show_saved(visit, page.kind, theirs.id)
        return visit.go(f"/knowledge/{path_to(page.kind, theirs.id)}", done="form-saved")
    if visit.field("step") == "auto":
        return visit.show("knowledge/contacts/overtaken.html")
    shown = Page(kind=page.kind, content=page.content, editable=theirs, differences=to_folds(visit, theirs.content, page.content))
    return await draw_page(visit, shown, status=409)


def of_kind(kind: str, handler: Callable[[Visit, str], Awaitable[web.StreamResponse]]) -> Handler:
    """A handler for one kind."""

    async def handle(visit: Visit) -> web.StreamResponse:
        return await handler(visit, kind)

    return handle


ROUTES = (
    *(get(f"/knowledge/{kind}/new", of_kind(kind, show_new), Permission.EDIT_KNOWLEDGE) for kind in KINDS),
    *(post(f"/knowledge/{kind}/new", of_kind(kind, create), Permission.EDIT_KNOWLEDGE) for kind in KINDS),
    *(get(f"/knowledge/{kind}/{{id}}", of_kind(kind, show_item), Permission.EDIT_KNOWLEDGE) for kind in KINDS),
    *(post(f"/knowledge/{kind}/{{id}}", of_kind(kind, save), Permission.EDIT_KNOWLEDGE) for kind in KINDS),
)
