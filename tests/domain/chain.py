"""The check of the case log's chain, on a log in memory."""

from collections.abc import Iterable

from bot.domain.case_log import ChainedEntry
from bot.domain.log_check import NO_ENTRIES, Head, LogRow, find_fault


def find_break(log: Iterable[ChainedEntry]) -> int | None:
    """The position at which the chain breaks; None when it holds."""
    end, recent = NO_ENTRIES, []
    for stored in log:
        row = LogRow(position=stored.position, entry=stored.entry, previous_hash=stored.previous_hash, hash=stored.hash)
        if broken := find_fault(row, end, recent):
            return broken.position
        end = Head(position=row.position, hash=row.hash)
        recent.append(row.hash)
    return None
