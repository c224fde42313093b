"""Facts as people write them down, one on each line: numbers, days and names."""

import re
from datetime import date

WHOLE = re.compile(r"0|[1-9][0-9]*")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
BROKEN = re.compile(r"(0|[1-9][0-9]*)[.,]([0-9]{1,2})")
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
LONGEST_NUMBER = 15
"""Characters; longer than any amount."""
DAY_CHARACTERS = len("2025-12-31")
Fact = int | float | str


def read_fact(line: str) -> Fact:
    """A number, a day in ISO form, or a name; what stands in quotation marks is always a name.

    >>> [read_fact(line) for line in ("60.000", "7,5", "31.12.2025", '"2021"', "0800 546 546 5", "1.11120.01")]
    [60000, 7.5, '2025-12-31', '2021', '0800 546 546 5', '1.11120.01']
    """
    if len(line) > 1 and line[0] + line[-1] in ('""', "„“", "“”", "«»"):
        return line[1:-1].strip()
    if len(line) > LONGEST_NUMBER:
        return line
    if WHOLE.fullmatch(line) or GROUPED.fullmatch(line):
        return int(line.replace(".", ""))
    if BROKEN.fullmatch(line):
        return float(line.replace(",", "."))
    return _read_day(line) or line


def _read_day(line: str) -> str | None:
    found = GERMAN_DAY.fullmatch(line)
    try:
        return date(*(int(part) for part in reversed(found.groups()))).isoformat() if found else None
    except ValueError:
        return None


def write_fact(fact: object) -> str:
    """The line that read_fact reads as this fact.

    >>> [write_fact(fact) for fact in (60000, 7.5, "2025-12-31", "2021", "Vielfaltszentrum")]
    ['60000', '7.5', '2025-12-31', '"2021"', 'Vielfaltszentrum']
    """
    line = " ".join(str(fact).split())
    return f'"{line}"' if isinstance(fact, str) and read_fact(line) != line else line


def to_checked(fact: Fact) -> Fact | date:
    """The fact as answers are checked for it: a name in ISO form is a day."""
    try:
        return date.fromisoformat(fact) if isinstance(fact, str) and len(fact) == DAY_CHARACTERS else fact
    except ValueError:
        return fact
