"""Moves everything that is stored to the newest key: in small transactions, beside the running bot, resumable at any point."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.adapters.database import (
    case_rows,
    check_questions,
    conversations,
    handovers,
    inbox,
    outbox,
    saved_filters,
    secrets,
    staff,
    staff_chats,
    staff_invitations,
    subscriptions,
    unanswered_questions,
)
from bot.adapters.database.case_tables import CaseRow
from bot.adapters.database.columns import Row
from bot.adapters.database.knowledge_tables import CheckQuestionRow, SubscriptionRow
from bot.adapters.database.sealing import MasterCipher
from bot.adapters.database.staff_tables import HandoverMessageRow, HandoverRow, SavedFilterRow, StaffChatRow, StaffInvitationRow, StaffRow
from bot.adapters.database.tables import ConversationRow, InboxRow, OutboxRow, SecretRow, UnansweredQuestionRow
from bot.adapters.database.transaction import Transaction

BATCH = 200


@dataclass(frozen=True)
class SealedColumn:
    """A column sealed with the newest key: what names a row, and what a value of that row is bound to."""

    table: type[Row]
    column: InstrumentedAttribute[Any]
    key: InstrumentedAttribute[Any]
    names: tuple[InstrumentedAttribute[Any], ...]
    place: Callable[..., str]


COLUMNS = (
    SealedColumn(SecretRow, SecretRow.value, SecretRow.name, (SecretRow.name,), secrets.place),
    SealedColumn(CaseRow, CaseRow.key, CaseRow.number, (CaseRow.number,), partial(case_rows.place, "cases.key")),
    SealedColumn(ConversationRow, ConversationRow.state, ConversationRow.id, (ConversationRow.id,), conversations.place),
    SealedColumn(InboxRow, InboxRow.payload, InboxRow.id, (InboxRow.source, InboxRow.message_id), partial(inbox.place, "payload")),
    SealedColumn(InboxRow, InboxRow.answer, InboxRow.id, (InboxRow.source, InboxRow.message_id), partial(inbox.place, "answer")),
    SealedColumn(OutboxRow, OutboxRow.content, OutboxRow.id, (OutboxRow.reference,), outbox.place),
    SealedColumn(
        UnansweredQuestionRow,
        UnansweredQuestionRow.text,
        UnansweredQuestionRow.reference,
        (UnansweredQuestionRow.reference,),
        unanswered_questions.place,
    ),
    SealedColumn(CheckQuestionRow, CheckQuestionRow.text, CheckQuestionRow.reference, (CheckQuestionRow.reference,), check_questions.place),
    SealedColumn(SubscriptionRow, SubscriptionRow.address, SubscriptionRow.reference, (SubscriptionRow.reference,), subscriptions.place),
    SealedColumn(StaffRow, StaffRow.profile, StaffRow.id, (StaffRow.id,), staff.place),
    SealedColumn(StaffChatRow, StaffChatRow.address, StaffChatRow.staff, (StaffChatRow.staff,), staff_chats.place),
    SealedColumn(SavedFilterRow, SavedFilterRow.name, SavedFilterRow.reference, (SavedFilterRow.reference,), saved_filters.place),
    SealedColumn(HandoverRow, HandoverRow.address, HandoverRow.reference, (HandoverRow.reference,), handovers.address_place),
    SealedColumn(HandoverMessageRow, HandoverMessageRow.text, HandoverMessageRow.id, (HandoverMessageRow.reference,), handovers.text_place),
    SealedColumn(
        StaffInvitationRow,
        StaffInvitationRow.profile,
        StaffInvitationRow.token_hash,
        (StaffInvitationRow.token_hash,),
        staff_invitations.place,
    ),
)
"""A case's words and messages are not among them: they stay sealed with the case's key, and only that key is moved."""


async def rotate_keys(
    begin: Callable[[], AbstractAsyncContextManager[Transaction]], cipher: MasterCipher, report: Callable[[int], None]
) -> int:
    """Reseal what is not sealed with the newest key; `report` hears how many values are done. Raises NotReadableError."""
    done = 0
    for sealed in COLUMNS:
        last: object = None
        while True:
            async with begin() as transaction:
                rows = await reseal_batch(transaction, cipher, sealed, last)
                await transaction.commit()
            if not rows:
                break
            done, last = done + len(rows), rows[-1][0]
            report(done)
    return done


async def reseal_batch(transaction: Transaction, cipher: MasterCipher, sealed: SealedColumn, last: object) -> list[tuple[object, ...]]:
    """Reseal the next rows after the key `last`; a value that somebody replaced meanwhile is left as it is."""
    old = func.substr(sealed.column, 1, len(cipher.newest_prefix), type_=LargeBinary) != cipher.newest_prefix
    found = select(sealed.key, sealed.column, *sealed.names).where(old).order_by(sealed.key).limit(BATCH)
    rows = [tuple(row) for row in await transaction.read(found if last is None else found.where(sealed.key > last))]
    for key, value, *names in rows:
        same = update(sealed.table).where(sealed.key == key, sealed.column == value)
        await transaction.write(same.values({sealed.column: cipher.reseal(value, sealed.place(*names))}))
    return rows
