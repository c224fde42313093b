"""How the bot was used in a month, with everything hidden that is too small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.cases import add_months
from bot.domain.knowledge import Topic
from bot.domain.report_periods import GERMANY
from bot.domain.suppression import suppress_total
from bot.domain.usage_report import Rows, UsageReport, months_until, publish_usage, read_month
from bot.services.desk.ports import DeskPorts

COMPARED = 12


@dataclass(frozen=True, kw_only=True)
class UsageView:
    """A report, and the questions of the twelve months up to it, each as the report on that month has it."""

    report: UsageReport
    months: Sequence[tuple[date, int | None]]


async def read_usage(month_code: str, ports: DeskPorts) -> UsageView:
    """The report on a month ("2026-11"; empty: this one). Raises LookupError where there is none."""
    today = ports.bot.now().astimezone(GERMANY).date()
    month = read_month(month_code, today) if month_code else today.replace(day=1)
    offered = months_until(today)
    compared = [each for each in months_until(month, COMPARED) if each in offered][::-1]
    async with ports.bot.unit_of_work() as work:
        figures = await work.usage.count(month, add_months(month, 1) - timedelta(days=1))
        by_month = await work.usage.questions_by_month(compared[0])
    return UsageView(
        report=publish_usage(figures, month, today, rows_of(ports)),
        months=[(each, suppress_total(by_month.get(f"{each:%Y-%m}", 0))) for each in compared],
    )


def rows_of(ports: DeskPorts) -> Rows:
    """The rows of the tables: what the bot speaks, covers and answers from today."""
    knowledge = ports.bot.published.knowledge
    topics: Mapping[str, list[str]] = {topic.value: [] for topic in Topic}
    for entry in knowledge.entries.values():
        topics[entry.topic.value].append(entry.id)
    return Rows(languages=ports.bot.wording.languages, cities=tuple(knowledge.municipalities), topics=topics)
