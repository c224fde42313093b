"""What the desk needs from outside, beside what the bot needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.languages import Language
from bot.services.desk.cases.stored_case_file import FileCleaner
from bot.services.desk.knowledge.ports import KnowledgeTools
from bot.services.desk.people.sign_in_ports import IdentityProvider, OneTimeCodes, Passwords
from bot.services.desk.statistics.report_document import ReportWriter
from bot.services.ports import Ports, Wording


@dataclass(frozen=True, kw_only=True)
class DeskPorts:
    """Everything the desk reaches the outside through: what the bot has, and words of its own in German and English."""

    bot: Ports
    wording: Wording
    passwords: Passwords
    codes: OneTimeCodes
    files: FileCleaner
    knowledge: KnowledgeTools
    provider: IdentityProvider | None = None
    trusted_proxies: int = 0
    erases_automatically: bool = False
    """Whether a timer erases what the rules of retention say, or leads do it by hand."""
    reports: Mapping[str, ReportWriter] = field(default_factory=dict)
    """What makes a file of a statistics report, by the ending of its name."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the desk's pages."""
        return self.wording.languages
