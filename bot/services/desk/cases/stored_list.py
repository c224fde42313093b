"""What the case list needs of the database: finding and counting cases behind the wall, and filters that people keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.case_filter import CaseFilter, Place, View, Wall
from bot.domain.cases import CaseNumber, CaseStatus
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.staff import StaffId


@dataclass(frozen=True, kw_only=True)
class SoughtWord:
    """One word of a search: a part of a case number, or codes whose label holds it, by the field of the case."""

    number_part: str
    codes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for, by whom, on which day."""

    filter: CaseFilter
    words: tuple[SoughtWord, ...] = ()
    """All of them must be found in a case; they are what filter.words means."""
    wall: Wall
    me: StaffId
    now: datetime
    today: date


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A case as the list shows it; nothing of it is sealed."""

    number: CaseNumber
    status: CaseStatus
    area: str
    area_detail: str
    grounds: tuple[str, ...]
    municipality: MunicipalityId | None
    language: Language
    filed_at: datetime
    next_due: date | None
    assignee: StaffId | None
    on_hold: bool
    proposed_closing: str | None
    erased_at: datetime | None
    has_new_answer: bool = False
    """The person wrote something after anybody at the desk last did something about the case."""


class CaseSearch(Protocol):
    """Finds cases by what is not sealed."""

    async def find(self, sought: Sought, *, after: Place | None, limit: int) -> list[CaseLine]:
        """The cases that follow a place in the order that is asked for."""
        ...

    async def count(self, sought: Sought) -> Mapping[View, int]:
        """How many cases each view holds under the same filter."""
        ...


@dataclass(frozen=True, kw_only=True)
class SavedFilter:
    """A filter that somebody keeps under a name; `query` holds known parameters only."""

    reference: str
    staff: StaffId
    name: str
    query: str


class SavedFilters(Protocol):
    """The filters that people keep, each their own."""

    async def of(self, staff: StaffId) -> list[SavedFilter]:
        """Somebody's filters, by name."""
        ...

    async def add(self, saved: SavedFilter) -> None: ...
    async def delete(self, reference: str, staff: StaffId) -> bool:
        """Delete one of somebody's filters; False when there is no such filter."""
        ...
