"""Statistics: choose a city and a period, look at the report, take it along as a file."""

import asyncio
from collections.abc import Sequence
from datetime import date

from aiohttp import web

from bot.console.labels import city_name, options
from bot.console.routes import get
from bot.console.statistics.charts import draw
from bot.console.statistics.in_words import in_percent, month_name, period_name, tell_report, tell_usage
from bot.console.visit import Visit
from bot.domain.cases import add_months
from bot.domain.knowledge import MunicipalityId
from bot.domain.report_periods import GERMANY, MOST_MONTHS, Period, is_final, may_read, periods_of, read_period, year_of
from bot.domain.staff import Permission
from bot.services.desk.statistics.make_report import make_report
from bot.services.desk.statistics.report_document import ReportDocument

YEARS = 4
"""How many calendar years there are to choose from, this one included; older ones by their address."""
REPORTS = {"full": tell_report, "usage": tell_usage}
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


async def show_statistics(visit: Visit) -> web.StreamResponse:
    """The report on a page, with charts."""
    cities = own_cities(visit)
    if not cities:
        return visit.show("statistics/none.html")
    city, period, kind = read_choice(visit)
    view = await make_report(city, period, visit.member, visit.ports)
    document = REPORTS[kind](visit, view)
    values = {
        "document": document,
        "charts": {section.key: draw(section) for section in document.sections},
        "percent": lambda share: in_percent(visit, share),
        "too_few": view.report.filed is None,
        "is_final": is_final(period, today_of(visit)),
        "without_city": view.without_city,
        "city": city,
        "cities": options(visit, "city", cities),
        "period": period.code,
        "year": str(period.first.year),
        "periods": choose_periods(visit, city, period),
        "months": choose_months(visit) if visit.member.sees_case_of(city) else [],
        "first": f"{period.first:%Y-%m}",
        "last": f"{period.last:%Y-%m}",
        "kind": kind,
        "endings": [ending for ending in MEDIA_TYPES if ending in visit.ports.reports],
    }
    return visit.show("statistics/report.html", values)


async def send_report(visit: Visit) -> web.StreamResponse:
    """The same report as a file."""
    ending = visit.part("ending")
    if not own_cities(visit) or ending not in visit.ports.reports:
        raise web.HTTPNotFound
    city, period, kind = read_choice(visit)
    document: ReportDocument = REPORTS[kind](visit, await make_report(city, period, visit.member, visit.ports))
    content = await asyncio.to_thread(visit.ports.reports[ending], document)
    name = f"{visit.said('statistics.file-name')}-{city}-{period.code}-{kind}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=content, content_type=MEDIA_TYPES[ending], headers=headers)


def own_cities(visit: Visit) -> Sequence[MunicipalityId]:
    """The cities of the account, by name."""
    return sorted(visit.member.municipalities, key=lambda city: city_name(visit, city))


def read_choice(visit: Visit) -> tuple[MunicipalityId, Period, str]:
    """City, period and kind of report that are asked for, or what is likely meant. Raises LookupError."""
    query = visit.request.query
    city = MunicipalityId(query.get("city") or own_cities(visit)[0])
    kind = query.get("report") or "full"
    if kind not in REPORTS:
        raise LookupError(kind)
    if query.get("from") and query.get("to"):
        period = read_period("--".join(sorted((query["from"], query["to"]))))
    elif query.get("period"):
        period = read_period(query["period"])
    else:
        this_year = year_of(today_of(visit))
        period = this_year if visit.member.sees_case_of(city) else year_of(add_months(this_year.first, -1))
    return city, year_of(period.first) if kind == "usage" else period, kind


def choose_periods(visit: Visit, city: MunicipalityId, chosen: Period) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """By year, the periods that this person may have a report on; and the chosen one, should it be none of them."""
    today = today_of(visit)
    years = []
    for year in range(today.year, today.year - YEARS, -1):
        allowed = [period for period in periods_of(year) if may_read(visit.member, city, period, today)]
        years.append((str(year), [(period.code, period_name(visit, period)) for period in allowed]))
    if not any(code == chosen.code for _, listed in years for code, _ in listed):
        years.insert(0, (visit.said("statistics.chosen"), [(chosen.code, period_name(visit, chosen))]))
    return [(year, listed) for year, listed in years if listed]


def choose_months(visit: Visit) -> Sequence[tuple[str, str]]:
    """The months of a free choice, the latest first."""
    latest = today_of(visit).replace(day=1)
    months = [add_months(latest, -back) for back in range(MOST_MONTHS)]
    return [(f"{month:%Y-%m}", month_name(visit, month)) for month in months]


def today_of(visit: Visit) -> date:
    """Today in Germany."""
    return visit.now.astimezone(GERMANY).date()


ROUTES = (
    get("/statistics", show_statistics, Permission.SEE_STATISTICS),
    get("/statistics/report.{ending}", send_report, Permission.SEE_STATISTICS),
)
