"""Chats."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database.database import Database
from bot.domain.conversations import Activity, ChoosingMunicipality, Conversation, GivingReceipt, Idle, Reporting, WithCase
from bot.domain.errors import ConflictError
from bot.domain.knowledge import EntryId, Intent, MunicipalityId
from bot.domain.messages import Channel, ConversationId
from bot.domain.report_form import Draft, Incident, Step
from tests.adapters.database.samples import CHAT, GERMAN, NOW, ODD_TEXT

DRAFT = Draft(
    consent=("2026-11", GERMAN, NOW),
    story=ODD_TEXT,
    incident=Incident(since=NOW.date(), words="heute"),
    grounds=("agg.age",),
    notes=(("area", "x"),),
)
FULL = Conversation(
    id=CHAT,
    channel=Channel.WEB,
    language=GERMAN,
    municipality=MunicipalityId("halle"),
    report=Reporting(step=Step.GROUNDS, draft=DRAFT, paused=True),
    last_entry=EntryId("halle.contact"),
    wrong_codes=(NOW, NOW + timedelta(minutes=1)),
    updated_at=NOW,
)
ACTIVITIES = [
    Idle(),
    ChoosingMunicipality(intent=Intent("wir-what"), confidence=0.75),
    GivingReceipt(purpose="withdraw"),
    WithCase(case="K7Q2-9XRA", since=NOW, doing="add"),
]


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.kind)
async def test_comes_back_as_it_was(database: Database, activity: Activity) -> None:
    chat = replace(FULL, activity=activity)
    async with database.unit_of_work() as work:
        await work.conversations.save(chat)
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.conversations.find(CHAT) == replace(chat, version=1)
        assert await work.conversations.find(ConversationId("another")) is None


async def test_nothing_is_kept_without_commit(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.conversations.save(FULL)
    async with database.unit_of_work() as work:
        assert await work.conversations.find(CHAT) is None


async def test_second_writer_is_refused(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.conversations.save(FULL)
        await work.commit()
        with pytest.raises(ConflictError):
            await work.conversations.save(FULL)
    async with database.unit_of_work() as work:
        stale = await work.conversations.find(CHAT)
        assert stale is not None
        await work.conversations.save(stale)
        await work.commit()
    async with database.unit_of_work() as work:
        with pytest.raises(ConflictError):
            await work.conversations.save(stale)


async def test_deleted_chat_does_not_come_back(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.conversations.save(FULL)
        await work.conversations.delete(CHAT)
        with pytest.raises(ConflictError):
            await work.conversations.save(replace(FULL, version=1))
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.conversations.find(CHAT) is None


async def test_untouched_chats_are_deleted(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.conversations.save(FULL)
        await work.conversations.save(replace(FULL, id=ConversationId("young"), updated_at=NOW + timedelta(days=1)))
        assert await work.conversations.delete_untouched_since(NOW + timedelta(seconds=1)) == 1
        assert await work.conversations.find(CHAT) is None
        assert await work.conversations.find(ConversationId("young"))


async def test_reader_waits_for_no_writer(database: Database) -> None:
    async with database.unit_of_work() as writing:
        await writing.conversations.save(FULL)
        async with database.unit_of_work() as reading:
            assert await reading.conversations.find(CHAT) is None
        await writing.commit()
