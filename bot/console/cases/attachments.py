"""Files with a case: add, open, delete."""

from urllib.parse import quote

from aiohttp import web

from bot.console.cases.case import show_case_again
from bot.console.cases.seen_version import seen_version
from bot.console.read_form import Upload
from bot.console.routes import FORM_BYTES, post
from bot.console.visit import Visit
from bot.domain.errors import ConflictError
from bot.domain.staff import Permission
from bot.services.desk.cases.add_attachment import ATTACHMENT_BYTES, add_attachment
from bot.services.desk.cases.delete_attachment import delete_attachment
from bot.services.desk.cases.read_attachment import read_attachment
from bot.services.desk.cases.stored_case_file import FileNotAcceptedError

ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Whatever a browser does with a file, it does it without scripts and without our origin."""


async def keep_attachment(visit: Visit) -> web.StreamResponse:
    """Store a file; back to the page with the reason when it is not accepted."""
    number, upload = visit.part("number"), visit.form.get("attachment")
    name, content = (upload.filename, upload.content) if isinstance(upload, Upload) else ("", b"")
    try:
        version = seen_version(visit)
        await add_attachment(number, version, visit.member, visit.ports, name=name, content=content)
    except FileNotAcceptedError as refused:
        return await show_case_again(visit, {}, notice=f"file-{refused.reason}", status=422)
    except ConflictError:
        return await show_case_again(visit, {}, notice="conflict-file", status=409)
    return visit.go(f"/cases/{number}", done="attachment-added")


async def open_attachment(visit: Visit) -> web.StreamResponse:
    """The file, to be saved or opened outside the browser."""
    info, content = await read_attachment(visit.part("number"), visit.part("reference"), visit.member, visit.ports)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(info.name)}",
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return web.Response(body=content, content_type=info.media_type, headers=headers)


async def remove_attachment(visit: Visit) -> web.StreamResponse:
    """Delete the file for good."""
    number, version = visit.part("number"), seen_version(visit)
    try:
        await delete_attachment(number, version, visit.part("reference"), visit.member, visit.ports)
    except ConflictError:
        return await show_case_again(visit, {}, notice="conflict-file", status=409)
    return visit.go(f"/cases/{number}", done="attachment-deleted")


ROUTES = (
    post("/cases/{number}/attachments", keep_attachment, Permission.WORK_ON_CASES, form_bytes=ATTACHMENT_BYTES + FORM_BYTES),
    post("/cases/{number}/attachments/{reference}", open_attachment, Permission.SEE_CASES),
    post("/cases/{number}/attachments/{reference}/delete", remove_attachment, Permission.WORK_ON_CASES),
)
