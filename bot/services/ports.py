"""What the services need from outside, as protocols; adapters provide the real things, tests their fakes."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, Self

from bot.domain.conversations import Conversation
from bot.domain.knowledge import KnowledgeBase, MunicipalityId
from bot.domain.languages import Language, LanguageGuess
from bot.domain.messages import Answer, Channel, ConversationId, IncomingMessage, Reply
from bot.domain.questions import UnansweredQuestion
from bot.domain.understanding import Thresholds, Understanding
from bot.domain.usage import Happening
from bot.services.desk.alerts.stored_alerts import Alerts, StaffChats
from bot.services.desk.cases.stored_case_file import CaseAttachments, CaseRecords, CaseVisits
from bot.services.desk.cases.stored_list import CaseSearch, SavedFilters
from bot.services.desk.chats.stored_chats import Handovers, StoredHours
from bot.services.desk.knowledge.stored_checks import CheckQuestions
from bot.services.desk.knowledge.stored_drafts import Drafts, ItemVersions
from bot.services.desk.knowledge.stored_links import Links
from bot.services.desk.knowledge.stored_runs import PublicationRuns
from bot.services.desk.knowledge.stored_usage import StoredUsage
from bot.services.desk.people.stored_entry import SignInFailures, StaffInvitations
from bot.services.desk.people.stored_people import Staff, StaffSessions
from bot.services.desk.records.stored_records import Erasures, LogPages, Retention
from bot.services.desk.statistics.stored_statistics import CaseCounts
from bot.services.stored_cases import CaseLog, Cases
from bot.services.stored_knowledge import KnowledgeItem, KnowledgeItems, Publications
from bot.services.stored_subscriptions import Announcements, Subscriptions


class Understander(Protocol):
    """Reads what a text means."""

    async def understand(self, text: str) -> Understanding:
        """The reading of a text. Raises NotAvailableError when the NLU server does not answer."""
        ...


class OfflineReader(Protocol):
    """Reads a text with word lists and search alone: for emergencies always, for everything when the NLU server is down."""

    def has_emergency_word(self, text: str) -> bool:
        """Whether a text holds one of the emergency words of any language."""
        ...

    def read(self, text: str) -> Understanding:
        """The best lexical reading of a text."""
        ...


class LanguageIdentifier(Protocol):
    """Tells the language of a text."""

    def identify(self, text: str) -> LanguageGuess | None:
        """The likeliest of the spoken languages, or None for a text without letters."""
        ...


class Wording(Protocol):
    """Everything the bot itself says, from the catalogues in responses/."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages spoken, in the order they are offered."""
        ...

    def say(self, key: str, language: Language, /, **values: object) -> str:
        """The words for a key, as Markdown; numbers and dates among the values are written as the language does."""
        ...

    def say_plain(self, key: str, language: Language, /, **values: object) -> str:
        """The same as plain text, for sources and labels."""
        ...


class DayReader(Protocol):
    """Reads a day out of what a person typed."""

    def read_day(self, text: str, language: Language, today: date) -> date | None:
        """The past day that a text names ("gestern", "12.10.2026"), or None."""
        ...


class Cipher(Protocol):
    """Authenticated encryption bound to a place ("table.column:row"), and keyed hashes that survive key rotation."""

    def seal(self, plaintext: bytes, context: str) -> bytes:
        """Encrypt with the newest key."""
        ...

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt with whichever key sealed it. Raises NotReadableError."""
        ...

    def hash(self, purpose: str, value: str) -> str:
        """A keyed hash (hexadecimal, 64 characters) for looking up what must not be stored itself."""
        ...


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A claimed inbox row: only its holder may finish it."""

    id: int
    claim: str
    attempts: int


@dataclass(frozen=True, kw_only=True)
class OutgoingMessage:
    """One reply on its way to a person's chat."""

    channel: Channel
    conversation: ConversationId
    address: str
    language: Language
    reply: Reply
    callback: str | None = None
    """Identifies the pressed button, as "query id:message id", so that its spinner stops and its message can be replaced."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A claimed outbox row."""

    id: int
    claim: str
    attempts: int
    message: OutgoingMessage


@dataclass(frozen=True, kw_only=True)
class WebLink:
    """A one-time way from Telegram into the web chat, to report there."""

    language: Language
    municipality: MunicipalityId | None


class Conversations(Protocol):
    """Chats, encrypted."""

    async def find(self, conversation: ConversationId) -> Conversation | None: ...
    async def save(self, conversation: Conversation) -> None:
        """Store it as version + 1. Raises ConflictError when somebody stored another version meanwhile."""
        ...

    async def delete(self, conversation: ConversationId) -> None: ...
    async def delete_untouched_since(self, moment: datetime) -> int: ...


class Inbox(Protocol):
    """What came in and whether it is answered. Payloads are encrypted and dropped as soon as they are done."""

    async def record(self, message: IncomingMessage) -> bool:
        """Keep a message to be worked on; False (and nothing else) when it is there already."""
        ...

    async def claim(self, now: datetime, lease: timedelta) -> tuple[Ticket, IncomingMessage] | None:
        """The oldest waiting message whose conversation has no earlier unanswered one; nobody else gets it within the lease."""
        ...

    async def finish(self, ticket: Ticket, now: datetime) -> None:
        """Mark it answered. Raises ConflictError when the claim was lost."""
        ...

    async def give_up(self, ticket: Ticket, now: datetime) -> None:
        """Mark it as failed for good; it is counted, and its payload is kept encrypted for 14 days."""
        ...

    async def record_answered(self, message: IncomingMessage, answer: Answer, now: datetime) -> None:
        """Keep a message together with its answer (web chat). Raises ConflictError when it is there already."""
        ...

    async def find_answer(self, message: IncomingMessage) -> Answer | None:
        """The answer that was given to this very message before."""
        ...

    async def newest_message_id(self, source: str) -> str | None:
        """The highest (numeric) message id recorded from a source: where long polling goes on."""
        ...

    async def delete_conversation(self, conversation: ConversationId) -> None: ...
    async def delete_done_before(self, moment: datetime) -> int: ...
    async def delete_failed_before(self, moment: datetime) -> int: ...
    async def waiting(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message that waits until the person's page fetches it, under a random name."""

    name: str
    message: OutgoingMessage


class Outbox(Protocol):
    """Replies to be sent, in order within each conversation."""

    async def add(self, message: OutgoingMessage, now: datetime, *, is_news: bool = False) -> None:
        """Queue a reply. News wait for all replies. One to the web chat is never claimed: it waits until the page fetches it."""
        ...

    async def waiting_for_page(self, conversation: ConversationId) -> list[Waiting]:
        """What a page can fetch, oldest first."""
        ...

    async def mark_fetched(self, conversation: ConversationId, name: str, now: datetime) -> None:
        """The page has this message and all before it. Naming one again, or one that is not there, changes nothing."""
        ...

    async def delete_unfetched_before(self, moment: datetime) -> int: ...
    async def claim(self, now: datetime, lease: timedelta) -> Parcel | None:
        """The oldest due reply whose conversation has no earlier unsent one; news only when no reply is due."""
        ...

    async def mark_sent(self, parcel: Parcel, now: datetime) -> None: ...
    async def postpone(self, parcel: Parcel, until: datetime) -> None:
        """Try again later; everything else to the same conversation waits, too."""
        ...

    async def bury(self, parcel: Parcel, reason: str, now: datetime) -> None:
        """Give up on it (a dead letter): "blocked" or "failed"."""
        ...

    async def delete_conversation(self, conversation: ConversationId) -> None: ...
    async def delete_done_before(self, moment: datetime) -> int: ...
    async def waiting(self) -> int: ...
    async def dead(self) -> int: ...


class WebLinks(Protocol):
    """One-time links, stored hashed."""

    async def add(self, token_hash: str, link: WebLink, expires_at: datetime) -> None: ...
    async def take(self, token_hash: str, now: datetime) -> WebLink | None:
        """The link, once; None when it was used, has expired or never was."""
        ...


class UnansweredQuestions(Protocol):
    """Questions without a good answer, for the editors: encrypted, and linked to no chat and no person."""

    async def add(self, question: UnansweredQuestion) -> None: ...
    async def all(self) -> list[UnansweredQuestion]:
        """Every question, the newest day first; within a day in no order that tells who came when."""
        ...

    async def count_by_language(self) -> Mapping[Language, int]: ...
    async def find(self, reference: str) -> UnansweredQuestion | None: ...
    async def delete(self, references: Sequence[str]) -> int:
        """Remove these questions; how many of them were there."""
        ...

    async def delete_before(self, day: date) -> int: ...


class UnitOfWork(Protocol):
    """One database transaction. Leaving without commit undoes everything. Never kept open across a network call."""

    conversations: Conversations
    inbox: Inbox
    outbox: Outbox
    cases: Cases
    case_log: CaseLog
    case_records: CaseRecords
    case_attachments: CaseAttachments
    case_visits: CaseVisits
    web_links: WebLinks
    unanswered_questions: UnansweredQuestions
    knowledge_items: KnowledgeItems
    publications: Publications
    drafts: Drafts
    item_versions: ItemVersions
    links: Links
    publication_runs: PublicationRuns
    check_questions: CheckQuestions
    usage: StoredUsage
    subscriptions: Subscriptions
    announcements: Announcements
    staff: Staff
    staff_sessions: StaffSessions
    alerts: Alerts
    staff_chats: StaffChats
    case_search: CaseSearch
    saved_filters: SavedFilters
    staff_invitations: StaffInvitations
    sign_in_failures: SignInFailures
    handovers: Handovers
    office_hours: StoredHours
    log_pages: LogPages
    retention: Retention
    erasures: Erasures
    case_counts: CaseCounts

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *error: object) -> None: ...
    async def commit(self) -> None: ...


class Sender(Protocol):
    """Carries replies to one channel."""

    async def send(self, message: OutgoingMessage) -> None:
        """Deliver one reply. Raises RetryLaterError, UnreachableError (blocked for good) or NotAvailableError (network)."""
        ...


class ModelTrainer(Protocol):
    """Makes the model that belongs to a set of knowledge items."""

    def model_for(self, items: Sequence[KnowledgeItem]) -> str:
        """The name of the model that these items need; it changes whenever a model trained now would differ."""
        ...

    def has_model(self, name: str) -> bool:
        """Whether the model file is there."""
        ...

    async def train(self, items: Sequence[KnowledgeItem]) -> str:
        """Train and keep that model, unless it is there; its name. Raises NotAvailableError."""
        ...


class Published(Protocol):
    """What the bot answers from right now; switched as a whole."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """The current publication's."""
        ...

    def knowledge_for(self, model: str) -> KnowledgeBase:
        """That which was published with a model; the current one where it is not known any more, or not named."""
        ...

    @property
    def thresholds(self) -> Mapping[Language, Thresholds]: ...


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything the services reach the outside through."""

    unit_of_work: Callable[[], AbstractAsyncContextManager[UnitOfWork]]
    understander: Understander
    offline_reader: OfflineReader
    language_identifier: LanguageIdentifier
    wording: Wording
    day_reader: DayReader
    cipher: Cipher
    published: Published
    now: Callable[[], datetime]
    public_url: str | None = None
    reports_in_telegram: bool = True
    bot_name: str | None = None
    operator: str = ""
    usage: Counter[Happening] = field(default_factory=Counter)
    """What happened in this process and is not stored yet: store_usage does that where the house is open to the public."""
