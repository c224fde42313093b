"""What an item of the knowledge is called on the pages, and where it is edited."""

from collections.abc import Mapping
from urllib.parse import quote

from bot.console.visit import Visit
from bot.domain.knowledge import in_language

EDITED_ON_PAGES = ("entry", "contact", "programme", "source")


def title_of(visit: Visit, content: Mapping[str, object], id_: str) -> str:
    """The name by which people know an item; its id where it has none."""
    title = next((content[name] for name in ("title", "what", "name", "office", "text") if content.get(name)), "")
    words = in_language(title, visit.language)[0] if isinstance(title, Mapping) else str(title)
    return words or id_


def kind_of(visit: Visit, kind: str) -> str:
    """What kind of item it is, in words; the kind itself for one that nobody knows."""
    return visit.said(f"review.kind.{kind}") if visit.said(f"review.kind.{kind}") != f"review.kind.{kind}" else kind


def path_to(kind: str, id_: str) -> str:
    """The part of an address that names an item."""
    return f"{quote(kind, safe='')}/{quote(id_, safe='')}"


def edit_path(kind: str, id_: str) -> str:
    """The page on which an item is edited; empty where there is none."""
    return f"/console/knowledge/{path_to(kind, id_)}" if kind in EDITED_ON_PAGES else ""
