"""Markdown as plain text: what the API gives and the page shows."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=4096)
def to_plain_text(markdown: str) -> str:
    r"""Paragraphs with a blank line between, list items with a bullet, links with their address.

    >>> to_plain_text("**Call** us:\n\n- one\n- [two](https://example.org/)")
    'Call us:\n\n• one\n• two (https://example.org/)'
    """
    blocks: list[str] = []
    depth = 0
    fresh_item = False
    for token in MARKDOWN.parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            fresh_item = True
        elif token.type in ("inline", "fence", "code_block"):
            text = _inline(token) if token.type == "inline" else token.content.rstrip("\n")
            blocks.append(_place(text, is_item=bool(depth), is_fresh=fresh_item, is_first=not blocks, after_item=_is_item(blocks)))
            fresh_item = False
    return "".join(blocks)


def _place(text: str, *, is_item: bool, is_fresh: bool, is_first: bool, after_item: bool) -> str:
    gap = "" if is_first else "\n" if is_item and (after_item or not is_fresh) else "\n\n"
    return f"{gap}{'• ' if is_item and is_fresh else ''}{text}"


def _is_item(blocks: list[str]) -> bool:
    return bool(blocks) and blocks[-1].lstrip("\n").startswith("• ")


def _inline(token: Token) -> str:
    text, addresses = "", []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif child.type == "link_open":
            address = str(child.attrs.get("href", "")).removeprefix("mailto:").removeprefix("tel:")
            addresses.append((address, len(text)))
        elif child.type == "link_close" and addresses:
            address, start = addresses.pop()
            text = text[:start] + address if _bare(text[start:]) == _bare(address) else f"{text} ({address})"
        else:
            text += child.content
    return text


def _bare(address: str) -> str:
    """An address without what people leave out when they write it."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").removesuffix("/")
