"""What waits for review, what came back, and what is still being written."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from bot.console.knowledge.item_words import kind_of, path_to, title_of
from bot.console.labels import staff_name
from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.knowledge_drafts import Draft, DraftState
from bot.domain.staff import Permission, StaffId, StaffMember


@dataclass(frozen=True, kw_only=True)
class Line:
    """A draft in a list."""

    draft: Draft
    path: str
    title: str
    kind: str
    authors: str


async def show_reviews(visit: Visit) -> web.StreamResponse:
    """All drafts, those first that the visitor can do something about; the oldest of each first."""
    async with visit.ports.bot.unit_of_work() as work:
        drafts, members = await work.drafts.all(), await work.staff.all()
    me = visit.member.id
    waiting = [draft for draft in drafts if draft.state is DraftState.IN_REVIEW]
    back = [draft for draft in drafts if draft.state is DraftState.SENT_BACK]
    lists = (
        ("to-review", [draft for draft in waiting if me not in draft.authors]),
        ("sent-back", [draft for draft in back if me in draft.authors]),
        ("mine-in-review", [draft for draft in waiting if me in draft.authors]),
        ("in-progress", [draft for draft in drafts if draft.state is DraftState.DRAFT]),
        ("sent-back-to-others", [draft for draft in back if me not in draft.authors]),
    )
    shown = [(name, [_to_line(visit, draft, members) for draft in _oldest_first(chosen)]) for name, chosen in lists]
    return visit.show("knowledge/review_list.html", {"lists": shown, "is_empty": not drafts})


async def show_waiting(visit: Visit) -> web.StreamResponse:
    """A piece for the tabs: how much waits for this person."""
    async with visit.ports.bot.unit_of_work() as work:
        outlines = await work.drafts.outline()
    waiting = sum(outline.state is DraftState.IN_REVIEW and visit.member.id not in outline.authors for outline in outlines)
    back = sum(outline.state is DraftState.SENT_BACK and visit.member.id in outline.authors for outline in outlines)
    return visit.show("knowledge/waiting.html", {"waiting": waiting + back})


def name_authors(visit: Visit, staff: Iterable[StaffId], members: Iterable[StaffMember]) -> str:
    """Names of people, also of those whose account is gone."""
    known = tuple(members)
    return ", ".join(dict.fromkeys(staff_name(visit, one, known) for one in staff))


def _oldest_first(drafts: Iterable[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: draft.saved_at)


def _to_line(visit: Visit, draft: Draft, members: Iterable[StaffMember]) -> Line:
    return Line(
        draft=draft,
        path=f"/console/knowledge/review/{path_to(draft.kind, draft.id)}",
        title=title_of(visit, draft.content, draft.id),
        kind=kind_of(visit, draft.kind),
        authors=name_authors(visit, draft.authors, members),
    )


ROUTES = (
    get("/knowledge/review", show_reviews, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/review/waiting", show_waiting, Permission.EDIT_KNOWLEDGE),
)
