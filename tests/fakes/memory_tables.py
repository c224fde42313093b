"""Chats, cases, their log, links and knowledge in memory."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from secrets import randbelow, token_hex
from typing import Any

from bot.domain.case_log import FIRST_HASH, ChainedEntry, LogEntry, chain
from bot.domain.cases import Case, CaseMessage, CaseNumber
from bot.domain.conversations import Conversation
from bot.domain.errors import ConflictError
from bot.domain.knowledge_drafts import Draft, ItemVersion
from bot.domain.languages import Language
from bot.domain.messages import ConversationId
from bot.domain.questions import UnansweredQuestion
from bot.domain.staff import StaffId
from bot.domain.usage import Usage
from bot.services.desk.knowledge.stored_drafts import DraftOutline
from bot.services.ports import WebLink
from bot.services.stored_knowledge import ItemKey, ItemOutline, KnowledgeItem, Publication, PublicationOutline


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A case with how its person comes back to it."""

    case: Case
    receipt_hash: str | None
    chat: ConversationId | None


class MemoryTable:
    """What all have in common: the transaction they belong to."""

    def __init__(self, work: Any) -> None:
        self._work = work


class MemoryConversations(MemoryTable):
    """Implements ports.Conversations."""

    async def find(self, conversation: ConversationId) -> Conversation | None:
        return self._work.tables.conversations.get(conversation)

    async def save(self, conversation: Conversation) -> None:
        tables = await self._work.write()
        stored = tables.conversations.get(conversation.id)
        if (stored.version if stored else 0) != conversation.version:
            raise ConflictError("Somebody else stored this chat meanwhile.")
        tables.conversations[conversation.id] = replace(conversation, version=conversation.version + 1)

    async def delete(self, conversation: ConversationId) -> None:
        (await self._work.write()).conversations.pop(conversation, None)

    async def delete_untouched_since(self, moment: datetime) -> int:
        tables = await self._work.write()
        old = [id_ for id_, chat in tables.conversations.items() if chat.updated_at and chat.updated_at < moment]
        for id_ in old:
            del tables.conversations[id_]
        return len(old)


class MemoryCases(MemoryTable):
    """Implements stored_cases.Cases."""

    async def add(self, case: Case, receipt_hash: str, chat: ConversationId | None) -> None:
        tables = await self._work.write()
        if case.number in tables.cases or any(row.receipt_hash == receipt_hash for row in tables.cases.values()):
            raise ConflictError("This number or receipt is taken.")
        tables.cases[case.number] = CaseRow(case=case, receipt_hash=receipt_hash, chat=chat)

    async def find_by_receipt(self, receipt_hash: str) -> Case | None:
        return next((row.case for row in self._work.tables.cases.values() if row.receipt_hash == receipt_hash), None)

    async def get(self, number: CaseNumber) -> Case:
        return self._work.tables.cases[number].case

    async def save(self, case: Case) -> None:
        row = await self._alive(case.number)
        if row.case.version != case.version:
            raise ConflictError("Somebody else changed this case meanwhile.")
        words = {name: getattr(row.case, name) for name in ("statement", "contact", "reply_address")}
        self._work.tables.cases[case.number] = replace(row, case=replace(case, version=case.version + 1, **words))

    async def add_message(self, message: CaseMessage) -> None:
        await self._alive(message.case)
        self._work.tables.case_messages.append(message)

    async def messages(self, number: CaseNumber) -> list[CaseMessage]:
        return [message for message in self._work.tables.case_messages if message.case == number]

    async def chat_of(self, number: CaseNumber) -> ConversationId | None:
        row = self._work.tables.cases.get(number)
        return row.chat if row else None

    async def unlink_chat(self, number: CaseNumber) -> None:
        row = await self._alive(number)
        self._work.tables.cases[number] = replace(row, chat=None, case=replace(row.case, reply_address=None))

    async def unlink_conversation(self, conversation: ConversationId) -> None:
        tables = await self._work.write()
        for number in [number for number, row in tables.cases.items() if row.chat == conversation]:
            await self.unlink_chat(number)

    async def delete_contact(self, number: CaseNumber) -> None:
        tables = await self._work.write()
        row = tables.cases[number]
        tables.cases[number] = replace(row, case=replace(row.case, contact=None))

    async def erase(self, number: CaseNumber, now: datetime) -> None:
        tables = await self._work.write()
        row = tables.cases[number]
        if row.chat:
            await self._work.outbox.delete_conversation(row.chat)
        gone = {"statement": None, "contact": None, "reply_address": None, "erased_at": row.case.erased_at or now}
        tombstone = replace(row.case, incident=replace(row.case.incident, words=""), **gone)
        tables.cases[number] = replace(row, case=tombstone, receipt_hash=None, chat=None)
        tables.case_messages = [message for message in tables.case_messages if message.case != number]

    async def _alive(self, number: CaseNumber) -> Any:
        row = (await self._work.write()).cases.get(number)
        if row is None or row.case.erased_at:
            raise ConflictError("This case is not there any more.")
        return row


class MemoryCaseLog(MemoryTable):
    """Implements stored_cases.CaseLog."""

    async def append(self, entry: LogEntry) -> ChainedEntry:
        log = (await self._work.write()).case_log
        log.append(chain(log[-1].hash if log else FIRST_HASH, len(log) + 1, entry))
        return log[-1]

    async def entries(self) -> AsyncIterator[ChainedEntry]:
        for entry in self._work.tables.case_log:
            yield entry

    async def of(self, case: CaseNumber) -> list[LogEntry]:
        return [stored.entry for stored in self._work.tables.case_log if stored.entry.case == case]


class MemoryWebLinks(MemoryTable):
    """Implements ports.WebLinks."""

    async def add(self, token_hash: str, link: WebLink, expires_at: datetime) -> None:
        (await self._work.write()).web_links[token_hash] = (link, expires_at)

    async def take(self, token_hash: str, now: datetime) -> WebLink | None:
        link, expires_at = (await self._work.write()).web_links.pop(token_hash, (None, now))
        return link if expires_at > now else None


class MemoryUnansweredQuestions(MemoryTable):
    """Implements ports.UnansweredQuestions."""

    async def add(self, question: UnansweredQuestion) -> None:
        (await self._work.write()).unanswered_questions.append(replace(question, reference=token_hex(16)))

    async def all(self) -> list[UnansweredQuestion]:
        return sorted(self._work.tables.unanswered_questions, key=lambda question: question.asked_on, reverse=True)

    async def count_by_language(self) -> dict[Language, int]:
        return dict(Counter(question.language for question in self._work.tables.unanswered_questions))

    async def find(self, reference: str) -> UnansweredQuestion | None:
        return next((question for question in self._work.tables.unanswered_questions if question.reference == reference), None)

    async def delete(self, references: Sequence[str]) -> int:
        tables = await self._work.write()
        kept = [question for question in tables.unanswered_questions if question.reference not in references]
        deleted, tables.unanswered_questions = len(tables.unanswered_questions) - len(kept), kept
        return deleted

    async def delete_before(self, day: date) -> int:
        tables = await self._work.write()
        kept = [question for question in tables.unanswered_questions if question.asked_on >= day]
        deleted, tables.unanswered_questions = len(tables.unanswered_questions) - len(kept), kept
        return deleted


class MemoryKnowledgeItems(MemoryTable):
    """Implements ports.KnowledgeItems."""

    async def all(self) -> list[KnowledgeItem]:
        return [item for _, item in sorted(self._work.tables.knowledge.items())]

    async def outline(self) -> list[ItemOutline]:
        names = [each.name for each in fields(ItemOutline)]
        return [ItemOutline(**{name: getattr(item, name) for name in names}) for item in await self.all()]

    async def some(self, keys: Sequence[ItemKey]) -> list[KnowledgeItem]:
        return [item for item in await self.all() if (item.kind, item.id) in keys]

    async def find(self, kind: str, id_: str) -> KnowledgeItem | None:
        return self._work.tables.knowledge.get((kind, id_))

    async def put(self, item: KnowledgeItem, former_hash: str | None = None) -> None:
        knowledge = (await self._work.write()).knowledge
        stored = self._check(item.kind, item.id, former_hash)
        knowledge[item.kind, item.id] = replace(item, owner=stored.owner) if stored else item

    async def set_owner(self, kind: str, id_: str, owner: StaffId | None) -> bool:
        knowledge = (await self._work.write()).knowledge
        if (kind, id_) in knowledge:
            knowledge[kind, id_] = replace(knowledge[kind, id_], owner=owner)
        return (kind, id_) in knowledge

    async def note_imported(self, kind: str, id_: str, file_hash: str) -> None:
        knowledge = (await self._work.write()).knowledge
        knowledge[kind, id_] = replace(knowledge[kind, id_], imported_hash=file_hash)

    async def delete(self, kind: str, id_: str, former_hash: str | None = None) -> None:
        knowledge = (await self._work.write()).knowledge
        self._check(kind, id_, former_hash)
        knowledge.pop((kind, id_), None)

    def _check(self, kind: str, id_: str, former_hash: str | None) -> KnowledgeItem | None:
        stored = self._work.tables.knowledge.get((kind, id_))
        if former_hash is not None and former_hash != (stored.content_hash if stored else ""):
            raise ConflictError("Somebody else changed this item in the meantime.")
        return stored


class MemoryDrafts(MemoryTable):
    """Implements desk.knowledge.stored_drafts.Drafts."""

    async def find(self, kind: str, id_: str) -> Draft | None:
        return self._work.tables.drafts.get((kind, id_))

    async def all(self) -> list[Draft]:
        return [draft for _, draft in sorted(self._work.tables.drafts.items())]

    async def outline(self) -> list[DraftOutline]:
        return [DraftOutline(kind=draft.kind, id=draft.id, state=draft.state, authors=draft.authors) for draft in await self.all()]

    async def save(self, draft: Draft) -> Draft:
        drafts = (await self._work.write()).drafts
        stored = drafts.get((draft.kind, draft.id))
        if (stored.version if stored else 0) != draft.version:
            raise ConflictError("Somebody else saved this draft in the meantime.")
        version = draft.version + 1 if draft.version else 1 + randbelow(10**8)
        drafts[draft.kind, draft.id] = replace(draft, version=version)
        return drafts[draft.kind, draft.id]

    async def delete(self, kind: str, id_: str) -> None:
        (await self._work.write()).drafts.pop((kind, id_), None)


class MemoryItemVersions(MemoryTable):
    """Implements desk.knowledge.stored_drafts.ItemVersions."""

    async def add(self, version: ItemVersion) -> ItemVersion:
        versions = (await self._work.write()).item_versions
        versions.append(replace(version, number=len(versions) + 1))
        return versions[-1]

    async def of_item(self, kind: str, id_: str) -> list[ItemVersion]:
        return [each for each in reversed(self._work.tables.item_versions) if (each.kind, each.id) == (kind, id_)]


class MemoryUsage(MemoryTable):
    """Implements what the bot needs of desk.knowledge.stored_usage.StoredUsage."""

    async def add(self, usage: Usage) -> None:
        stored = (await self._work.write()).usage
        for happening, times in usage.items():
            stored[happening] = stored.get(happening, 0) + times

    async def delete_before(self, day: date) -> int:
        stored = (await self._work.write()).usage
        old = [happening for happening in stored if happening.day < day]
        for happening in old:
            del stored[happening]
        return len(old)


class MemoryPublications(MemoryTable):
    """Implements ports.Publications."""

    async def current(self) -> Publication | None:
        return next(reversed(self._work.tables.publications), None)

    async def current_number(self) -> int:
        return len(self._work.tables.publications)

    async def get(self, number: int) -> Publication:
        return self._work.tables.publications[number - 1]

    async def newest(self, most: int) -> list[PublicationOutline]:
        names = [each.name for each in fields(PublicationOutline)]
        newest = self._work.tables.publications[::-1][:most]
        return [PublicationOutline(**{name: getattr(each, name) for name in names}) for each in newest]

    async def add(self, publication: Publication, after: int | None = None) -> Publication:
        publications = (await self._work.write()).publications
        if after is not None and after != len(publications):
            raise ConflictError("Something else was published in the meantime.")
        publications.append(replace(publication, number=len(publications) + 1))
        return publications[-1]
