"""The case log as a CSV file: what the database holds, with the hashes, so that somebody else can check the chain, too."""

import csv
import io
import json
from collections.abc import Iterable

import structlog
from aiohttp import web

from bot.console.download import begin_download
from bot.console.log.asked import read_asked, to_filter
from bot.console.routes import get
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAvailableError
from bot.domain.log_check import LogRow
from bot.domain.staff import Permission
from bot.services.desk.records.log_download import log_download
from bot.services.desk.records.read_log import read_log

log = structlog.get_logger()
COLUMNS = ("position", "at", "event", "case", "actor", "details", "previous_hash", "hash")
ROWS = 500


async def export_log(visit: Visit) -> web.StreamResponse:
    """The entries that the page's filters ask for; staff by their ids, never by their names."""
    try:
        await log_download("log", visit.member, visit.ports)
    except (ConflictError, NotAvailableError):  # tampered with: exactly then the file is needed
        log.error("the case log takes no entries; it is downloaded without one")  # the error tells no more
    wanted, below = to_filter(read_asked(visit)), None
    response = await begin_download(visit, f"log-{visit.now:%Y-%m-%d}.csv", "text/csv; charset=utf-8")
    await response.write(to_csv([COLUMNS]))
    while True:
        page = await read_log(wanted, below, visit.ports, limit=ROWS)
        await response.write(to_csv(map(to_cells, page.rows)))
        below = page.below
        if below is None:
            break
    await response.write_eof()
    return response


def to_cells(row: LogRow) -> tuple[object, ...]:
    """One entry; only its place and hashes where it cannot be read any more."""
    entry = row.entry
    said = (entry.at.isoformat(), entry.event.value, entry.case, entry.actor, json.dumps(dict(entry.details))) if entry else ("",) * 5
    return row.position, *said, row.previous_hash, row.hash


def to_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Lines as RFC 4180 writes them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


ROUTES = (get("/log/export.csv", export_log, Permission.READ_LOG),)
