"""Make the period report of a city: count, then hide what is too small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.cases import add_months
from bot.domain.knowledge import MunicipalityId
from bot.domain.report_periods import GERMANY, Period, may_read
from bot.domain.staff import StaffMember
from bot.domain.statistics import Report, publish
from bot.domain.suppression import suppress_total
from bot.services.desk.ports import DeskPorts


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """A report, with what stands beside it on the page."""

    report: Report
    cities: Mapping[MunicipalityId, int | None]
    """Cases filed in the same period in each city of the account, as the report of that city says."""
    without_city: int
    """Cases of no known city, only told to whom they are shown anyway; nobody's report holds them."""


async def make_report(city: MunicipalityId, period: Period, member: StaffMember, ports: DeskPorts) -> ReportView:
    """The report. Raises LookupError where this person may not have it."""
    if not may_read(member, city, period, ports.bot.now().astimezone(GERMANY).date()):
        message = "There is no such report."
        raise LookupError(message)
    edges = [begin(day) for day in (*period.starts, add_months(period.first, period.months))]
    async with ports.bot.unit_of_work() as work:
        figures = await work.case_counts.count(city, edges)
        by_city = await work.case_counts.count_cities(edges[0], edges[-1])
    return ReportView(
        report=publish(figures, city, period, ports.bot.wording.languages),
        cities=_of_own_cities(by_city, sorted(member.municipalities)),
        without_city=by_city.get(None, 0) if member.sees_case_of(None) else 0,
    )


def begin(day: date) -> datetime:
    """The moment at which a day begins in Germany."""
    return datetime.combine(day, time(), GERMANY)


def _of_own_cities(by_city: Mapping[MunicipalityId | None, int], own: Sequence[MunicipalityId]) -> Mapping[MunicipalityId, int | None]:
    return {city: suppress_total(by_city.get(city, 0)) for city in own}
