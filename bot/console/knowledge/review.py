"""One draft: what it changes, what stands against it, and the decision about it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.console.cases.seen_version import seen_version
from bot.console.knowledge.changes import label_of, name_fields, outdated_by, say_value, to_folds
from bot.console.knowledge.item_words import edit_path, kind_of, path_to, title_of
from bot.console.knowledge.review_list import name_authors
from bot.console.knowledge.review_previews import preview_change
from bot.console.labels import language_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAllowedError
from bot.domain.item_faults import ItemFault
from bot.domain.knowledge_drafts import DraftState
from bot.domain.knowledge_rebase import value_at
from bot.domain.staff import Permission
from bot.services.desk.knowledge.accept_draft import accept_draft
from bot.services.desk.knowledge.discard_draft import discard_draft
from bot.services.desk.knowledge.find_review import Review, find_review
from bot.services.desk.knowledge.rebase_draft import rebase_draft
from bot.services.desk.knowledge.refuse_faults import FaultyDraftError
from bot.services.desk.knowledge.send_back_draft import send_back_draft
from bot.services.desk.knowledge.submit_draft import submit_draft

REMARK_CHARACTERS = 2000
FIELDS_CHARACTERS = 2000


async def show_review(visit: Visit) -> web.StreamResponse:
    """The draft of an item; its history where there is none."""
    return await _show(visit)


async def submit(visit: Visit) -> web.StreamResponse:
    """Hand the draft to somebody who reads it."""
    return await _act(visit, _submit)


async def accept(visit: Visit) -> web.StreamResponse:
    """Accept the draft: it belongs to the next publication."""
    return await _act(visit, _accept)


async def send_back(visit: Visit) -> web.StreamResponse:
    """Send the draft back to its authors with a remark."""
    if not visit.field("remark", characters=REMARK_CHARACTERS):
        return await _show(visit, error=visit.said("review.remark-missing"), status=422)
    return await _act(visit, _send_back)


async def continue_on_accepted(visit: Visit) -> web.StreamResponse:
    """Bring the draft onto what was accepted since it began."""
    return await _act(visit, _rebase)


async def discard(visit: Visit) -> web.StreamResponse:
    """Throw the draft away."""
    return await _act(visit, _discard)


async def _submit(visit: Visit, kind: str, id_: str) -> web.StreamResponse:
    await submit_draft(kind, id_, seen_version(visit), visit.member, visit.ports)
    return visit.go(f"/knowledge/review/{path_to(kind, id_)}", done="draft-submitted")


async def _accept(visit: Visit, kind: str, id_: str) -> web.StreamResponse:
    await accept_draft(kind, id_, seen_version(visit), visit.member, visit.ports)
    return visit.go("/knowledge/review", done="draft-accepted")


async def _send_back(visit: Visit, kind: str, id_: str) -> web.StreamResponse:
    remark = visit.field("remark", characters=REMARK_CHARACTERS)
    await send_back_draft(kind, id_, seen_version(visit), remark, visit.member, visit.ports)
    return visit.go("/knowledge/review", done="draft-sent-back")


async def _rebase(visit: Visit, kind: str, id_: str) -> web.StreamResponse:
    rebased = await rebase_draft(kind, id_, seen_version(visit), visit.member, visit.ports)
    collided = {"collided": "|".join(".".join(map(str, path)) for path in rebased.collided)} if rebased.collided else {}
    return visit.go(f"/knowledge/review/{path_to(kind, id_)}", done="draft-rebased", **collided)


async def _discard(visit: Visit, kind: str, id_: str) -> web.StreamResponse:
    await discard_draft(kind, id_, seen_version(visit), visit.ports)
    return visit.go("/knowledge/review", done="draft-discarded")


async def _act(visit: Visit, step: Callable[[Visit, str, str], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
    """Do something with the draft; what hinders it is said on the page as it is now, with the remark that was typed."""
    try:
        return await step(visit, visit.part("kind"), visit.part("id"))
    except ConflictError:
        return await _show(visit, error=visit.said("review.conflict"), status=409)
    except FaultyDraftError:
        return await _show(visit, error=visit.said("review.faulty"), status=422)
    except NotAllowedError:
        return await _show(visit, error=visit.said("review.own" if step is _accept else "review.not-allowed"), status=422)
    except LookupError:
        return await _show(visit)


async def _show(visit: Visit, *, error: str = "", status: int = 200) -> web.StreamResponse:
    kind, id_ = visit.part("kind"), visit.part("id")
    try:
        review = await find_review(kind, id_, visit.ports)
    except LookupError:
        async with visit.ports.bot.unit_of_work() as work:
            if await work.knowledge_items.find(kind, id_) is None:
                raise
        return visit.go(f"/knowledge/{path_to(kind, id_)}/history", done="no-draft")
    values = {**to_values(visit, review), "previews": await preview_change(visit, review), "error": error}
    return visit.show("knowledge/review.html", values, status=status)


def to_values(visit: Visit, review: Review) -> dict[str, object]:
    """What the page is made of."""
    draft = review.draft
    # What an overtaken draft takes back of the other change is not what its authors wanted: compare it with what they began with.
    before = review.base if review.rebased else review.before
    blocking = [fault for fault in review.faults if not fault.overdue]
    is_mine = visit.member.id in draft.authors
    return {
        "draft": draft,
        "title": title_of(visit, draft.content, draft.id),
        "kind": kind_of(visit, draft.kind),
        "path": f"/console/knowledge/review/{path_to(draft.kind, draft.id)}",
        "history": f"/console/knowledge/{path_to(draft.kind, draft.id)}/history" if review.item else "",
        "edit": edit_path(draft.kind, draft.id),
        "is_new": review.item is None,
        "is_mine": is_mine,
        "is_retiring": review.is_retiring,
        "uses": [
            (title_of(visit, item.content, item.id), kind_of(visit, item.kind), edit_path(item.kind, item.id)) for item in review.uses
        ],
        "authors": name_authors(visit, draft.authors, review.members),
        "folds": to_folds(visit, before, draft.content),
        "outdated": outdated_by(visit, before, draft.content),
        "faults": [_say_fault(visit, fault) for fault in blocking],
        "reminders": [_say_fault(visit, fault) for fault in review.faults if fault.overdue],
        "overtaken": _to_overtaken(visit, review),
        "collided": name_fields(visit, _read_fields(visit)),
        "may_accept": draft.state is DraftState.IN_REVIEW and not (is_mine or blocking or review.rebased),
        "may_send_back": draft.state is DraftState.IN_REVIEW and not is_mine,
        "may_submit": draft.state is not DraftState.IN_REVIEW and not (blocking or review.rebased),
        "remark": visit.field("remark", characters=REMARK_CHARACTERS),
    }


def _to_overtaken(visit: Visit, review: Review) -> dict[str, object] | None:
    """What changed since the draft began, and the fields that both changed, three ways."""
    if review.rebased is None:
        return None
    collisions = [
        {
            "label": name_fields(visit, [path])[0],
            "languages": [step for step in path if step in visit.ports.bot.wording.languages],
            "texts": [
                (name, say_value(visit, path, value_at(content, path)))
                for name, content in (("base", review.base), ("accepted", review.before), ("draft", review.draft.content))
            ],
        }
        for path in review.rebased.collided
    ]
    return {
        "is_gone": review.item is None,
        "folds": to_folds(visit, review.base, review.before) if review.base and review.item else [],
        "collisions": collisions,
    }


def _say_fault(visit: Visit, fault: ItemFault) -> str:
    values = {name: language_name(visit, str(value)) if name == "language" else value for name, value in fault.values.items()}
    where = label_of(visit, fault.path, visit.ports.bot.wording.languages)
    what = visit.said(f"fault.{fault.code}", **values)
    return f"{where}: {what}" if where else what


def _read_fields(visit: Visit) -> list[tuple[str | int, ...]]:
    """The fields that the address names; whatever it says, it names fields and nothing else."""
    asked = visit.request.query.get("collided", "")[:FIELDS_CHARACTERS]
    return [tuple(path.split(".")) for path in asked.split("|") if path]


ROUTES = (
    get("/knowledge/review/{kind}/{id}", show_review, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/review/{kind}/{id}/submit", submit, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/review/{kind}/{id}/accept", accept, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/review/{kind}/{id}/send-back", send_back, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/review/{kind}/{id}/rebase", continue_on_accepted, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/review/{kind}/{id}/discard", discard, Permission.EDIT_KNOWLEDGE),
)
