"""Small numbers in a published table are hidden, and so many others with them that nobody can work them out (docs/adr/0008)."""

from collections.abc import Mapping, Sequence

LEAST = 5
"""The smallest number of cases that is published, beside zero."""
Published = Mapping[str, int | None]
"""Numbers by code; None stands for a hidden one."""


def suppress(counts: Mapping[str, int]) -> Published:
    """A table whose sum is published beside it, with its small numbers hidden.

    Zero is shown: it points at nobody. What is hidden is therefore at least 1, and the rest of the sum tells what all hidden numbers
    make together. So five is hidden beside them, and then ever larger numbers, until each hidden one may be five or more.

    >>> suppress({"work": 12, "housing": 3, "health": 6, "media": 0})
    {'work': 12, 'housing': None, 'health': None, 'media': 0}
    >>> suppress({"work": 12, "housing": 5, "health": 6, "media": 0})
    {'work': 12, 'housing': 5, 'health': 6, 'media': 0}

    A fine table needs more cases than a coarse one; with fewer, all of it is hidden, its zeros as well.

    >>> suppress({"work": 7, "housing": 0, "media": 0, "health": 0})
    {'work': None, 'housing': None, 'media': None, 'health': None}
    """
    if sum(counts.values()) < least_sum(len(counts)):
        return dict.fromkeys(counts)
    rising = sorted(set(counts.values()) - {0})
    if not rising or rising[0] >= LEAST:
        return dict(counts)
    limits = (limit for limit in (LEAST, *rising) if limit >= LEAST)
    limit = next(limit for limit in limits if are_safe([count for count in counts.values() if 0 < count <= limit]))
    return {code: None if 0 < count <= limit else count for code, count in counts.items()}


def least_sum(rows: int) -> int:
    """How many cases a table of so many rows needs: with one in every row but one, five must be left for that one.

    >>> least_sum(3), least_sum(12)
    (7, 16)
    """
    return rows - 1 + LEAST


def are_safe(hidden: Sequence[int]) -> bool:
    """Whether any of some numbers may be five or more, for somebody who knows their sum and that none is zero.

    >>> are_safe([3]), are_safe([1, 4]), are_safe([2, 4])
    (False, False, True)
    """
    return len(hidden) > 1 and sum(hidden) >= least_sum(len(hidden))


def suppress_total(count: int) -> int | None:
    """A number that stands alone. Zero is hidden with the small ones: nobody can tell whether there is anybody at all.

    >>> suppress_total(5), suppress_total(4), suppress_total(0)
    (5, None, None)
    """
    return count if count >= LEAST else None
