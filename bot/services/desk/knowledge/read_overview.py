"""What the overview of the knowledge shows: the entries, what is overdue, what nobody asks, what nobody can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.knowledge import Topic
from bot.domain.knowledge_drafts import Draft
from bot.domain.knowledge_overview import (
    Circumstances,
    Freshness,
    OverviewFilter,
    OverviewLine,
    freshness_of,
    make_line,
)
from bot.domain.languages import Language
from bot.domain.read_day import read_day
from bot.domain.report_periods import GERMANY
from bot.domain.staff import StaffMember
from bot.services.desk.knowledge.read_accepted import read_accepted
from bot.services.desk.ports import DeskPorts
from bot.services.stored_knowledge import KnowledgeItem

PAGE = 50
ASKED_WITHIN = timedelta(days=90)
TOPICS = tuple(Topic)
BESIDE = ("contact", "programme", "source")
"""What has a list of its own."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The page that was asked for, and what stands beside it."""

    lines: Sequence[OverviewLine]
    found: int
    """How many entries the filter admits."""
    page: int
    pages: int
    overdue: Sequence[OverviewLine]
    never_asked: Sequence[OverviewLine]
    counted_since: date | None
    """The first day of what `never_asked` looks at; None before anything was counted."""
    unanswered: Mapping[Language, int]
    cities: Sequence[str]
    members: Sequence[StaffMember]
    """Every account, for the names."""
    beside: Mapping[str, int]
    """How many contacts, programmes and sources there are."""
    beside_overdue: int


async def read_overview(asked: OverviewFilter, page: int, ports: DeskPorts) -> Overview:
    """The overview; a page that is not there any more is the last one."""
    today = ports.bot.now().astimezone(GERMANY).date()
    items = await read_accepted(ports)
    async with ports.bot.unit_of_work() as work:
        drafts = {draft.id: draft for draft in await work.drafts.all() if draft.kind == "entry"}
        first_counted = await work.usage.first_day()
        since = first_counted and max(first_counted, today - ASKED_WITHIN)
        seen = await work.usage.entries_since(since) if since else frozenset()
        unanswered = await work.unanswered_questions.count_by_language()
        members = await work.staff.all()
    live = ports.bot.published.knowledge.entries
    around = Circumstances(languages=ports.bot.wording.languages, today=today, live=live.keys(), asked=seen)
    lines = make_lines(items, drafts, around)
    admitted = [line for line in lines if asked.admits(line)]
    pages = max(1, -(-len(admitted) // PAGE))
    page = min(max(page, 1), pages)
    kept = [line for line in lines if not line.is_retired]
    others = [item for item in items if item.kind in BESIDE]
    return Overview(
        lines=admitted[(page - 1) * PAGE : page * PAGE],
        found=len(admitted),
        page=page,
        pages=pages,
        overdue=sorted((line for line in kept if line.freshness is Freshness.OVERDUE), key=lambda line: line.review_after or date.min),
        never_asked=[line for line in kept if line.is_live and not line.is_asked] if since else [],
        counted_since=since,
        unanswered=unanswered,
        cities=sorted({line.municipality for line in kept}),
        members=members,
        beside={kind: sum(item.kind == kind for item in others) for kind in BESIDE},
        beside_overdue=sum(is_overdue(item, today) for item in others),
    )


def make_lines(items: Sequence[KnowledgeItem], drafts: Mapping[str, Draft], around: Circumstances) -> list[OverviewLine]:
    """Every entry, accepted or only drafted: by topic, then by id."""
    entries = {item.id: item for item in items if item.kind == "entry"}
    lines = []
    for id_ in sorted(entries.keys() | drafts.keys()):
        item, draft = entries.get(id_), drafts.get(id_)
        lines.append(make_line(id_, item.content if item else None, draft, item.owner if item else None, around))
    places = {topic.value: place for place, topic in enumerate(TOPICS)}
    return sorted(lines, key=lambda line: places.get(line.topic, len(TOPICS)))


def is_overdue(item: KnowledgeItem, today: date) -> bool:
    """Whether something beside the entries should have been looked at; sources have no day for it."""
    return "review_after" in item.content and freshness_of(read_day(item.content["review_after"]), today) is Freshness.OVERDUE
