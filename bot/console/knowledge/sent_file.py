"""A file that somebody sends: looked at first, taken on a second press. The preview carries it, so that nothing of it is stored."""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence

from aiohttp import web

from bot.console.knowledge.entry_checks import say_fault
from bot.console.knowledge.files import show_page
from bot.console.read_form import Upload
from bot.console.routes import FORM_BYTES
from bot.console.visit import Visit
from bot.domain.errors import ConflictError
from bot.domain.item_faults import ItemFault
from bot.services.desk.knowledge.exchanged_files import UPLOAD_BYTES, FileRefusedError
from bot.services.desk.knowledge.propose_items import ItemProposal
from bot.services.desk.knowledge.propose_translations import TranslationProposal

Proposal = TranslationProposal | ItemProposal
Shown = Sequence[Mapping[str, object]]
SENT_BYTES = UPLOAD_BYTES + FORM_BYTES
CARRIED_BYTES = UPLOAD_BYTES // 3 * 4 + FORM_BYTES
"""A file as text within a form."""


def sent_file(visit: Visit) -> bytes:
    """What was chosen on the page; empty where nothing was."""
    upload = visit.form.get("file")
    return upload.content if isinstance(upload, Upload) else b""


def carried_file(visit: Visit) -> bytes:
    """What the preview carried. Raises HTTPBadRequest."""
    carried = visit.form.get("carried")
    try:
        return base64.b64decode(carried, validate=True) if isinstance(carried, str) else b""
    except (binascii.Error, ValueError) as error:
        raise web.HTTPBadRequest from error


def expect_as_shown(visit: Visit, proposal: Proposal) -> None:
    """Raises ConflictError when something else would be taken than what the preview showed."""
    if not proposal.valid or proposal.fingerprint != visit.field("fingerprint"):
        raise ConflictError("Something else would be taken than what was shown.")


def show_preview(
    visit: Visit, proposal: Proposal, file: bytes, lists: Mapping[str, Shown], *, changed_meanwhile: bool
) -> web.StreamResponse:
    """What would be taken, what would not and why. `lists`: "texts" or "items", and "wrong"."""
    values = {
        "error": visit.said("files.changed-meanwhile") if changed_meanwhile else "",
        "unchanged": proposal.unchanged,
        "fingerprint": proposal.fingerprint,
        "carried": base64.b64encode(file).decode() if proposal.valid else "",
        "texts": [],
        "items": [],
        **lists,
    }
    return visit.show("knowledge/files_preview.html", values, status=409 if changed_meanwhile else 200)


async def refuse(visit: Visit, refused: FileRefusedError) -> web.StreamResponse:
    """The page with the sentence that says why a file is not taken."""
    return await show_page(visit, error=visit.said(f"files.refused.{refused.reason}", place=refused.place), status=422)


def say_why(visit: Visit, problem: str, faults: Iterable[ItemFault]) -> list[str]:
    """Why something of a file is not taken."""
    return [visit.said(f"files.problem.{problem}")] if problem else [say_fault(visit, fault) for fault in faults]
