"""How the bot is used: choose a month, look at it, take it along as a file."""

import asyncio
from dataclasses import replace

from aiohttp import web

from bot.console.knowledge.usage_in_words import tell_usage
from bot.console.routes import get
from bot.console.statistics.charts import Chart, draw
from bot.console.statistics.in_words import in_percent, month_name
from bot.console.statistics.statistics import MEDIA_TYPES, today_of
from bot.console.visit import Visit
from bot.domain.staff import Permission
from bot.domain.usage_report import months_until
from bot.services.desk.knowledge.read_usage import read_usage
from bot.services.desk.statistics.report_document import Section

DRAWN = 12
"""How many entries of a topic have a bar; all of them stand in the table."""


async def show_usage(visit: Visit) -> web.StreamResponse:
    """The report on a page, with charts."""
    view = await read_usage(visit.request.query.get("month", ""), visit.ports)
    document, month = tell_usage(visit, view), view.report.month
    values = {
        "document": document,
        "charts": {section.key: draw_top(section) for section in document.sections},
        "percent": lambda share: in_percent(visit, share),
        "too_few": view.report.questions is None,
        "month": f"{month:%Y-%m}",
        "months": [(f"{each:%Y-%m}", month_name(visit, each)) for each in months_until(today_of(visit))],
        "endings": [ending for ending in MEDIA_TYPES if ending in visit.ports.reports],
    }
    return visit.show("knowledge/usage.html", values)


def draw_top(section: Section) -> Chart | None:
    """The chart of a table; of entries only the first."""
    return draw(replace(section, lines=section.lines[:DRAWN]) if section.key.startswith("entries-") else section)


async def send_usage(visit: Visit) -> web.StreamResponse:
    """The same report as a file."""
    ending = visit.part("ending")
    if ending not in visit.ports.reports:
        raise web.HTTPNotFound
    view = await read_usage(visit.request.query.get("month", ""), visit.ports)
    content = await asyncio.to_thread(visit.ports.reports[ending], tell_usage(visit, view))
    name = f"{visit.said('usage.file-name')}-{view.report.month:%Y-%m}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=content, content_type=MEDIA_TYPES[ending], headers=headers)


ROUTES = (
    get("/knowledge/usage", show_usage, Permission.EDIT_KNOWLEDGE),
    get("/knowledge/usage/report.{ending}", send_usage, Permission.EDIT_KNOWLEDGE),
)
