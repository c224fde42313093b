"""The editor of an entry: German beside one translation, seen as people will see it, saved by itself."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.console.cases.seen_version import seen_version
from bot.console.knowledge.entry_checks import read_checks, say_form_faults
from bot.console.knowledge.entry_conflict import find_rivals, is_overtaken, without_theirs
from bot.console.knowledge.entry_form import EntryForm, choose_language, read_entry_form
from bot.console.knowledge.entry_page import to_page, to_state
from bot.console.knowledge.item_words import path_to
from bot.console.labels import staff_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.entry_edits import with_fields
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.languages import Language
from bot.domain.staff import Permission
from bot.domain.translation_states import CURRENT
from bot.services.desk.knowledge.discard_draft import discard_draft
from bot.services.desk.knowledge.find_editable import Editable, find_editable
from bot.services.desk.knowledge.refuse_faults import FaultyDraftError
from bot.services.desk.knowledge.save_draft import save_draft
from bot.services.desk.knowledge.submit_draft import submit_draft
from bot.services.desk.ports import DeskPorts

KIND = "entry"
FORM_BYTES = 6 * 1024 * 1024
"""Much more than is ever taken, so that a text that is too long can be given back with a sentence."""


async def show_entry(visit: Visit) -> web.StreamResponse:
    """The editor."""
    editable = await find_editable(KIND, visit.part("id"), visit.ports)
    language = choose_language(visit, visit.request.query.get("translation", ""))
    return await _show(visit, editable, language)


async def save_entry(visit: Visit) -> web.StreamResponse:
    """Save what was typed, by itself or by a button; go on to another language, or to the review."""
    form, editable = read_entry_form(visit), await find_editable(KIND, visit.part("id"), visit.ports)
    if form.too_long:
        return await _refuse(visit, form, editable)
    form = without_theirs(visit, form)
    if is_overtaken(form, editable):
        return await _show_conflict(visit, form, editable)
    try:
        saved = await _save(visit, form, editable)
    except ConflictError:
        return await _show_conflict(visit, form, await find_editable(KIND, editable.id, visit.ports))
    editable = replace(editable, draft=saved if saved.version else None)
    if visit.request.headers.get("HX-Request"):
        return await _show_saved(visit, form, editable)
    if visit.field("then") == "submit":
        return await _submit(visit, form, editable)
    if form.removed:
        return await _show(visit, editable, form.language, form)
    chosen = choose_language(visit, visit.field("translation") or form.language)
    return visit.go(f"/knowledge/{path_to(KIND, editable.id)}", done="entry-saved", translation=chosen)


async def preview(visit: Visit) -> web.StreamResponse:
    """How the typed text would look, and what is wrong with it; nothing is saved."""
    form, editable = read_entry_form(visit), await find_editable(KIND, visit.part("id"), visit.ports)
    if form.too_long:
        return visit.show("knowledge/entry_refused.html", {"form_faults": say_form_faults(visit, form)}, status=422)
    content = to_content(form, editable)
    values = await read_checks(visit, content, form.language)
    return visit.show("knowledge/entry_preview.html", {**values, "form_faults": say_form_faults(visit, form), "counts": True})


async def discard(visit: Visit) -> web.StreamResponse:
    """Throw the draft away."""
    editable = await find_editable(KIND, visit.part("id"), visit.ports)
    await discard_draft(KIND, editable.id, seen_version(visit), visit.ports)
    return visit.go(f"/knowledge/{path_to(KIND, editable.id)}" if editable.accepted else "/knowledge", done="entry-discarded")


def to_content(form: EntryForm, editable: Editable) -> dict[str, Any]:
    """The whole entry with what was typed."""
    content = with_fields({**editable.content, "id": editable.id}, form.fields)
    if form.still_fits:
        content["translations"] = {**(content.get("translations") or {}), form.language: CURRENT}
    return content


async def _save(visit: Visit, form: EntryForm, editable: Editable) -> Any:  # noqa: ANN401
    content = to_content(form, editable)
    return await save_draft(
        KIND, editable.id, content, editable.version, visit.member, visit.ports, meaning_unchanged=form.meaning_unchanged
    )


async def _submit(visit: Visit, form: EntryForm, editable: Editable) -> web.StreamResponse:
    try:
        await submit_draft(KIND, editable.id, editable.version, visit.member, visit.ports)
    except FaultyDraftError:
        return await _show(visit, editable, form.language, form, problem=visit.said("editor.faulty"), status=422)
    except (NotAllowedError, LookupError):
        return await _show(visit, editable, form.language, form, problem=visit.said("editor.nothing-changed"), status=422)
    return visit.go(f"/knowledge/review/{path_to(KIND, editable.id)}", done="draft-submitted")


async def _refuse(visit: Visit, form: EntryForm, editable: Editable) -> web.StreamResponse:
    """Nothing is stored, and everything that was typed is given back."""
    if visit.request.headers.get("HX-Request"):
        return visit.show("knowledge/entry_refused.html", {"form_faults": say_form_faults(visit, form)}, status=422)
    return await _show(visit, editable, form.language, form, status=422)


async def _show_saved(visit: Visit, form: EntryForm, editable: Editable) -> web.StreamResponse:
    names = await read_names(visit.ports, visit)
    values = to_state(visit, editable, form.language, names)
    return visit.show("knowledge/entry_saved.html", {**values, "form_faults": say_form_faults(visit, form)})


async def _show_conflict(visit: Visit, form: EntryForm, editable: Editable) -> web.StreamResponse:
    names = await read_names(visit.ports, visit)
    state = to_state(visit, editable, form.language, names)
    rivals = find_rivals(visit, form, editable)
    values = {**state, "rivals": rivals, "form": form, "typed": _flatten(form), "form_faults": say_form_faults(visit, form)}
    template = "entry_outrun.html" if visit.request.headers.get("HX-Request") else "entry_conflict.html"
    return visit.show(f"knowledge/{template}", values, status=409)


def _flatten(form: EntryForm) -> list[tuple[str, str]]:
    return [(name, row) for name, value in form.fields.items() for row in ([value] if isinstance(value, str) else value)]


async def _show(
    visit: Visit, editable: Editable, language: Language, form: EntryForm | None = None, *, problem: str = "", status: int = 200
) -> web.StreamResponse:
    """The editor with what is stored, or with what was typed."""
    names = await read_names(visit.ports, visit)
    content = to_content(form, editable) if form and not form.too_long else {**editable.content, "id": editable.id}
    checks = await read_checks(visit, content, language)
    values = {**checks, **await to_page(visit, editable, language, form), **to_state(visit, editable, language, names)}
    faults = say_form_faults(visit, form) if form else []
    return visit.show("knowledge/entry.html", {**values, "form_faults": faults, "problem": problem, "counts": False}, status=status)


async def read_names(ports: DeskPorts, visit: Visit) -> Mapping[str, str]:
    """The members of staff by name."""
    async with ports.bot.unit_of_work() as work:
        members = await work.staff.all()
    return {member.id: staff_name(visit, member.id, members) for member in members}


ROUTES = (
    get("/knowledge/entry/{id}", show_entry, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/entry/{id}/draft", save_entry, Permission.EDIT_KNOWLEDGE, form_bytes=FORM_BYTES),
    post("/knowledge/entry/{id}/preview", preview, Permission.EDIT_KNOWLEDGE, form_bytes=FORM_BYTES),
    post("/knowledge/entry/{id}/discard", discard, Permission.EDIT_KNOWLEDGE),
)
