"""What the office writes to a person: by which way it reaches them, and the texts that are there in every language."""

from enum import StrEnum

from bot.domain.cases import Case, CaseChannel
from bot.domain.languages import GERMAN, Language, without_variety
from bot.domain.messages import ConversationId

TEMPLATES = ("received", "ask-details", "ask-appointment", "next-steps", "referred", "closing")
"""Names of ready texts: office.template.<name> in the bot's words."""
FREE = "free"
"""What stands in the log instead of a template's name when somebody wrote their own words."""


class Way(StrEnum):
    """How a message reaches the person."""

    TELEGRAM = "telegram"
    WEB = "web"
    CODE = "code"
    """It waits until the person opens the case with the receipt code."""


def find_way(case: Case, chat: ConversationId | None) -> Way:
    """The chat that the person linked for replies; without one, the receipt code."""
    if chat is None:
        return Way.CODE
    if case.channel is CaseChannel.WEB:
        return Way.WEB
    return Way.TELEGRAM if case.channel is CaseChannel.TELEGRAM and case.reply_address else Way.CODE


def is_german(language: Language) -> bool:
    """Whether what is written in German is what the person reads.

    >>> is_german(Language("de-simple")), is_german(Language("tr"))
    (True, False)
    """
    return without_variety(language) == GERMAN
