"""A reply as the web chat's page shows it (static/show.js), for the desk."""

import re
from collections.abc import Iterable

from bot.channels.web_chat.plain_text import to_plain_text
from bot.domain.languages import Language
from bot.domain.messages import Reply
from bot.domain.previews import Direction, Line, Run

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ADDRESS = re.compile(
    r"https?://[^\s)\u2069]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+|(?:\+49|0)[0-9 /-]{6,}[0-9]|116 ?[0-9]{3}|11[02]"
)
BEFORE_NUMBER = re.compile(r"[A-Za-z0-9_.,/§-]$|§\s$")
AFTER_NUMBER = re.compile(r"[A-Za-z0-9_]|[.,/:-][0-9]|\s?(?:€|Euro|EUR|%)")


def preview_reply(reply: Reply, _language: Language) -> tuple[Line, ...]:
    """Line by line: the plain text that the API gives, then the source."""
    source = [Line(runs=tuple(_to_runs(reply.source, is_italic=True)), direction=_direction(reply.source), after_gap=True)]
    return (*_to_lines(to_plain_text(reply.text)), *(source if reply.source else []))


def _to_lines(text: str) -> Iterable[Line]:
    gap = False
    for line in text.split("\n"):
        if line.strip():
            yield Line(runs=tuple(_to_runs(line)), direction=_direction(line), is_item=line.startswith("• "), after_gap=gap)
        gap = not line.strip()


def _direction(line: str | None) -> Direction:
    return "rtl" if RIGHT_TO_LEFT.search(line or "") else "ltr"


def _to_runs(line: str | None, *, is_italic: bool = False) -> Iterable[Run]:
    """The line with its addresses, e-mails and phone numbers as links."""
    line, rest = line or "", 0
    for match in ADDRESS.finditer(line):
        found = re.sub(r"[.,;:!?]+$", "", match.group())
        end = match.start() + len(found)
        is_number = found[0] in "+0123456789" and "@" not in found
        if is_number and (BEFORE_NUMBER.search(line[: match.start()]) or AFTER_NUMBER.match(line[end:])):
            continue
        if match.start() > rest:
            yield Run(text=line[rest : match.start()], is_italic=is_italic)
        yield Run(text=found, address=_address(found), is_italic=is_italic)
        rest = end
    if line[rest:]:
        yield Run(text=line[rest:], is_italic=is_italic)


def _address(found: str) -> str:
    if found.startswith("http"):
        return found
    return f"mailto:{found}" if "@" in found else f"tel:{re.sub(r'[^0-9+]', '', found)}"
