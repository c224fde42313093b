"""An archive of YAML files that somebody sends: what differs becomes drafts."""

import asyncio

from aiohttp import web

from bot.console.knowledge.changes import name_fields
from bot.console.knowledge.item_words import kind_of, title_of
from bot.console.knowledge.sent_file import (
    CARRIED_BYTES,
    SENT_BYTES,
    carried_file,
    expect_as_shown,
    refuse,
    say_why,
    sent_file,
    show_preview,
)
from bot.console.routes import post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError
from bot.domain.knowledge_differences import find_changes
from bot.domain.staff import Permission
from bot.services.desk.knowledge.exchanged_files import FileRefusedError
from bot.services.desk.knowledge.propose_items import ItemProposal, ProposedItem, propose_items
from bot.services.desk.knowledge.save_items import save_items


async def look_at_archive(visit: Visit) -> web.StreamResponse:
    """What an archive would change."""
    try:
        return await _show(visit, sent_file(visit))
    except FileRefusedError as refused:
        return await refuse(visit, refused)


async def save_archive(visit: Visit) -> web.StreamResponse:
    """Take the items that the preview showed as drafts; the preview again when something else would be taken now."""
    file = carried_file(visit)
    try:
        proposal = await _propose(visit, file)
        expect_as_shown(visit, proposal)
        await save_items(proposal, visit.member, visit.ports)
    except ConflictError:
        return await _show(visit, file, changed_meanwhile=True)
    except FileRefusedError as refused:
        return await refuse(visit, refused)
    return visit.go("/knowledge/review", done="items-saved")


async def _propose(visit: Visit, file: bytes) -> ItemProposal:
    return await propose_items(await asyncio.to_thread(visit.ports.knowledge.files.read_archive, file), visit.ports)


async def _show(visit: Visit, file: bytes, *, changed_meanwhile: bool = False) -> web.StreamResponse:
    proposal = await _propose(visit, file)
    wrong = [{**_to_line(visit, each), "why": say_why(visit, each.problem, each.faults)} for each in proposal.wrong]
    lists = {"items": [_to_line(visit, each) for each in proposal.valid], "wrong": wrong}
    return show_preview(visit, proposal, file, lists, changed_meanwhile=changed_meanwhile)


def _to_line(visit: Visit, each: ProposedItem) -> dict[str, object]:
    changes = find_changes(each.before, each.file.content, inside_lists=True) if each.before else []
    return {
        "title": title_of(visit, each.file.content, each.file.id),
        "field": kind_of(visit, each.file.kind),
        "is_new": each.before is None,
        "fields": ", ".join(name_fields(visit, [change.path for change in changes])),
    }


ROUTES = (
    post("/knowledge/files/archive", look_at_archive, Permission.EDIT_KNOWLEDGE, form_bytes=SENT_BYTES),
    post("/knowledge/files/archive/save", save_archive, Permission.EDIT_KNOWLEDGE, form_bytes=CARRIED_BYTES),
)
