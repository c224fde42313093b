"""Publishing: what would go live, how far it is, what was published before, and the way back."""

from aiohttp import web

from bot.console.knowledge.changes import to_folds
from bot.console.knowledge.item_words import kind_of, path_to, title_of
from bot.console.knowledge.proof_words import summarize
from bot.console.knowledge.review_list import name_authors
from bot.console.labels import staff_name
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAllowedError, NotAvailableError
from bot.domain.publication_runs import PublicationRun, RunState
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.knowledge.let_through import let_through
from bot.services.desk.knowledge.read_publishing import Change, Publishing, read_publishing
from bot.services.desk.knowledge.request_publication import request_publication
from bot.services.desk.knowledge.roll_back import roll_back
from bot.services.stored_knowledge import PublicationOutline

REASON_CHARACTERS = 1000
STEPS = (RunState.WAITING, RunState.TRAINING, RunState.PROVING)


async def show_publishing(visit: Visit) -> web.StreamResponse:
    """The page on publishing."""
    return await _show(visit)


async def start(visit: Visit) -> web.StreamResponse:
    """Publish what is accepted; whoever presses while a run is under way sees that one."""
    try:
        await request_publication(visit.member, visit.ports)
    except NotAllowedError:
        return await _show(visit, error=visit.said("publish.nothing-new"), status=422)
    except NotAvailableError:
        return await _show(visit, error=visit.said("publish.impossible"), status=503)
    return visit.go("/knowledge/publish", done="publication-begun")


async def override(visit: Visit) -> web.StreamResponse:
    """Let a held run through, for a reason."""
    reason = visit.field("reason", characters=REASON_CHARACTERS)
    if not reason:
        return await _show(visit, error=visit.said("publish.reason-missing"), status=422)
    try:
        await let_through(read_number(visit.part("number")), reason, visit.member, visit.ports)
    except ConflictError:
        return await _show(visit, error=visit.said("publish.out-of-date"), status=409)
    except NotAllowedError:
        return await _show(visit, error=visit.said("publish.not-held"), status=422)
    return visit.go("/knowledge/publish", done="publication-let-through")


async def go_back(visit: Visit) -> web.StreamResponse:
    """Make an earlier publication current again."""
    number, seen = (read_number(visit.field(name, characters=9)) for name in ("number", "seen"))
    try:
        await roll_back(number, seen, visit.member, visit.ports)
    except ConflictError:
        return await _show(visit, error=visit.said("publish.out-of-date"), status=409)
    except NotAllowedError:
        return await _show(visit, error=visit.said("publish.is-current"), status=422)
    except NotAvailableError:
        return await _show(visit, error=visit.said("publish.not-kept"), status=422)
    return visit.go("/knowledge/publish", done="publication-rolled-back")


async def show_progress(visit: Visit) -> web.StreamResponse:
    """How far the run under way is, for the open page; the whole page comes anew once it is over."""
    async with visit.ports.bot.unit_of_work() as work:
        run, members = await work.publication_runs.active(), await work.staff.all()
    if run is None:
        return web.Response(status=200, headers={"HX-Redirect": "/console/knowledge/publish"})
    return visit.show("knowledge/publish_run.html", {"run": run, **_to_progress(visit, run, members)})


async def show_change(visit: Visit) -> web.StreamResponse:
    """What the next publication changes about one item."""
    publishing = await read_publishing(visit.ports)
    wanted = (visit.part("kind"), visit.part("id"))
    change = next((change for change in publishing.changes if (change.kind, change.id) == wanted), None)
    if change is None:
        raise LookupError(*wanted)
    before, after = (item.content if item else {} for item in (change.published, change.accepted))
    values = {
        **_to_line(visit, change),
        "folds": to_folds(visit, before, after) if after else [],
        "history": f"/console/knowledge/{path_to(*wanted)}/history",
    }
    return visit.show("knowledge/publish_change.html", values)


async def _show(visit: Visit, *, error: str = "", status: int = 200) -> web.StreamResponse:
    publishing = await read_publishing(visit.ports)
    async with visit.ports.bot.unit_of_work() as work:
        members = await work.staff.all()
    run = publishing.runs[0] if publishing.runs else None
    values = {
        "changes": [_to_line(visit, change) for change in publishing.changes],
        "run": run,
        "is_running": run is not None and not run.is_over,
        **(_to_progress(visit, run, members) if run else {}),
        "summary": await summarize(visit, run) if run and run.is_over else None,
        "may_let_through": run is not None and run.state is RunState.HELD and visit.may("publish-knowledge"),
        "runs": [{"run": each, "by": staff_name(visit, each.asked_by, members)} for each in publishing.runs[1:]],
        "publications": [_to_publication(visit, each, publishing, members) for each in publishing.publications],
        "current": publishing.publications[0].number if publishing.publications else 0,
        "can_publish": publishing.can_publish,
        "reason": visit.field("reason", characters=REASON_CHARACTERS),
        "error": error,
    }
    return visit.show("knowledge/publish.html", values, status=status)


def _to_progress(visit: Visit, run: PublicationRun, members: list[StaffMember]) -> dict[str, object]:
    place = STEPS.index(run.state) if run.state in STEPS else len(STEPS)
    return {
        "asked_by": staff_name(visit, run.asked_by, members),
        "steps": [
            (step, visit.said(f"publish.step.{step}"), "done" if number < place else "now" if number == place else "ahead")
            for number, step in enumerate((*STEPS, RunState.LIVE))
        ],
        "seconds": int(((run.ended_at or visit.now) - run.asked_at).total_seconds()),
    }


def _to_line(visit: Visit, change: Change) -> dict[str, object]:
    """A change in the list: what it is about, and what becomes of it."""
    item = change.accepted or change.published
    content = item.content if item else {}
    was_there, is_there = (each is not None and each.content.get("state") != "retired" for each in (change.published, change.accepted))
    fate = "changed" if was_there and is_there else "new" if is_there else "gone"
    return {
        "title": title_of(visit, content, change.id),
        "kind": kind_of(visit, change.kind),
        "fate": fate,
        "path": f"/console/knowledge/publish/changes/{path_to(change.kind, change.id)}",
    }


def _to_publication(visit: Visit, outline: PublicationOutline, publishing: Publishing, members: list[StaffMember]) -> dict[str, object]:
    workshop, is_current = visit.ports.knowledge.workshop, outline is publishing.publications[0]
    is_kept = workshop is not None and workshop.has_model(outline.model)
    return {
        "outline": outline,
        "is_current": is_current,
        "by": name_authors(visit, [outline.published_by], members) if outline.published_by else visit.said("publish.at-start"),
        "may_go_back": not is_current and is_kept and visit.may("publish-knowledge"),
    }


def read_number(text: str) -> int:
    """A number as it stands in an address or a form; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("123456789") else 0


ROUTES = (
    get("/knowledge/publish", show_publishing, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/publish/progress", show_progress, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/publish/changes/{kind}/{id}", show_change, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/publish", start, Permission.PUBLISH_KNOWLEDGE),
    post("/knowledge/publish/roll-back", go_back, Permission.PUBLISH_KNOWLEDGE),
    post("/knowledge/publish/runs/{number}/let-through", override, Permission.PUBLISH_KNOWLEDGE),
)
