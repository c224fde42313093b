"""What the page of a contact, programme or source is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.console.knowledge.changes import Fold
from bot.console.knowledge.item_options import options_of
from bot.console.knowledge.item_view import Drawing, by_field, show_faults
from bot.console.knowledge.item_words import edit_path, kind_of, path_to, title_of
from bot.console.knowledge.review_list import name_authors
from bot.console.labels import language_name
from bot.console.visit import Visit
from bot.domain.knowledge_drafts import RETIRABLE
from bot.domain.languages import GERMAN, Language
from bot.services.desk.knowledge.find_editable import Editable
from bot.services.desk.knowledge.preview_contact import preview_contact
from bot.services.desk.knowledge.read_directory import Directory, read_directory

FORM = "knowledge/contacts/form.html"


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is shown: the content in the form, and the item that it belongs to (None for a new one)."""

    kind: str
    content: Mapping[str, Any]
    editable: Editable | None = None
    version: int = -1
    """The version of the draft that the form was filled in on; that of the stored one unless said."""
    error: str = ""
    typed_id: str = ""
    id_error: str = ""
    differences: Sequence[Fold] = field(default_factory=tuple)
    """Between what somebody else saved meanwhile and what was typed here."""


async def draw_page(
    visit: Visit, page: Page, *, template: str = FORM, status: int = 200, spare: Mapping[str, int] | None = None
) -> web.Response:
    """The page."""
    directory = await read_directory(visit.ports)
    return visit.show(
        template, {**_item_values(visit, page, directory), **_form_values(visit, page, directory, spare or {})}, status=status
    )


def _item_values(visit: Visit, page: Page, directory: Directory) -> dict[str, object]:
    """About the item: what it is, and how far it is."""
    editable = page.editable
    address = f"/console/knowledge/{path_to(page.kind, editable.id)}" if editable else f"/console/knowledge/{page.kind}/new"
    draft = editable.draft if editable else None
    return {
        "kind": page.kind,
        "kind_name": kind_of(visit, page.kind),
        "title": title_of(visit, page.content, editable.id) if editable else visit.said(f"contacts.new.{page.kind}"),
        "path": address,
        "id": editable.id if editable else "",
        "draft": draft,
        "saved_by": "" if draft is None else name_authors(visit, [draft.saved_by], directory.members),
        "accepted": editable is not None and editable.accepted is not None,
        "is_overtaken": editable is not None and editable.is_overtaken,
        "is_retired": editable is not None and editable.accepted_content.get("state") == "retired",
        "may_retire": editable is not None and editable.accepted is not None and page.kind in RETIRABLE,
        "review": f"/console/knowledge/review/{path_to(page.kind, editable.id)}" if editable else "",
        "uses": uses_of(visit, page.kind, editable.id, directory) if editable else [],
        "error": page.error,
        "id_error": page.id_error,
        "typed_id": page.typed_id,
        "version": (editable.version if editable else 0) if page.version < 0 else page.version,
        "differences": page.differences,
    }


def _form_values(visit: Visit, page: Page, directory: Directory, spare: Mapping[str, int]) -> dict[str, object]:
    """The fields with their faults, and the preview."""
    faults = []
    if page.editable:
        content = {"id": page.editable.id, **page.content}
        faults = show_faults(visit, page.kind, visit.ports.knowledge.checker.find_faults(content, page.kind, directory.items))
    drawing = Drawing(visit=visit, content=page.content, options=options_of(visit, directory), faults=by_field(faults), spare=spare)
    return {
        "groups": drawing.groups(page.kind),
        "faults": [fault for fault in faults if not fault.overdue],
        "reminders": [fault for fault in faults if fault.overdue],
        **(_preview_values(visit, page) if page.kind == "contact" else {"card": None}),
    }


def _preview_values(visit: Visit, page: Page) -> dict[str, object]:
    spoken = visit.ports.bot.wording.languages
    asked = visit.field("preview") or visit.request.query.get("preview", "")
    language = Language(asked) if asked in spoken else GERMAN
    content = {"id": page.editable.id if page.editable else "new", **page.content}
    return {
        "card": preview_contact(content, language, visit.ports),
        "preview_language": language,
        "preview_languages": [(code, language_name(visit, code)) for code in spoken],
    }


def uses_of(visit: Visit, kind: str, id_: str, directory: Directory) -> list[tuple[str, str, str]]:
    """What refers to an item: name, kind and page of each."""
    uses = directory.uses_of(kind, id_)
    return [(title_of(visit, each.content, each.id), kind_of(visit, each.kind), edit_path(each.kind, each.id)) for each in uses]
