"""Everything the bot can decide to do about a message."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.conversations import Purpose
from bot.domain.knowledge import EntryId, Intent, MunicipalityId, Topic
from bot.domain.languages import Language
from bot.domain.receipts import ReceiptCode


@dataclass(frozen=True, kw_only=True)
class Show:
    """Show something that is always there: menu, help, privacy, … by the name of its words."""

    page: Literal[
        "welcome", "menu", "help", "languages", "privacy", "imprint", "my-data", "forget", "human", "saved", "expired", "nothing-to-cancel"
    ]


@dataclass(frozen=True, kw_only=True)
class ShowTopic:
    """List what can be asked about one topic."""

    topic: Topic


@dataclass(frozen=True, kw_only=True)
class ShowProgramme:
    """Show a funding programme's amounts, conditions and deadlines."""

    programme: str


@dataclass(frozen=True, kw_only=True)
class SaySmalltalk:
    """A greeting, thanks or goodbye, returned."""

    intent: Literal["greeting", "thanks", "goodbye"]


@dataclass(frozen=True, kw_only=True)
class SetLanguage:
    """Speak this language from now on."""

    language: Language


@dataclass(frozen=True, kw_only=True)
class SetMunicipality:
    """Remember the city and show what there is for it, or the humans there."""

    municipality: MunicipalityId
    then: Literal["city", "human"] = "city"


@dataclass(frozen=True, kw_only=True)
class GiveAnswer:
    """Show one curated entry."""

    entry: EntryId
    confidence: float | None
    municipality: MunicipalityId | None = None


@dataclass(frozen=True, kw_only=True)
class TakeFeedback:
    """An answer helped, or did not."""

    entry: EntryId
    helped: bool


@dataclass(frozen=True, kw_only=True)
class Suggest:
    """Offer entries as buttons; `reason` chooses the sentence before them."""

    entries: tuple[EntryId, ...]
    reason: Literal["unsure", "offline", "other-city"] = "unsure"
    confidence: float | None = None
    city: str = ""
    with_report: bool = False


@dataclass(frozen=True, kw_only=True)
class AskMunicipality:
    """The answer differs by city: ask which one, and keep the question."""

    intent: Intent
    confidence: float
    among: tuple[MunicipalityId, ...]
    has_general: bool


@dataclass(frozen=True, kw_only=True)
class AdmitNotKnowing:
    """Say that it is not known, and who may know."""

    near: bool = False
    offline: bool = False
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowEmergency:
    """110, 112 and 116 016 at once, and nothing else."""


@dataclass(frozen=True, kw_only=True)
class WarnFirst:
    """The same numbers, and then what was meant anyway: nothing that was written gets lost."""

    then: "Decision"


@dataclass(frozen=True, kw_only=True)
class StartReport:
    """Begin or resume a report."""

    link: str = ""


@dataclass(frozen=True, kw_only=True)
class FillForm:
    """Take an answer to the report form; an action such as back or skip instead of an answer."""

    step: str = ""
    value: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AskReceipt:
    """Ask for the receipt code, for a purpose."""

    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """Look a case up by what was typed as its code."""

    code: ReceiptCode | None
    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class WorkOnCase:
    """Do something with the case that is open in this chat."""

    action: Literal["status", "add", "withdraw", "withdraw-yes", "delete", "delete-yes", "close"]
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerOffice:
    """Answer a message of the office from the chat that is linked to the case; without a text, ask for it."""

    case: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LinkStaffChat:
    """A member of staff wants alerts of the desk in this chat, and sends the code for it."""

    code: str


@dataclass(frozen=True, kw_only=True)
class UnlinkStaffChat:
    """No alerts of the desk in this chat any more."""


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """Let a human answer in this chat from now on."""


@dataclass(frozen=True, kw_only=True)
class RelayToHuman:
    """Pass on what was typed to the human, and be silent."""

    text: str


@dataclass(frozen=True, kw_only=True)
class LeaveHuman:
    """The person wants the bot back."""


@dataclass(frozen=True, kw_only=True)
class OfferNews:
    """Say which news one can get, and about which topics one gets them."""


@dataclass(frozen=True, kw_only=True)
class ChangeNews:
    """News about a topic (None: about all) from now on, or none any more; `under_news`: asked for with the button of a news message."""

    topic: Topic | None
    wanted: bool
    under_news: bool = False


@dataclass(frozen=True, kw_only=True)
class Forget:
    """Delete everything that is stored about this chat."""


@dataclass(frozen=True, kw_only=True)
class ExplainUnsupported:
    """Say kindly what cannot be read: media, edited, too-long, empty."""

    what: str


Decision = (
    Show | ShowTopic | ShowProgramme | SaySmalltalk | SetLanguage | SetMunicipality | GiveAnswer | TakeFeedback | Suggest | AskMunicipality
    | AdmitNotKnowing | ShowEmergency | WarnFirst | StartReport | FillForm | AskReceipt | OpenCase | WorkOnCase | AnswerOffice | Forget
    | HandOver | RelayToHuman | LeaveHuman | ExplainUnsupported | LinkStaffChat | UnlinkStaffChat | OfferNews | ChangeNews
)  # fmt: skip


SIMPLE_PAGES = ("menu", "help", "languages", "privacy", "imprint", "my-data", "forget", "human", "saved")
COMMANDS: dict[str, Decision] = {
    "help": Show(page="help"),
    "language": Show(page="languages"),
    "contacts": ShowTopic(topic=Topic.CONTACTS),
    "report": StartReport(),
    "status": AskReceipt(purpose="status"),
    "mydata": Show(page="my-data"),
    "delete": Show(page="forget"),
    "privacy": Show(page="privacy"),
    "subscribe": OfferNews(),
    "unsubscribe": ChangeNews(topic=None, wanted=False),
    "imprint": Show(page="imprint"),
    "menu": Show(page="menu"),
}
CHOICES: dict[str, Decision] = {
    **{name: COMMANDS[name] for name in ("report", "status", "contacts")},
    "handover": HandOver(),
    "forget:yes": Forget(),
    "news": OfferNews(),
    "news:off:all": COMMANDS["unsubscribe"],
    "bot": LeaveHuman(),
}
"""Buttons that stand for one thing only."""
INTENTS: dict[str, Decision] = {
    "report": StartReport(),
    "human": Show(page="human"),
    "case-status": AskReceipt(purpose="status"),
    "add-to-case": AskReceipt(purpose="add"),
    "withdraw-case": AskReceipt(purpose="withdraw"),
    "delete-data": Show(page="forget"),
    "my-data": Show(page="my-data"),
    "change-language": Show(page="languages"),
    "help": Show(page="help"),
    "contacts": ShowTopic(topic=Topic.CONTACTS),
    "greeting": SaySmalltalk(intent="greeting"),
    "thanks": SaySmalltalk(intent="thanks"),
    "goodbye": SaySmalltalk(intent="goodbye"),
    "out-of-scope.far": AdmitNotKnowing(),
    "out-of-scope.near": AdmitNotKnowing(near=True),
}
"""The intents that are not questions to the knowledge base; their phrasings are in nlu_data/."""
