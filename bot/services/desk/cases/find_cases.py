"""One page of the case list, with the counts of its tabs and whatever else stands around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.case_filter import NO_CITY, CaseFilter, Choices, Place, View, place_of, read_filter, read_place, wall_of, write_place
from bot.domain.staff import Permission, StaffMember
from bot.services.desk.cases.stored_list import CaseLine, SavedFilter, Sought, SoughtWord
from bot.services.desk.ports import DeskPorts

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks the list for: the parameters of the address, and what the words among them mean."""

    member: StaffMember
    pairs: Sequence[tuple[str, str]]
    words: tuple[SoughtWord, ...]
    after: str
    today: date


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """The page. `following` is the place to go on from, empty on the last page; `unknown` names parameters that were not understood."""

    filter: CaseFilter
    unknown: frozenset[str]
    choices: Choices
    lines: tuple[CaseLine, ...]
    counts: Mapping[View, int]
    following: str
    is_first: bool
    colleagues: tuple[StaffMember, ...]
    saved: tuple[SavedFilter, ...]


async def find_cases(asked: Asked, ports: DeskPorts) -> CaseList:
    """What the list shows to this person; cases behind the wall are neither found nor counted."""
    member = asked.member
    async with ports.bot.unit_of_work() as work:
        colleagues = tuple(each for each in await work.staff.all() if each.may(Permission.WORK_ON_CASES))
        choices = choices_of(member, colleagues, ports)
        wanted, unknown = read_filter(asked.pairs, choices)
        sought = Sought(filter=wanted, words=asked.words, wall=wall_of(member), me=member.id, now=ports.bot.now(), today=asked.today)
        place = read_place(asked.after, wanted.sort)
        lines = await work.case_search.find(sought, after=place, limit=PAGE + 1)
        return CaseList(
            filter=wanted,
            unknown=unknown,
            choices=choices,
            lines=tuple(lines[:PAGE]),
            counts=await work.case_search.count(sought),
            following=write_place(_place_of(lines[PAGE - 1], wanted)) if len(lines) > PAGE else "",
            is_first=place is None,
            colleagues=colleagues,
            saved=tuple(await work.saved_filters.of(member.id)),
        )


def choices_of(member: StaffMember, colleagues: Sequence[StaffMember], ports: DeskPorts) -> Choices:
    """What this person may choose from: their cities, the languages the bot speaks, and who else works for those cities."""
    wall = wall_of(member)
    return Choices(
        cities=(*sorted(wall.cities), *((NO_CITY,) if wall.without_city else ())),
        languages=ports.bot.wording.languages,
        colleagues=tuple(each.id for each in colleagues if each.id != member.id and each.municipalities & member.municipalities),
    )


def _place_of(line: CaseLine, wanted: CaseFilter) -> Place:
    return place_of(number=line.number, status=line.status, next_due=line.next_due, filed_at=line.filed_at, sort=wanted.sort)
