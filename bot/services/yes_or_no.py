"""Understand a typed "yes" or "no" where the bot has asked a question that takes no other answer."""

from typing import Literal

from bot.domain.folding import fold
from bot.services.turn import Turn

Said = Literal["yes", "no", ""]


def yes_or_no(text: str, turn: Turn) -> Said:
    """What the whole text says in the language of the chat; nothing unless it is one of the listed phrases."""
    said = fold(text)
    if said in map(fold, turn.say("report.typed-yes").split(",")):
        return "yes"
    return "no" if said and said in map(fold, turn.say("report.typed-no").split(",")) else ""
