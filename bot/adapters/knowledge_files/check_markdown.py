"""Whether an answer is written with what we take of Markdown: paragraphs, bold, lists and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": False})
NOT_OUR_MARKDOWN = re.compile(r"<[a-zA-Z/!][^>\n]{0,30}>?|^#{1,6} |!\[|^```|^\|", re.MULTILINE)
NOT_OUR_BLOCKS = {"heading_open": "heading", "hr": "rule", "blockquote_open": "quotation", "fence": "code", "code_block": "code"}
LEFT_OVER = re.compile(r"\*\*|\]\([^)\s]{0,30}\)?")
ADDRESSES = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True, kw_only=True)
class Slip:
    """Something in an answer that does not belong there. `code` as of an ItemFault; lines count from 1."""

    code: str
    line: int
    found: str


def find_slips(answer: str) -> list[Slip]:
    r"""What is not ours, what was opened and never closed, and links that lead nowhere.

    >>> [(slip.code, slip.line, slip.found) for slip in find_slips("Gut\n\n<script>x</script>")]
    [('markdown', 3, '<script>')]
    >>> [slip.code for slip in find_slips("**offen und [Link](javascript:x)")]
    ['broken-markdown', 'broken-markdown']
    """
    slips = [
        Slip(code="markdown", line=answer.count("\n", 0, match.start()) + 1, found=match.group().strip())
        for match in NOT_OUR_MARKDOWN.finditer(answer)
    ]
    tokens = MARKDOWN.parse(answer)
    if not slips:
        blocks = (token for token in tokens if token.type in NOT_OUR_BLOCKS)
        lines = answer.split("\n")
        slips = [Slip(code="markdown", line=_first_line(token), found=lines[_first_line(token) - 1].strip()[:30]) for token in blocks]
    else:
        slips = [slip for number, slip in enumerate(slips) if number == 0 or not slip.found.startswith("</")]
    return slips + [slip for token in tokens if token.type == "inline" for slip in _within(token)]


def _within(block: Token) -> Iterator[Slip]:
    line, text = _first_line(block), ""
    for child in [*(block.children or []), Token("softbreak", "br", 0)]:
        if child.type in ("softbreak", "hardbreak"):
            for match in LEFT_OVER.finditer(text):
                yield Slip(code="broken-markdown", line=line, found=match.group())
            line, text = line + 1, ""
        elif child.type == "link_open" and not str(child.attrs.get("href", "")).startswith(ADDRESSES):
            yield Slip(code="bad-link", line=line, found=str(child.attrs.get("href", ""))[:60])
        text += child.content if child.type == "text" else ""


def _first_line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
