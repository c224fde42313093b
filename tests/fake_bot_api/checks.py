"""Refuses what the real Bot API refuses."""

import re
from itertools import accumulate
from typing import Any

MESSAGE_UNITS = 4096
BUTTONS = 100


class RefusedError(Exception):
    """An answer other than ok."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        """Say what the server answers."""
        super().__init__(description)
        self.status, self.description, self.retry_after = status, description, retry_after


def utf16_edges(text: str) -> list[int]:
    """The UTF-16 offsets at which a character begins, and the end."""
    return [0, *accumulate(len(char.encode("utf-16-le")) // 2 for char in text)]


def check_text(text: str, entities: list[dict[str, Any]]) -> None:
    """A message's text and its entities."""
    edges = set(utf16_edges(text))
    if not text.strip():
        raise RefusedError(400, "Bad Request: message text is empty")
    if max(edges) > MESSAGE_UNITS:
        raise RefusedError(400, "Bad Request: message is too long")
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if length < 1 or offset not in edges or offset + length not in edges:
            raise RefusedError(400, "Bad Request: ENTITY_BOUNDS_INVALID")


def check_keyboard(markup: dict[str, Any] | None) -> None:
    """The buttons below a message."""
    rows = (markup or {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > BUTTONS:
        raise RefusedError(400, "Bad Request: reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button["text"]:
            raise RefusedError(400, "Bad Request: BUTTON_TEXT_INVALID")
        if "url" in button:
            if not re.match(r"(https?|tg)://.", button["url"]):
                raise RefusedError(400, "Bad Request: BUTTON_URL_INVALID")
        elif not 1 <= len(button.get("callback_data", "").encode()) <= 64:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")


def check_commands(commands: list[dict[str, Any]]) -> None:
    """The list behind "/"."""
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise RefusedError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise RefusedError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")


def check_language(code: str) -> None:
    """A two-letter language code, or none."""
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise RefusedError(400, "Bad Request: invalid language code specified")
