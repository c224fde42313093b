"""What lies in the tables: nothing readable, nothing movable, and everything moves to a new key."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.database import rotation
from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.conversations import Conversation, GivingReceipt
from bot.domain.errors import NotReadableError
from bot.domain.knowledge import EntryId
from bot.domain.messages import Answer, Channel, ConversationId, Reply, Status
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import GERMAN, NOW, NUMBER, make_case, make_message, make_outgoing, run_raw
from tests.adapters.database.test_cases import MESSAGE, read_files
from tests.adapters.database.test_unanswered_questions import QUESTION

CANARY = "Kanarienvogel"
LEASE = timedelta(seconds=30)
NEW_KEY = bytes(range(32, 64))
TABLES = ("conversations", "inbox", "outbox", "cases", "case_messages", "case_log", "secrets", "unanswered_questions")
SEALED = (
    ("conversations", "state"),
    ("inbox", "payload"),
    ("inbox", "answer"),
    ("outbox", "content"),
    ("unanswered_questions", "text"),
    ("cases", "key"),
    ("secrets", "value"),
)


async def fill(database: Database, chats: int = 2) -> None:
    """Store something in every sealed column, the canary in all of them."""
    case = make_case()
    assert case.statement
    secret = replace(
        case,
        statement=replace(case.statement, story=CANARY, place=CANARY, when=CANARY, notes={"area": CANARY}),
        incident=replace(case.incident, words=CANARY),
        contact=CANARY,
        reply_address=CANARY,
    )
    async with database.unit_of_work() as work:
        for chat in range(chats):
            name = ConversationId(f"chat {chat}")
            idle = Conversation(id=name, channel=Channel.WEB, updated_at=NOW, activity=GivingReceipt(purpose="status"))
            await work.conversations.save(replace(idle, last_entry=EntryId(CANARY)))
            await work.inbox.record(replace(make_message(chat, chat=name, words=CANARY), address=CANARY, callback=CANARY))
            await work.outbox.add(make_outgoing(CANARY, chat=name, address=CANARY), NOW)
            answer = Answer(language=GERMAN, status=Status.ANSWERED, replies=(Reply(text=CANARY),))
            await work.unanswered_questions.add(replace(QUESTION, text=CANARY))
            await work.inbox.record_answered(make_message(chat, chat=name, source="web", words=CANARY), answer, NOW)
        await work.cases.add(secret, "receipt", None)
        await work.cases.add_message(replace(MESSAGE, text=CANARY))
        await work.commit()
    await database.get_index_key()


async def read_everything(database: Database, chats: int = 2) -> None:
    """Open every sealed value. Raises NotReadableError."""
    async with database.unit_of_work() as work:
        for chat in range(chats):
            assert await work.conversations.find(ConversationId(f"chat {chat}"))
            assert await work.inbox.find_answer(make_message(chat, source="web"))
            assert await work.inbox.claim(NOW, LEASE)
            assert await work.outbox.claim(NOW, LEASE)
        assert [question.text for question in await work.unanswered_questions.all()] == [CANARY] * chats
        assert (await work.cases.get(NUMBER)).contact == CANARY
        assert (await work.cases.messages(NUMBER))[0].text == CANARY
    await database.get_index_key()


async def test_nothing_a_person_wrote_is_readable(database: Database, url: str) -> None:
    await fill(database)
    await read_everything(database)
    for table in TABLES:
        assert CANARY not in str(await run_raw(url, f"SELECT * FROM {table}"))  # noqa: S608
    if url.startswith("sqlite"):
        assert CANARY.encode() not in read_files(url)


@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_tampering_is_noticed(database: Database, url: str, table: str, column: str) -> None:
    await fill(database)
    [value, *_] = [row[0] for row in await run_raw(url, f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")]  # noqa: S608
    forged = value[:-1] + bytes([value[-1] ^ 1])
    await run_raw(url, f"UPDATE {table} SET {column} = :forged WHERE {column} = :value", forged=forged, value=value)  # noqa: S608
    with pytest.raises(NotReadableError, match=f"{table}.{column}"):
        await read_everything(database)


@pytest.mark.parametrize(("table", "column"), SEALED[:5])
async def test_swapped_rows_are_noticed(database: Database, url: str, table: str, column: str) -> None:
    await fill(database)
    first, second = [row[0] for row in await run_raw(url, f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")]  # noqa: S608
    swap = f"UPDATE {table} SET {column} = CASE WHEN {column} = :first THEN :second ELSE :first END WHERE {column} IS NOT NULL"  # noqa: S608
    if url.startswith("postgresql"):
        swap = swap.replace(":second ELSE :first", "CAST(:second AS bytea) ELSE CAST(:first AS bytea)")
    await run_raw(url, swap, first=first, second=second)
    with pytest.raises(NotReadableError):
        await read_everything(database)


async def test_swapped_columns_of_a_case_are_noticed(database: Database, url: str) -> None:
    await fill(database)
    await run_raw(url, "UPDATE cases SET contact = reply_address")
    with pytest.raises(NotReadableError):
        await read_everything(database)


async def test_wrong_key_is_said_in_a_sentence(database: Database, url: str) -> None:
    await fill(database)
    stranger = Database(url, Keyring([NEW_KEY]))
    with pytest.raises(NotReadableError, match="WEGWEISER_KEYS"):
        await stranger.get_index_key()
    await stranger.close()


async def test_index_key_is_made_once_and_survives_rotation(database: Database, url: str) -> None:
    first = await database.get_index_key()
    rotated = Database(url, Keyring([NEW_KEY, KEY]))
    await rotated.rotate_keys()
    await rotated.close()
    alone = Database(url, Keyring([NEW_KEY]))
    assert await alone.get_index_key() == first
    await alone.close()


async def test_interrupted_rotation_goes_on(database: Database, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 20)
    chats, rotating_prefix = 30, Keyring([NEW_KEY]).newest_prefix
    await fill(database, chats)
    rotating = Database(url, Keyring([NEW_KEY, KEY]))

    def interrupt(done: int) -> None:
        if done > 20:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await rotating.rotate_keys(interrupt)
    await read_everything(rotating, chats)
    moved = [state.startswith(rotating_prefix) for (state,) in await run_raw(url, "SELECT state FROM conversations")]
    assert 0 < sum(moved) < chats
    left = await rotating.rotate_keys()
    assert left == 5 * chats + 2 - (20 + 2)
    assert await rotating.rotate_keys() == 0
    await rotating.close()
    alone = Database(url, Keyring([NEW_KEY]))
    await read_everything(alone, chats)
    await alone.close()


async def test_rotation_without_the_old_key_is_refused(database: Database, url: str) -> None:
    await fill(database)
    stranger = Database(url, Keyring([os.urandom(32)]))
    with pytest.raises(NotReadableError):
        await stranger.rotate_keys()
    await stranger.close()
    await read_everything(database)
