"""Lists of texts for outside translators, and what they send back."""

import asyncio

from aiohttp import web

from bot.console.knowledge.files import send_file
from bot.console.knowledge.item_words import title_of
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
from bot.console.labels import language_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError
from bot.domain.languages import Language, is_right_to_left
from bot.domain.staff import Permission
from bot.domain.translation_texts import FIELDS, Choice, tidy
from bot.services.desk.knowledge.choose_translations import choose_translations
from bot.services.desk.knowledge.exchanged_files import FileRefusedError
from bot.services.desk.knowledge.propose_translations import ProposedText, TranslationProposal, propose_translations
from bot.services.desk.knowledge.save_translations import save_translations

SHEET = (b"PK", bytes.fromhex("d0cf11e0"))
"""How workbooks begin, readable ones and those that are locked; everything else is looked at as XLIFF."""


async def download_texts(visit: Visit) -> web.StreamResponse:
    """The texts of one language; back to the page when there are none."""
    asked = visit.request.query
    ending, language = asked.get("format", "xlsx"), Language(asked.get("language", ""))
    if ending not in visit.ports.knowledge.translations:
        raise LookupError(ending)
    choice = Choice(language=language, all_texts=asked.get("scope") == "all", topic=asked.get("topic", ""), city=asked.get("city", ""))
    texts = await choose_translations(choice, visit.ports)
    if not texts:
        return visit.go("/knowledge/files", done="no-texts")
    shape = visit.ports.knowledge.translations[ending]
    content = await asyncio.to_thread(shape.write, texts)
    return send_file(content, f"wegweiser-{language}-{visit.now:%Y-%m-%d}.{ending}", shape.media_type)


async def look_at_texts(visit: Visit) -> web.StreamResponse:
    """What a translator's file would change."""
    try:
        return await _show(visit, sent_file(visit))
    except FileRefusedError as refused:
        return await refuse(visit, refused)


async def save_texts(visit: Visit) -> web.StreamResponse:
    """Take the texts that the preview showed; the preview again when something else would be taken now."""
    file = carried_file(visit)
    try:
        proposal = await _propose(visit, file)
        expect_as_shown(visit, proposal)
        saved = await save_translations(proposal, visit.member, visit.ports, submits=bool(visit.field("submits")))
    except ConflictError:
        return await _show(visit, file, changed_meanwhile=True)
    except FileRefusedError as refused:
        return await refuse(visit, refused)
    return visit.go("/knowledge/review", done="texts-submitted" if saved.submitted == saved.drafts else "texts-saved")


async def _propose(visit: Visit, file: bytes) -> TranslationProposal:
    shape = visit.ports.knowledge.translations["xlsx" if file.startswith(SHEET) else "xlf"]
    return await propose_translations(await asyncio.to_thread(shape.read, file), visit.ports)


async def _show(visit: Visit, file: bytes, *, changed_meanwhile: bool = False) -> web.StreamResponse:
    proposal = await _propose(visit, file)
    wrong = [{**_to_line(visit, each), "why": say_why(visit, each.problem, each.faults)} for each in proposal.wrong]
    lists = {"texts": [_to_line(visit, each) for each in proposal.valid], "wrong": wrong}
    return show_preview(visit, proposal, file, lists, changed_meanwhile=changed_meanwhile)


def _to_line(visit: Visit, each: ProposedText) -> dict[str, object]:
    code, field = each.returned.language, each.returned.field
    is_known = code in visit.ports.bot.wording.languages
    return {
        "row": each.returned.row,
        "title": title_of(visit, each.content, each.returned.entry),
        "field": visit.said(f"files.field.{field}") if field in FIELDS else field,
        "language": language_name(visit, code) if is_known else code,
        "code": code if is_known else "",
        "direction": "rtl" if is_known and is_right_to_left(Language(code)) else "ltr",
        "before": each.before,
        "after": tidy(each.returned.text),
    }


ROUTES = (
    get("/knowledge/files/texts", download_texts, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/files/texts", look_at_texts, Permission.EDIT_KNOWLEDGE, form_bytes=SENT_BYTES),
    post("/knowledge/files/texts/save", save_texts, Permission.EDIT_KNOWLEDGE, form_bytes=CARRIED_BYTES),
)
