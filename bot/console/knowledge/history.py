"""How an item was before: its versions, what differs between them, and the way back."""

from collections.abc import Sequence

from aiohttp import web

from bot.console.knowledge.changes import to_folds
from bot.console.knowledge.item_words import edit_path, kind_of, path_to, title_of
from bot.console.knowledge.review_list import name_authors
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.knowledge_drafts import RETIRABLE, Cause, Draft, ItemVersion
from bot.domain.staff import Permission
from bot.services.desk.knowledge.find_history import History, find_history
from bot.services.desk.knowledge.restore_version import restore_version
from bot.services.desk.knowledge.retire_item import StillUsedError, bring_back_item, retire_item
from bot.services.stored_knowledge import KnowledgeItem


async def show_history(visit: Visit) -> web.StreamResponse:
    """The versions of an item, newest first, and the difference between two of them where the address names them."""
    return await _show(visit)


async def restore(visit: Visit) -> web.StreamResponse:
    """A draft from an older version, for review."""
    return await _begin(visit, "version-restored")


async def retire(visit: Visit) -> web.StreamResponse:
    """A draft with which an item leaves the knowledge, for review."""
    return await _begin(visit, "item-retiring")


async def bring_back(visit: Visit) -> web.StreamResponse:
    """A draft with which an item comes back, for review."""
    return await _begin(visit, "item-returning")


async def _begin(visit: Visit, done: str) -> web.StreamResponse:
    kind, id_ = visit.part("kind"), visit.part("id")
    try:
        if done == "version-restored":
            await restore_version(kind, id_, _to_number(visit.field("number", characters=9)), visit.member, visit.ports)
        else:
            await (retire_item if done == "item-retiring" else bring_back_item)(kind, id_, visit.member, visit.ports)
    except StillUsedError as error:
        return await _show(visit, error=visit.said("review.history.still-used"), uses=error.uses, status=409)
    except ConflictError:
        return await _show(visit, error=visit.said("review.history.draft-exists"), status=409)
    except NotAllowedError:
        return await _show(visit, error=visit.said("review.history.is-so"), status=422)
    return visit.go(f"/knowledge/review/{path_to(kind, id_)}", done=done)


async def _show(visit: Visit, *, error: str = "", uses: Sequence[KnowledgeItem | Draft] = (), status: int = 200) -> web.StreamResponse:
    history = await find_history(visit.part("kind"), visit.part("id"), visit.ports)
    links = [(title_of(visit, each.content, each.id), edit_path(each.kind, each.id)) for each in uses]
    return visit.show("knowledge/history.html", {**to_values(visit, history), "error": error, "uses": links}, status=status)


def to_values(visit: Visit, history: History) -> dict[str, object]:
    """What the page is made of. Versions are counted from the oldest of the item."""
    kind, id_, count = history.kind, history.id, len(history.versions)
    address, content = path_to(kind, id_), history.versions[0].content
    after = _read_choice(visit, "to", count) or count
    before = _read_choice(visit, "from", count) or max(after - 1, 1)
    return {
        "title": title_of(visit, content, id_),
        "kind": kind_of(visit, kind),
        "path": f"/console/knowledge/{address}",
        "edit": edit_path(kind, id_),
        "draft": f"/console/knowledge/review/{address}" if history.has_draft else "",
        "is_gone": history.is_gone,
        "state": content.get("state", "published") if kind in RETIRABLE and not history.is_gone else "",
        "versions": [_to_line(visit, ordinal, history) for ordinal in range(count, 0, -1)],
        "before": before,
        "after": after,
        "folds": to_folds(visit, _version(history, before).content, _version(history, after).content),
    }


def _version(history: History, ordinal: int) -> ItemVersion:
    return history.versions[len(history.versions) - ordinal]


def _to_line(visit: Visit, ordinal: int, history: History) -> dict[str, object]:
    version, is_newest = _version(history, ordinal), ordinal == len(history.versions)
    return {
        "ordinal": ordinal,
        "number": version.number,
        "cause": visit.said(f"review.cause.{version.cause}"),
        "is_first_import": ordinal == 1 and version.cause is Cause.IMPORTED,
        "at": version.accepted_at,
        "authors": name_authors(visit, version.authors, history.members),
        "reviewer": name_authors(visit, [version.reviewer], history.members) if version.reviewer else "",
        "may_restore": bool(version.number) and not history.has_draft and (history.is_gone or not is_newest),
    }


def _read_choice(visit: Visit, name: str, most: int) -> int:
    return min(_to_number(visit.request.query.get(name, "")), most)


def _to_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("123456789") else 0


ROUTES = (
    get("/knowledge/{kind}/{id}/history", show_history, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/{kind}/{id}/restore", restore, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/{kind}/{id}/retire", retire, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/{kind}/{id}/bring-back", bring_back, Permission.EDIT_KNOWLEDGE),
)
