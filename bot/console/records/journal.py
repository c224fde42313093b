"""The erasure journal: what was erased, as a page and as the file that a restore needs."""

from aiohttp import web

from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.case_filter import wall_of
from bot.domain.staff import Permission
from bot.services.desk.records.log_download import log_download
from bot.services.desk.records.read_erasures import read_erasures, write_journal

SHOWN = 500


async def show_journal(visit: Visit) -> web.StreamResponse:
    """The latest erasures."""
    erasures = await read_erasures(wall_of(visit.member), visit.ports.bot.unit_of_work, limit=SHOWN)
    return visit.show("records/journal.html", {"erasures": erasures, "shown": SHOWN})


async def download_journal(visit: Visit) -> web.StreamResponse:
    """All of them, with numbers and days only."""
    await log_download("journal", visit.member, visit.ports)
    journal = write_journal(await read_erasures(wall_of(visit.member), visit.ports.bot.unit_of_work))
    headers = {"Content-Disposition": f'attachment; filename="erasures-{visit.now:%Y-%m-%d}.csv"', "Cache-Control": "no-store"}
    return web.Response(text=journal, content_type="text/csv", charset="utf-8", headers=headers)


ROUTES = (
    get("/records/journal", show_journal, Permission.KEEP_RECORDS),
    get("/records/journal.csv", download_journal, Permission.KEEP_RECORDS),
)
