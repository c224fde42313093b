"""Which cases the list shows: views, filters and order, how an address writes them, and the wall they stay behind."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.case_codes import AREAS, GROUNDS
from bot.domain.cases import CaseChannel, CaseStatus
from bot.domain.knowledge import MunicipalityId
from bot.domain.receipts import LOOK_ALIKE
from bot.domain.staff import Permission, Role, StaffMember

DUE_SOON = timedelta(days=7)
NO_CITY = "none"
AGES: Mapping[str, timedelta] = {"30": timedelta(days=30), "90": timedelta(days=90)}
DUES = ("overdue", "soon")
ASSIGNEES = ("me", "nobody", "somebody")
MAX_WORDS = 60


class View(StrEnum):
    """The tabs above the list."""

    MINE = "mine"
    NEW = "new"
    OVERDUE = "overdue"
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Sort(StrEnum):
    """What comes first."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"
    STATUS = "status"


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """What the list is narrowed to; a field is called like its parameter in the address, and empty where all are wanted."""

    view: View = View.OPEN
    status: tuple[CaseStatus, ...] = ()
    city: str = ""
    assignee: str = ""
    due: str = ""
    ground: str = ""
    area: str = ""
    spoken: str = ""
    age: str = ""
    channel: str = ""
    held: str = ""
    proposed: str = ""
    sort: Sort = Sort.DUE
    words: str = ""


NARROWING = tuple(each.name for each in fields(CaseFilter) if each.name not in ("view", "sort", "words"))
"""The parameters that leave cases out; view and sort are always chosen."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What may be chosen beside the code lists: cities this person works for, languages, and colleagues by their ids."""

    cities: Collection[str] = ()
    languages: Collection[str] = ()
    colleagues: Collection[str] = ()

    def of_parameters(self) -> dict[str, Collection[str]]:
        """The known values of every parameter."""
        return {
            "view": tuple(View),
            "status": tuple(CaseStatus),
            "city": self.cities,
            "assignee": (*ASSIGNEES, *self.colleagues),
            "due": DUES,
            "ground": GROUNDS,
            "area": tuple(AREAS),
            "spoken": self.languages,
            "age": tuple(AGES),
            "channel": tuple(CaseChannel),
            "held": ("yes",),
            "proposed": ("yes",),
            "sort": tuple(Sort),
        }


def read_filter(asked: Iterable[tuple[str, str]], choices: Choices) -> tuple[CaseFilter, frozenset[str]]:
    """The filter that the parameters of an address ask for, and the names of those whose value nobody knows.

    >>> read_filter([("status", "new"), ("ground", "agg.age"), ("age", "31")], Choices())[1]
    frozenset({'age'})
    """
    allowed, taken, unknown = choices.of_parameters(), dict[str, Any](), set[str]()
    words = ""
    for name, value in asked:
        if name == "q":
            words = read_words(value)
        elif name in allowed and value and value not in allowed[name]:
            unknown.add(name)
        elif name in allowed and value:
            taken.setdefault(name, []).append(value)
    found = {name: values[0] for name, values in taken.items() if name not in ("status", "view", "sort")}
    return CaseFilter(
        view=View(taken.get("view", [View.ALL if words else View.OPEN])[0]),
        status=tuple(status for status in CaseStatus if status in taken.get("status", ())),
        sort=Sort(taken.get("sort", [Sort.DUE])[0]),
        words=words,
        **found,
    ), frozenset(unknown)


def to_pairs(sought: CaseFilter) -> list[tuple[str, str]]:
    """The parameters that read_filter reads this filter from.

    >>> to_pairs(CaseFilter(view=View.NEW, status=(CaseStatus.NEW,), area="work"))
    [('view', 'new'), ('status', 'new'), ('area', 'work')]
    """
    pairs = [("view", sought.view.value), *(("status", status.value) for status in sought.status)]
    pairs += [(name, getattr(sought, name)) for name in NARROWING if name != "status" and getattr(sought, name)]
    pairs += [("sort", sought.sort.value)] if sought.sort is not Sort.DUE else []
    return pairs + ([("q", sought.words)] if sought.words else [])


def without_words(sought: CaseFilter) -> CaseFilter:
    """What may be kept: codes only, nothing that somebody typed."""
    return replace(sought, words="")


def read_words(text: str) -> str:
    """What somebody searches for, printable and short."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:MAX_WORDS]


def to_number_part(word: str) -> str:
    """A word as it could stand in a case number, without dashes: forgiving case and look-alikes; empty when it cannot.

    >>> to_number_part("w-k7o2"), to_number_part("Wohnen?")
    ('WK702', '')
    """
    part = word.replace("-", "").upper().translate(LOOK_ALIKE)
    return part if part.isascii() and part.isalnum() else ""


@dataclass(frozen=True, kw_only=True)
class Wall:
    """Whose cases may be seen: those of some cities, and perhaps those without a city."""

    cities: frozenset[MunicipalityId]
    without_city: bool


def wall_of(member: StaffMember) -> Wall:
    """The same wall as StaffMember.sees_case_of, as sets to search with."""
    sees = member.may(Permission.SEE_CASES)
    return Wall(cities=member.municipalities if sees else frozenset(), without_city=sees and Role.LEAD in member.roles)


Place = tuple[date | datetime | int | str, ...]
"""Where a page of the list ends: what its last case is sorted by, and its number."""
SORTED_BY: Mapping[Sort, tuple[str, ...]] = {
    Sort.DUE: ("due",),
    Sort.NEWEST: ("filed",),
    Sort.OLDEST: ("filed",),
    Sort.STATUS: ("rank", "due"),
}


def place_of(*, number: str, status: CaseStatus, next_due: date | None, filed_at: datetime, sort: Sort) -> Place:
    """A case's place in an order; what is never due comes last."""
    values: dict[str, date | datetime | int] = {"due": next_due or date.max, "filed": filed_at, "rank": rank_of(status)}
    return (*(values[name] for name in SORTED_BY[sort]), number)


def rank_of(status: CaseStatus) -> int:
    """A status's place in the workflow."""
    return list(CaseStatus).index(status)


def write_place(place: Place) -> str:
    """A place as an address writes it.

    >>> write_place((date(2026, 11, 20), "W-AAAA-BBBB"))
    '2026-11-20~W-AAAA-BBBB'
    """
    return "~".join(value.isoformat() if isinstance(value, date) else str(value) for value in place)


def read_place(text: str, sort: Sort) -> Place | None:
    """The place that an address names; None, the beginning, for what is none.

    >>> read_place("2026-11-20~W-AAAA-BBBB", Sort.DUE)
    (datetime.date(2026, 11, 20), 'W-AAAA-BBBB')
    >>> read_place("9~2026-11-20~W-AAAA-BBBB", Sort.STATUS) is None
    True
    """
    *values, number = text.split("~")
    if len(values) != len(SORTED_BY[sort]) or not (number.isascii() and number.replace("-", "").isalnum()):
        return None
    try:
        return (*(_READ[name](value) for name, value in zip(SORTED_BY[sort], values, strict=True)), number)
    except ValueError:
        return None


def _read_moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not MINYEAR < moment.year < MAXYEAR:  # in UTC, the first and the last day may not exist
        raise ValueError(text)
    return moment


def _read_rank(text: str) -> int:
    return range(len(CaseStatus)).index(int(text))


_READ: Mapping[str, Callable[[str], date | datetime | int]] = {"due": date.fromisoformat, "filed": _read_moment, "rank": _read_rank}
