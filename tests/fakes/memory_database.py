"""A database in memory that keeps the contract of ports.UnitOfWork: one writer at a time, and nothing kept without commit."""

import asyncio
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Self

from bot.domain.alerts import Alert
from bot.domain.case_log import ChainedEntry
from bot.domain.cases import CaseMessage, CaseNumber
from bot.domain.conversations import Conversation
from bot.domain.errors import ConflictError
from bot.domain.handovers import Handover, HandoverId, HandoverMessage
from bot.domain.knowledge import MunicipalityId
from bot.domain.knowledge_drafts import Draft, ItemVersion
from bot.domain.messages import ConversationId
from bot.domain.news import Announcement, Subscription
from bot.domain.office_hours import OfficeHours
from bot.domain.questions import UnansweredQuestion
from bot.domain.staff import StaffId, StaffMember
from bot.domain.usage import Happening
from bot.services.desk.alerts.stored_alerts import StaffChat
from bot.services.ports import WebLink
from bot.services.stored_knowledge import KnowledgeItem, Publication
from tests.fakes.memory_chats import MemoryHandovers, MemoryOfficeHours
from tests.fakes.memory_desk import MemoryAlerts, MemoryStaff, MemoryStaffChats
from tests.fakes.memory_news import MemoryAnnouncements, MemorySubscriptions
from tests.fakes.memory_queues import InboxRow, MemoryInbox, MemoryOutbox, OutboxRow
from tests.fakes.memory_tables import (
    CaseRow,
    MemoryCaseLog,
    MemoryCases,
    MemoryConversations,
    MemoryDrafts,
    MemoryItemVersions,
    MemoryKnowledgeItems,
    MemoryPublications,
    MemoryUnansweredQuestions,
    MemoryUsage,
    MemoryWebLinks,
)


@dataclass(kw_only=True)
class Tables:
    """Everything that is stored; rows themselves are never changed, only replaced."""

    conversations: dict[ConversationId, Conversation] = field(default_factory=dict)
    inbox: dict[int, InboxRow] = field(default_factory=dict)
    outbox: dict[int, OutboxRow] = field(default_factory=dict)
    cases: dict[CaseNumber, CaseRow] = field(default_factory=dict)
    case_messages: list[CaseMessage] = field(default_factory=list)
    case_log: list[ChainedEntry] = field(default_factory=list)
    web_links: dict[str, tuple[WebLink, datetime]] = field(default_factory=dict)
    unanswered_questions: list[UnansweredQuestion] = field(default_factory=list)
    knowledge: dict[tuple[str, str], KnowledgeItem] = field(default_factory=dict)
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    item_versions: list[ItemVersion] = field(default_factory=list)
    usage: dict[Happening, int] = field(default_factory=dict)
    publications: list[Publication] = field(default_factory=list)
    staff: dict[StaffId, StaffMember] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)
    staff_chats: dict[StaffId, StaffChat] = field(default_factory=dict)
    staff_chat_codes: dict[str, tuple[StaffId, datetime]] = field(default_factory=dict)
    handovers: dict[HandoverId, Handover] = field(default_factory=dict)
    handover_messages: list[HandoverMessage] = field(default_factory=list)
    office_hours: dict[MunicipalityId | None, OfficeHours] = field(default_factory=dict)
    subscriptions: list[Subscription] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    serial: int = 0

    def copy(self) -> "Tables":
        """The same rows in tables of their own."""
        values: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        return Tables(**{name: value if isinstance(value, int) else value.copy() for name, value in values.items()})


class MemoryDatabase:
    """What is committed. `conflicts` makes so many of the next commits fail as if somebody else had been quicker."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.lock = asyncio.Lock()
        self.conflicts = 0
        self.open_units = 0

    def unit_of_work(self) -> "MemoryUnitOfWork":
        """A transaction."""
        return MemoryUnitOfWork(self)


class MemoryUnitOfWork:
    """One transaction: it reads what was committed when it began, and holds the lock from its first write on."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database, self._is_writing = database, False
        self.tables = database.tables
        self.conversations = MemoryConversations(self)
        self.inbox = MemoryInbox(self)
        self.outbox = MemoryOutbox(self)
        self.cases = MemoryCases(self)
        self.case_log = MemoryCaseLog(self)
        self.web_links = MemoryWebLinks(self)
        self.unanswered_questions = MemoryUnansweredQuestions(self)
        self.knowledge_items = MemoryKnowledgeItems(self)
        self.drafts = MemoryDrafts(self)
        self.item_versions = MemoryItemVersions(self)
        self.usage = MemoryUsage(self)
        self.publications = MemoryPublications(self)
        self.subscriptions = MemorySubscriptions(self)
        self.announcements = MemoryAnnouncements(self)
        self.staff = MemoryStaff(self)
        self.alerts = MemoryAlerts(self)
        self.staff_chats = MemoryStaffChats(self)
        self.handovers = MemoryHandovers(self)
        self.office_hours = MemoryOfficeHours(self)

    async def __aenter__(self) -> Self:
        self.tables = self._database.tables
        self._database.open_units += 1
        return self

    async def __aexit__(self, *error: object) -> None:
        self._database.open_units -= 1
        self._end()

    async def commit(self) -> None:
        """Keep everything."""
        if self._database.conflicts and self._is_writing:
            self._database.conflicts -= 1
            raise ConflictError("Somebody else was quicker.")
        if self._is_writing:
            self._database.tables = self.tables
        self._end()

    async def write(self) -> Tables:
        """The tables to change; waits for other writers first."""
        if not self._is_writing:
            await self._database.lock.acquire()
            self._is_writing = True
            self.tables = self._database.tables.copy()
        return self.tables

    def _end(self) -> None:
        if self._is_writing:
            self._database.lock.release()
        self._is_writing = False
        self.tables = self._database.tables
