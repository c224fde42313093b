"""One transaction with everything that is stored."""

from typing import Self

from bot.adapters.database.alerts import StoredAlerts
from bot.adapters.database.announcements import StoredAnnouncements
from bot.adapters.database.case_attachments import StoredCaseAttachments
from bot.adapters.database.case_counts import StoredCaseCounts
from bot.adapters.database.case_log import StoredCaseLog
from bot.adapters.database.case_records import StoredCaseRecords
from bot.adapters.database.case_search import StoredCaseSearch
from bot.adapters.database.case_visits import StoredCaseVisits
from bot.adapters.database.cases import StoredCases
from bot.adapters.database.check_questions import StoredCheckQuestions
from bot.adapters.database.conversations import StoredConversations
from bot.adapters.database.erasures import StoredErasures
from bot.adapters.database.handovers import StoredHandovers
from bot.adapters.database.inbox import StoredInbox
from bot.adapters.database.knowledge_drafts import StoredDrafts, StoredItemVersions
from bot.adapters.database.knowledge_items import StoredKnowledgeItems
from bot.adapters.database.links import StoredLinks
from bot.adapters.database.log_pages import StoredLogPages
from bot.adapters.database.office_hours import StoredOfficeHours
from bot.adapters.database.outbox import StoredOutbox
from bot.adapters.database.publication_runs import StoredPublicationRuns
from bot.adapters.database.publications import StoredPublications
from bot.adapters.database.retention import StoredRetention
from bot.adapters.database.saved_filters import StoredSavedFilters
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.sign_in_failures import StoredSignInFailures
from bot.adapters.database.staff import StoredStaff
from bot.adapters.database.staff_chats import StoredStaffChats
from bot.adapters.database.staff_invitations import StoredStaffInvitations
from bot.adapters.database.staff_sessions import StoredStaffSessions
from bot.adapters.database.subscriptions import StoredSubscriptions
from bot.adapters.database.transaction import Transaction
from bot.adapters.database.unanswered_questions import StoredUnansweredQuestions
from bot.adapters.database.usage import StoredUsageCounts
from bot.adapters.database.web_links import StoredWebLinks
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
from bot.services.ports import Conversations, Inbox, Outbox, UnansweredQuestions, WebLinks
from bot.services.stored_cases import CaseLog, Cases
from bot.services.stored_knowledge import KnowledgeItems, Publications
from bot.services.stored_subscriptions import Announcements, Subscriptions


class StoredUnitOfWork:
    """Implements ports.UnitOfWork."""

    def __init__(self, transaction: Transaction, cipher: MasterCipher) -> None:
        """All repositories share the transaction."""
        self._transaction = transaction
        self.conversations: Conversations = StoredConversations(transaction, cipher)
        self.inbox: Inbox = StoredInbox(transaction, cipher)
        self.outbox: Outbox = StoredOutbox(transaction, cipher)
        self.cases: Cases = StoredCases(transaction, cipher)
        self.case_log: CaseLog = StoredCaseLog(transaction)
        self.case_records: CaseRecords = StoredCaseRecords(transaction, cipher)
        self.case_attachments: CaseAttachments = StoredCaseAttachments(transaction, cipher)
        self.case_visits: CaseVisits = StoredCaseVisits(transaction)
        self.web_links: WebLinks = StoredWebLinks(transaction)
        self.unanswered_questions: UnansweredQuestions = StoredUnansweredQuestions(transaction, cipher)
        self.knowledge_items: KnowledgeItems = StoredKnowledgeItems(transaction)
        self.publications: Publications = StoredPublications(transaction)
        self.drafts: Drafts = StoredDrafts(transaction)
        self.item_versions: ItemVersions = StoredItemVersions(transaction)
        self.links: Links = StoredLinks(transaction)
        self.publication_runs: PublicationRuns = StoredPublicationRuns(transaction)
        self.check_questions: CheckQuestions = StoredCheckQuestions(transaction, cipher)
        self.usage: StoredUsage = StoredUsageCounts(transaction)
        self.subscriptions: Subscriptions = StoredSubscriptions(transaction, cipher)
        self.announcements: Announcements = StoredAnnouncements(transaction)
        self.staff: Staff = StoredStaff(transaction, cipher)
        self.staff_sessions: StaffSessions = StoredStaffSessions(transaction)
        self.alerts: Alerts = StoredAlerts(transaction)
        self.staff_chats: StaffChats = StoredStaffChats(transaction, cipher)
        self.case_search: CaseSearch = StoredCaseSearch(transaction)
        self.saved_filters: SavedFilters = StoredSavedFilters(transaction, cipher)
        self.staff_invitations: StaffInvitations = StoredStaffInvitations(transaction, cipher)
        self.sign_in_failures: SignInFailures = StoredSignInFailures(transaction)
        self.handovers: Handovers = StoredHandovers(transaction, cipher)
        self.office_hours: StoredHours = StoredOfficeHours(transaction)
        self.log_pages: LogPages = StoredLogPages(transaction)
        self.retention: Retention = StoredRetention(transaction)
        self.erasures: Erasures = StoredErasures(transaction)
        self.case_counts: CaseCounts = StoredCaseCounts(transaction)

    async def __aenter__(self) -> Self:
        """Nothing to do: the connection is taken with the first statement."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Undo what was not committed."""
        await self._transaction.end()

    async def commit(self) -> None:
        """Make it lasting."""
        await self._transaction.commit()
