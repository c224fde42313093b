"""Lays offered choices out as Telegram buttons."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.languages import Language, is_right_to_left
from bot.domain.messages import Button

LONG_LABEL = 20
SHORT_LABEL = 10
"""Characters that still fit when three buttons share a row on a small phone."""
DATA_BYTES = 64


def to_keyboard(choices: Sequence[Button], language: Language) -> InlineKeyboardMarkup | None:
    """The buttons in reading order, up to three in a row. Raises ValueError for a value over 64 bytes."""
    rows = [[to_button(choice) for choice in row] for row in to_rows(choices)]
    if is_right_to_left(language):
        # Telegram fills rows from the left, whatever the language.
        rows = [row[::-1] for row in rows]
    return InlineKeyboardMarkup(rows) if rows else None


def to_rows(choices: Sequence[Button]) -> list[list[Button]]:
    """Share rows between neighbours with short labels; a long label gets a row of its own."""
    rows: list[list[Button]] = []
    for choice in choices:
        if rows and len(rows[-1]) < min(map(room_for, [*rows[-1], choice])):
            rows[-1].append(choice)
        else:
            rows.append([choice])
    return rows


def room_for(choice: Button) -> int:
    """How many buttons may share the row with this one, itself included."""
    if len(choice.label) > LONG_LABEL:
        return 1
    return 2 if len(choice.label) > SHORT_LABEL else 3


def to_button(choice: Button) -> InlineKeyboardButton:
    """One button: an address to open, or a value that comes back."""
    if choice.url:
        return InlineKeyboardButton(choice.label, url=choice.url)
    size = len(choice.value.encode())
    if not 1 <= size <= DATA_BYTES:
        raise ValueError(f"A button's value has {size} bytes; Telegram takes 1 to {DATA_BYTES}.")
    return InlineKeyboardButton(choice.label, callback_data=choice.value)
