"""Drafts of knowledge items, and the versions they became."""

import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.adapters.database.knowledge_tables import KnowledgeDraftRow, KnowledgeVersionRow
from bot.adapters.database.serialisation import read_marked_json, to_marked_json
from bot.adapters.database.transaction import Transaction
from bot.domain.errors import ConflictError
from bot.domain.knowledge_drafts import Cause, Draft, DraftState, ItemVersion
from bot.domain.staff import StaffId
from bot.services.desk.knowledge.stored_drafts import DraftOutline

DRAFTS = KnowledgeDraftRow.__table__.c
VERSIONS = KnowledgeVersionRow.__table__.c
MOST_FIRST = 10**8


class StoredDrafts:
    """Implements desk.knowledge.stored_drafts.Drafts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def find(self, kind: str, id_: str) -> Draft | None:
        """The draft of an item."""
        found = await self._transaction.read(select(*DRAFTS).where(DRAFTS.kind == kind, DRAFTS.id == id_))
        return _read_draft(found[0]) if found else None

    async def all(self) -> list[Draft]:
        """Every draft, by kind and id."""
        return [_read_draft(row) for row in await self._transaction.read(select(*DRAFTS).order_by(DRAFTS.kind, DRAFTS.id))]

    async def outline(self) -> list[DraftOutline]:
        """Every draft without its content, by kind and id."""
        chosen = select(DRAFTS.kind, DRAFTS.id, DRAFTS.state, DRAFTS.authors).order_by(DRAFTS.kind, DRAFTS.id)
        return [
            DraftOutline(kind=row.kind, id=row.id, state=DraftState(row.state), authors=tuple(map(StaffId, row.authors)))
            for row in await self._transaction.read(chosen)
        ]

    async def save(self, draft: Draft) -> Draft:
        """Store it as version + 1. Raises ConflictError when somebody stored another version meanwhile.

        A new draft begins with a number that nobody guesses: a page with an earlier draft of the item never passes for this one.
        """
        version = draft.version + 1 if draft.version else 1 + secrets.randbelow(MOST_FIRST)
        values = {
            "version": version,
            "state": draft.state.value,
            "content": to_marked_json(draft.content),
            "base_hash": draft.base_hash,
            "authors": list(draft.authors),
            "remark": draft.remark,
            "saved_by": draft.saved_by,
            "saved_at": draft.saved_at,
        }
        if draft.version == 0:
            await self._transaction.write(insert(KnowledgeDraftRow).values(kind=draft.kind, id=draft.id, **values))
        else:
            same = (DRAFTS.kind == draft.kind, DRAFTS.id == draft.id, DRAFTS.version == draft.version)
            changed = await self._transaction.write(update(KnowledgeDraftRow).where(*same).values(**values))
            if changed.rowcount != 1:
                raise ConflictError("Somebody else saved this draft in the meantime.")
        return replace(draft, version=version)

    async def delete(self, kind: str, id_: str) -> None:
        """Remove a draft, if it is there."""
        await self._transaction.write(delete(KnowledgeDraftRow).where(DRAFTS.kind == kind, DRAFTS.id == id_))


class StoredItemVersions:
    """Implements desk.knowledge.stored_drafts.ItemVersions."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def add(self, version: ItemVersion) -> ItemVersion:
        """Store it; the stored one carries its number."""
        values = {
            "kind": version.kind,
            "item": version.id,
            "cause": version.cause.value,
            "content": to_marked_json(version.content),
            "content_hash": version.content_hash,
            "authors": list(version.authors),
            "reviewer": version.reviewer,
            "accepted_at": version.accepted_at,
        }
        stored = await self._transaction.write(insert(KnowledgeVersionRow).values(**values).returning(VERSIONS.number))
        return replace(version, number=stored.scalar_one())

    async def of_item(self, kind: str, id_: str) -> list[ItemVersion]:
        """The versions of an item, newest first."""
        chosen = select(*VERSIONS).where(VERSIONS.kind == kind, VERSIONS.item == id_).order_by(VERSIONS.number.desc())
        return [
            ItemVersion(
                number=row.number,
                kind=row.kind,
                id=row.item,
                cause=Cause(row.cause),
                content=read_marked_json(row.content),
                content_hash=row.content_hash,
                authors=tuple(map(StaffId, row.authors)),
                reviewer=row.reviewer and StaffId(row.reviewer),
                accepted_at=row.accepted_at,
            )
            for row in await self._transaction.read(chosen)
        ]


def _read_draft(row: Row[Any]) -> Draft:
    return Draft(
        kind=row.kind,
        id=row.id,
        content=read_marked_json(row.content),
        base_hash=row.base_hash,
        version=row.version,
        state=DraftState(row.state),
        authors=tuple(map(StaffId, row.authors)),
        remark=row.remark,
        saved_by=StaffId(row.saved_by),
        saved_at=row.saved_at,
    )
