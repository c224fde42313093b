"""Addresses in the knowledge that lead out into the web, and whether anything is there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

BEGINNING = re.compile(r"https?://", re.IGNORECASE)
ENDS = re.compile(r"[\s<>\"“”„»«\\^`{|}]")
CLOSING = {")": "(", "]": "["}
TRAILING = ".,;:!?*_'’…"
LONGEST = 1000
WEEKLY, DAILY = timedelta(days=7), timedelta(days=1)
UNCLEAR = (401, 403, 407, 429, 999)
"""What servers say to programs that look at pages people can see."""
FIRST_FAULT = 400
FIELDS = {"contact": ("website",), "source": ("link",), "entry": ("answers",), "programme": ("who_may_apply", "conditions", "needed")}
"""Where addresses may stand, by kind."""


@dataclass(frozen=True, kw_only=True)
class LinkAnswer:
    """What came of asking an address: the HTTP status, or 0 and a code of why there was none."""

    status: int
    fault: str = ""
    moved_to: str = ""
    """Where redirects led, if to another address."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """An address with what is known of it. It is asked when it is due."""

    address: str
    due_at: datetime
    checked_at: datetime | None = None
    status: int | None = None
    """None before the first check; 0 where nobody answered."""
    fault: str = ""
    moved_to: str = ""
    failing_since: datetime | None = None

    @property
    def condition(self) -> str:
        """broken, unclear (a human has to look), moved, fine, or new: never checked."""
        if self.status is None:
            return "new"
        return condition_of(LinkAnswer(status=self.status, fault=self.fault, moved_to=self.moved_to))


def condition_of(answer: LinkAnswer) -> str:
    """What an answer means.

    >>> [condition_of(LinkAnswer(status=status)) for status in (200, 404, 403, 0, 503)]
    ['fine', 'broken', 'unclear', 'broken', 'broken']
    >>> condition_of(LinkAnswer(status=200, moved_to="https://new.example/"))
    'moved'
    """
    if answer.status in UNCLEAR:
        return "unclear"
    if answer.status == 0 or answer.status >= FIRST_FAULT:
        return "broken"
    return "moved" if answer.moved_to else "fine"


def checked(link: Link, answer: LinkAnswer, now: datetime) -> Link:
    """The link after a check; due again in a week, where it is broken tomorrow."""
    broken = condition_of(answer) == "broken"
    return replace(
        link,
        due_at=now + (DAILY if broken else WEEKLY),
        checked_at=now,
        status=answer.status,
        fault=answer.fault,
        moved_to=answer.moved_to,
        failing_since=(link.failing_since or now) if broken else None,
    )


def find_addresses(kind: str, content: Mapping[str, object]) -> tuple[str, ...]:
    """Every address that an item leads to, each once; none of one that is retired.

    >>> find_addresses("entry", {"answers": {"de": "Siehe [AGG](https://a.example/_(x).html), https://b.example/c."}})
    ('https://a.example/_(x).html', 'https://b.example/c')
    """
    if content.get("state") == "retired":
        return ()
    texts = (text for name in FIELDS.get(kind, ()) for text in _texts(content.get(name)))
    return tuple(dict.fromkeys(address for text in texts for address in addresses_in(text)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for text in value.values() if isinstance(text, str))


def addresses_in(text: str) -> Iterator[str]:
    """Addresses in Markdown, as links or bare, without the brackets and punctuation around them.

    >>> list(addresses_in("(https://a.example/b), **https://c.example** und [d](https://d.example/e)."))
    ['https://a.example/b', 'https://c.example', 'https://d.example/e']
    """
    for found in BEGINNING.finditer(text):
        address = _cut(text[found.start() : found.start() + LONGEST + 1])
        if found.end() - found.start() < len(address) <= LONGEST:
            yield address


def _cut(text: str) -> str:
    """The address at the beginning of a text: until a space, or a bracket that was opened before it."""
    opened: list[str] = []
    for place, character in enumerate(text):
        if ENDS.match(character):
            return text[:place].rstrip(TRAILING)
        if character in CLOSING.values():
            opened.append(character)
        elif character in CLOSING and (not opened or opened.pop() != CLOSING[character]):
            return text[:place].rstrip(TRAILING)
    return text if len(text) > LONGEST else text.rstrip(TRAILING)
