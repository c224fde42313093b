"""One transaction with everything that is stored."""

from typing import Self

from bot.adapters.database.case_log import StoredCaseLog
from bot.adapters.database.cases import StoredCases
from bot.adapters.database.conversations import StoredConversations
from bot.adapters.database.inbox import StoredInbox
from bot.adapters.database.knowledge_items import StoredKnowledgeItems
from bot.adapters.database.outbox import StoredOutbox
from bot.adapters.database.publications import StoredPublications
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.staff import StoredStaff
from bot.adapters.database.staff_sessions import StoredStaffSessions
from bot.adapters.database.transaction import Transaction
from bot.adapters.database.unanswered_questions import StoredUnansweredQuestions
from bot.adapters.database.web_links import StoredWebLinks
from bot.services.desk.stored_people import Staff, StaffSessions
from bot.services.ports import CaseLog, Cases, Conversations, Inbox, KnowledgeItems, Outbox, Publications, UnansweredQuestions, WebLinks


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
        self.web_links: WebLinks = StoredWebLinks(transaction)
        self.unanswered_questions: UnansweredQuestions = StoredUnansweredQuestions(transaction, cipher)
        self.knowledge_items: KnowledgeItems = StoredKnowledgeItems(transaction)
        self.publications: Publications = StoredPublications(transaction)
        self.staff: Staff = StoredStaff(transaction, cipher)
        self.staff_sessions: StaffSessions = StoredStaffSessions(transaction)

    async def __aenter__(self) -> Self:
        """Nothing to do: the connection is taken with the first statement."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Undo what was not committed."""
        await self._transaction.end()

    async def commit(self) -> None:
        """Make it lasting."""
        await self._transaction.commit()
