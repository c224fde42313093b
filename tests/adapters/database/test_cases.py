"""Cases and their log."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.adapters.database.database import Database
from bot.domain.case_log import ChainedEntry
from bot.domain.cases import CaseMessage, CaseNumber, CaseStatus, close_as_withdrawn
from bot.domain.errors import ConflictError
from bot.domain.messages import Channel, ConversationId
from bot.services.desk.records.verify_log import verify_log
from tests.adapters.database.samples import CHAT, GERMAN, NOW, NUMBER, ODD_TEXT, make_case, make_entry, make_outgoing, run_raw
from tests.domain.chain import find_break

MESSAGE = CaseMessage(case=NUMBER, author="person", language=GERMAN, written_at=NOW, text=ODD_TEXT)
REFUSED = [
    "UPDATE case_log SET actor = 'nobody' WHERE position = 2",
    "DELETE FROM case_log WHERE position = 2",
    "INSERT INTO case_log SELECT * FROM case_log WHERE position = 2",
]


async def file_case(database: Database) -> None:
    """Store the sample case."""
    async with database.unit_of_work() as work:
        await work.cases.add(make_case(), "receipt", CHAT)
        await work.commit()


async def test_comes_back_as_it_was(database: Database) -> None:
    await file_case(database)
    async with database.unit_of_work() as work:
        assert await work.cases.get(NUMBER) == make_case()
        assert await work.cases.find_by_receipt("receipt") == make_case()
        assert await work.cases.find_by_receipt("another") is None
        with pytest.raises(LookupError):
            await work.cases.get(CaseNumber("another"))


async def test_number_and_receipt_are_unique(database: Database) -> None:
    await file_case(database)
    for number, receipt in ((NUMBER, "another"), (CaseNumber("another"), "receipt")):
        async with database.unit_of_work() as work:
            with pytest.raises(ConflictError):
                await work.cases.add(make_case(number), receipt, None)


async def test_bare_report_is_stored(database: Database) -> None:
    bare = replace(make_case(), municipality=None, contact=None, reply_address=None, deadlines=(), grounds=("not-stated",))
    async with database.unit_of_work() as work:
        await work.cases.add(bare, "receipt", None)
        assert await work.cases.get(NUMBER) == bare


async def test_saving_keeps_the_words(database: Database) -> None:
    await file_case(database)
    closed, _ = close_as_withdrawn(make_case(), NOW)
    async with database.unit_of_work() as work:
        await work.cases.save(replace(closed, statement=None, contact=None, reply_address=None))
        assert await work.cases.get(NUMBER) == replace(closed, version=1)


async def test_messages_come_back_in_order(database: Database) -> None:
    await file_case(database)
    office = replace(MESSAGE, author="office", text="Danke")
    async with database.unit_of_work() as work:
        await work.cases.add_message(MESSAGE)
        await work.cases.add_message(office)
        assert await work.cases.messages(NUMBER) == [MESSAGE, office]
        with pytest.raises(ConflictError):
            await work.cases.add_message(replace(MESSAGE, case=CaseNumber("another")))


async def test_unlinked_case_knows_no_chat(database: Database, url: str) -> None:
    await file_case(database)
    async with database.unit_of_work() as work:
        await work.cases.add(make_case(CaseNumber("second")), "second", CHAT)
        await work.cases.unlink_chat(NUMBER)
        assert (await work.cases.get(NUMBER)).reply_address is None
        assert (await work.cases.get(CaseNumber("second"))).reply_address == "4711"
        await work.cases.unlink_conversation(CHAT)
        assert (await work.cases.get(CaseNumber("second"))).reply_address is None
        await work.commit()
    assert await run_raw(url, "SELECT DISTINCT conversation FROM cases") == [(None,)]


async def test_erased_case_leaves_a_tombstone(database: Database, url: str) -> None:
    await file_case(database)
    async with database.unit_of_work() as work:
        await work.cases.add_message(MESSAGE)
        await work.commit()
    [(key, statement)] = await run_raw(url, "SELECT key, statement FROM cases")
    for _ in range(2):
        async with database.unit_of_work() as work:
            await work.cases.erase(NUMBER, NOW)
            await work.commit()
    async with database.unit_of_work() as work:
        tombstone = await work.cases.get(NUMBER)
        assert (tombstone.statement, tombstone.contact, tombstone.reply_address) == (None, None, None)
        assert (tombstone.erased_at, tombstone.grounds, tombstone.incident.words) == (NOW, make_case().grounds, "")
        assert await work.cases.find_by_receipt("receipt") is None
        assert await work.cases.messages(NUMBER) == []
        for refused in (work.cases.save(make_case()), work.cases.add_message(MESSAGE)):
            with pytest.raises(ConflictError):
                await refused
    assert await run_raw(url, "SELECT key, statement, contact, reply_address, receipt_hash, conversation FROM cases") == [(None,) * 6]
    assert len(await run_raw(url, "SELECT 1 FROM erasures")) == 1
    if url.startswith("sqlite"):
        stored = read_files(url)
        assert key not in stored
        assert statement not in stored


async def test_log_is_chained(database: Database) -> None:
    stored = await append_three(database)
    assert [entry.position for entry in stored] == [1, 2, 3]
    assert find_break(stored) is None
    assert stored[1].entry == make_entry(status="clarifying")


async def test_concurrent_entries_make_one_chain(database: Database) -> None:
    async def append(number: int) -> None:
        async with database.unit_of_work() as work:
            await work.case_log.append(make_entry(number=str(number)))
            await work.commit()

    await asyncio.gather(*(append(number) for number in range(20)))
    stored = await read_log(database)
    assert len(stored) == 20
    assert find_break(stored) is None


@pytest.mark.parametrize("statement", REFUSED)
async def test_database_refuses_changes_to_the_log(database: Database, url: str, statement: str) -> None:
    await append_three(database)
    for refused in (statement, statement.replace("INSERT", "INSERT OR REPLACE") if url.startswith("sqlite") else "TRUNCATE case_log"):
        with pytest.raises(DBAPIError):
            await run_raw(url, refused)
    assert (await verify_log(database.unit_of_work)).is_whole


@pytest.mark.parametrize("statement", REFUSED[:2])
async def test_tampering_behind_the_triggers_shows(database: Database, url: str, statement: str) -> None:
    await append_three(database)
    is_sqlite = url.startswith("sqlite")
    for trigger in ("case_log_update", "case_log_delete") if is_sqlite else ("case_log_change",):
        await run_raw(url, f"DROP TRIGGER {trigger}" + ("" if is_sqlite else " ON case_log"))
    await run_raw(url, statement)
    broken = (await verify_log(database.unit_of_work)).broken
    assert broken is not None
    assert broken.position == 2


async def append_three(database: Database) -> list[ChainedEntry]:
    """A short log."""
    async with database.unit_of_work() as work:
        for status in (CaseStatus.ACKNOWLEDGED, CaseStatus.CLARIFYING, CaseStatus.CLOSED):
            await work.case_log.append(make_entry(status=status.value))
        await work.commit()
    return await read_log(database)


async def read_log(database: Database) -> list[ChainedEntry]:
    """The whole log."""
    async with database.unit_of_work() as work:
        return [entry async for entry in work.case_log.entries()]


def read_files(url: str) -> bytes:
    """Everything that SQLite wrote to disk."""
    file = Path(make_url(url).database or "")
    return b"".join(part.read_bytes() for part in file.parent.glob(file.name + "*"))


async def test_nobody_overwrites_what_somebody_else_changed(database: Database) -> None:
    await file_case(database)
    async with database.unit_of_work() as work:
        await work.cases.save(replace(make_case(), assessment=ODD_TEXT, gender="female"))
        await work.commit()
    async with database.unit_of_work() as work:
        with pytest.raises(ConflictError):
            await work.cases.save(replace(make_case(), gender="male"))
    async with database.unit_of_work() as work:
        stored = await work.cases.get(NUMBER)
    assert (stored.assessment, stored.gender, stored.version) == (ODD_TEXT, "female", 1)


async def test_a_case_knows_its_chat_until_it_is_unlinked(database: Database) -> None:
    await file_case(database)
    async with database.unit_of_work() as work:
        assert await work.cases.chat_of(NUMBER) == CHAT
        assert await work.cases.chat_of(CaseNumber("another")) is None
        await work.cases.unlink_chat(NUMBER)
        assert await work.cases.chat_of(NUMBER) is None


async def test_an_erased_case_takes_along_what_waits_for_its_chat(database: Database) -> None:
    await file_case(database)
    async with database.unit_of_work() as work:
        for channel in Channel:
            await work.outbox.add(make_outgoing("to the person", channel=channel), NOW)
            await work.outbox.add(make_outgoing("to somebody else", chat="other", channel=channel), NOW)
        await work.cases.erase(NUMBER, NOW)
        assert (await work.outbox.waiting(), await work.outbox.waiting_for_page(CHAT)) == (1, [])
        assert len(await work.outbox.waiting_for_page(ConversationId("other"))) == 1
