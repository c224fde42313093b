"""What the desk needs from outside, beside what the bot needs."""

from dataclasses import dataclass

from bot.domain.languages import Language
from bot.services.ports import Ports, Wording


@dataclass(frozen=True, kw_only=True)
class DeskPorts:
    """Everything the desk reaches the outside through: what the bot has, and words of its own in German and English."""

    bot: Ports
    wording: Wording

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the desk's pages."""
        return self.wording.languages
