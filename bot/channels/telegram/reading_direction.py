"""Makes right-to-left lines run from the right, also where they begin with a Latin name.

Telegram's apps take the direction of a line from its first letter (UAX #9, rule P2); an invisible mark before it decides.
"""

import unicodedata

from telegramify_markdown import utf16_len
from telegramify_markdown.entity import MessageEntity as Mark

RIGHT_TO_LEFT_MARK = "\u200f"


def mark_direction(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The text with direction marks where they are needed, and the entities moved along."""
    lines, added_at, offset = [], [], 0
    for line in text.split("\n"):
        needed = begins_wrongly(line)
        lines.append(RIGHT_TO_LEFT_MARK + line if needed else line)
        added_at += [offset] if needed else []
        offset += utf16_len(line) + 1
    return "\n".join(lines), [move(mark, added_at) for mark in marks]


def begins_wrongly(line: str) -> bool:
    """Whether a line with right-to-left words begins with a left-to-right letter.

    >>> begins_wrongly("WIR مرحبا"), begins_wrongly("مرحبا WIR"), begins_wrongly("WIR")
    (True, False, False)
    """
    directions = [unicodedata.bidirectional(char) for char in line]
    letters = [direction for direction in directions if direction in ("L", "R", "AL")]
    return letters[:1] == ["L"] and set(letters) != {"L"}


def move(mark: Mark, added_at: list[int]) -> Mark:
    """The entity over the same words as before."""
    before = sum(at <= mark.offset for at in added_at)
    within = sum(mark.offset < at < mark.offset + mark.length for at in added_at)
    return mark.copy_with(offset=mark.offset + before, length=mark.length + within)
