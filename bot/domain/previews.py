"""What a message looks like in a channel, as far as a page can show it."""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl", "auto"]


@dataclass(frozen=True, kw_only=True)
class Run:
    """A piece of a line in one style; with `address` it is a link."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line. `after_gap`: a blank line stands before it."""

    runs: tuple[Run, ...]
    direction: Direction
    is_item: bool = False
    after_gap: bool = False
