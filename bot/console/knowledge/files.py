"""Files: what differs from the shipped ones, and everything as an archive or as lists for translators."""

from aiohttp import web

from bot.console.download import HEADERS
from bot.console.knowledge.changes import name_fields, to_folds
from bot.console.knowledge.item_words import edit_path, kind_of, path_to, title_of
from bot.console.labels import city_name, language_name, options
from bot.console.routes import get, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, KnowledgeError
from bot.domain.file_differences import CONFLICTS, IN_FILES, FileDifference
from bot.domain.knowledge import Topic
from bot.domain.languages import GERMAN
from bot.domain.staff import Permission
from bot.services.compare_files import ItemDifference
from bot.services.desk.knowledge.find_difference import find_difference
from bot.services.desk.knowledge.find_differences import find_differences
from bot.services.desk.knowledge.keep_ours import keep_ours
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.knowledge.take_file import take_file

MOST_FIELDS = 6
"""How many of an item's fields the list names."""


async def show_files(visit: Visit) -> web.StreamResponse:
    """What differs, and everything that can be fetched or sent."""
    return await show_page(visit)


async def show_page(visit: Visit, *, error: str = "", status: int = 200) -> web.StreamResponse:
    """The page, with what went wrong."""
    differences, unreadable = await _differences(visit)
    cities = [str(city) for city in visit.ports.bot.published.knowledge.municipalities]
    values = {
        "error": error,
        "unreadable": unreadable,
        "groups": [
            (name, [_line(visit, each) for each in differences if each.what in kinds])
            for name, kinds in (("conflicts", CONFLICTS), ("in-files", IN_FILES), ("ours", {FileDifference.EDITED, FileDifference.CREATED}))
        ],
        "languages_out": [(code, language_name(visit, code)) for code in visit.ports.bot.wording.languages if code != GERMAN],
        "topics": [("", visit.said("files.any")), *options(visit, "topic", Topic)],
        "cities": [("", visit.said("files.any")), *((city, city_name(visit, city)) for city in cities)],
    }
    return visit.show("knowledge/files.html", values, status=status)


async def _differences(visit: Visit) -> tuple[list[ItemDifference], str]:
    """The differences, or why the shipped files cannot be read."""
    try:
        return await find_differences(visit.ports), ""
    except KnowledgeError as error:
        return [], str(error).splitlines()[0].rpartition("/")[2]


def _line(visit: Visit, difference: ItemDifference) -> dict[str, object]:
    side = difference.item or difference.file
    paths = [change.path for change in difference.changes] if difference.item and difference.file else []
    names = name_fields(visit, paths)
    return {
        "title": title_of(visit, side.content if side else {}, difference.id),
        "kind": kind_of(visit, difference.kind),
        "what": visit.said(f"files.what.{difference.what}"),
        "fields": ", ".join(names[:MOST_FIELDS]) + (" …" if len(names) > MOST_FIELDS else ""),
        "path": f"/console/knowledge/files/difference/{path_to(difference.kind, difference.id)}",
    }


async def show_difference(visit: Visit) -> web.StreamResponse:
    """Both versions of an item beside each other."""
    return await _show_difference(visit)


async def _show_difference(visit: Visit, *, error: str = "", status: int = 200) -> web.StreamResponse:
    kind, id_ = visit.part("kind"), visit.part("id")
    found = await find_difference(kind, id_, visit.ports)
    async with visit.ports.bot.unit_of_work() as work:
        draft = await work.drafts.find(kind, id_)
    ours, theirs = found.item.content if found.item else {}, found.file.content if found.file else {}
    values = {
        "error": error,
        "title": title_of(visit, ours or theirs, id_),
        "kind": kind_of(visit, kind),
        "what": found.what,
        "hash": found.file_hash,
        "path": f"/console/knowledge/files/difference/{path_to(kind, id_)}",
        "review": f"/console/knowledge/review/{path_to(kind, id_)}" if draft else "",
        "edit": edit_path(kind, id_) if found.item else "",
        "folds": to_folds(visit, ours, theirs) if ours and theirs else [],
        "may_take": found.file is not None and draft is None,
        "may_keep": found.item is not None and found.what not in {FileDifference.EDITED, FileDifference.CREATED},
    }
    return visit.show("knowledge/files_difference.html", values, status=status)


async def take(visit: Visit) -> web.StreamResponse:
    """The file's version becomes a draft."""
    kind, id_ = visit.part("kind"), visit.part("id")
    try:
        await take_file(kind, id_, visit.field("hash"), visit.member, visit.ports)
    except ConflictError:
        return await _show_difference(visit, error=visit.said("files.conflict"), status=409)
    return visit.go(f"/knowledge/review/{path_to(kind, id_)}", done="file-taken")


async def keep(visit: Visit) -> web.StreamResponse:
    """The desk's version stays."""
    try:
        await keep_ours(visit.part("kind"), visit.part("id"), visit.field("hash"), visit.ports)
    except ConflictError:
        return await _show_difference(visit, error=visit.said("files.conflict"), status=409)
    return visit.go("/knowledge/files", done="ours-kept")


async def download_archive(visit: Visit) -> web.StreamResponse:
    """Every accepted item as a ZIP of YAML files."""
    packed = visit.ports.knowledge.files.write_archive(await read_accepted(visit.ports))
    return send_file(packed, f"knowledge-{visit.now:%Y-%m-%d}.zip", "application/zip")


def send_file(content: bytes, name: str, media_type: str) -> web.Response:
    """A file that the browser saves under this name, which is ours."""
    headers = {**HEADERS, "Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, headers=headers)


ROUTES = (
    get("/knowledge/files", show_files, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/files/knowledge.zip", download_archive, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/files/difference/{kind}/{id}", show_difference, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/files/difference/{kind}/{id}/take", take, Permission.EDIT_KNOWLEDGE),
    post("/knowledge/files/difference/{kind}/{id}/keep", keep, Permission.EDIT_KNOWLEDGE),
)
