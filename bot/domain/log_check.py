"""What is wrong with the case log's chain, where, and of which kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.case_log import FIRST_HASH, LogEntry, chain

SHIFTED_BY = 50
"""So many entries taken out or put in are still recognised after somebody renumbered the rest."""


class Fault(StrEnum):
    """What somebody did to the log."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """An entry as it lies in the database; `entry` is None when it cannot even be read any more."""

    position: int
    entry: LogEntry | None
    previous_hash: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of the log as it is noted apart from the entries."""

    position: int
    hash: str


NO_ENTRIES = Head(position=0, hash=FIRST_HASH)


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first place at which the chain does not hold."""

    position: int
    fault: Fault


@dataclass(frozen=True, kw_only=True)
class LogCheck:
    """The outcome: how many entries hold from the first one on, where the chain breaks, and whether its end is the noted one."""

    end: Head
    broken: Break | None
    head_fits: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and self.head_fits


def find_fault(row: LogRow, previous: Head, recent: Sequence[str]) -> Break | None:
    """What is wrong with the row that follows the last good one; None when nothing is. `recent`: hashes of the last good rows, in order."""
    expected = previous.position + 1
    if row.position != expected:
        gap = Fault.MISSING if row.position > expected else Fault.INSERTED
        return Break(position=min(row.position, expected), fault=gap)
    if row.entry is None:
        return Break(position=expected, fault=Fault.CHANGED)
    if seal(row, row.position) != row.hash:
        return _find_shift(row, recent) or Break(position=expected, fault=Fault.CHANGED)
    if row.previous_hash != previous.hash:  # whole in itself, but it followed another one: that one was replaced
        return Break(position=max(expected - 1, 1), fault=Fault.CHANGED)
    return None


def see_addition(broken: Break, previous: Head, following: LogRow | None) -> Break:
    """A row that looks changed was put in, when the one after it follows the one before it."""
    was_next = following is not None and following.previous_hash == previous.hash and broken.fault is Fault.CHANGED
    return Break(position=broken.position, fault=Fault.INSERTED) if was_next else broken


def find_fault_at_end(end: Head, head: Head) -> Break | None:
    """What is wrong with the end of a chain that holds so far."""
    if head.position > end.position:
        return Break(position=end.position + 1, fault=Fault.MISSING)
    if head.position < end.position:
        return Break(position=head.position + 1, fault=Fault.INSERTED)
    return None if head.hash == end.hash else Break(position=max(end.position, 1), fault=Fault.CHANGED)


def seal(row: LogRow, position: int) -> str | None:
    """The hash that the row would carry at a position, after the one that it says it follows."""
    return chain(row.previous_hash, position, row.entry).hash if row.entry else None


def _find_shift(row: LogRow, recent: Sequence[str]) -> Break | None:
    """A row that is whole, but was made for another position: a copy, or the rows were renumbered to hide a gap or an addition."""
    for shift in range(1, SHIFTED_BY + 1):
        if seal(row, row.position + shift) == row.hash:
            return Break(position=row.position, fault=Fault.MISSING)
        if seal(row, row.position - shift) == row.hash:
            is_copy = shift <= len(recent) and recent[-shift] == row.hash
            return Break(position=row.position if is_copy else row.position - shift, fault=Fault.INSERTED)
    return None
