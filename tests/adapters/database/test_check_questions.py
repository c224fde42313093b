"""Questions that every publication has to answer rightly: complete, sealed, and moved to a new key."""

from dataclasses import replace
from datetime import timedelta

from bot.adapters.database.database import Database
from bot.adapters.encryption.keyring import Keyring
from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.questions import CheckQuestion
from bot.domain.staff import StaffId
from tests.adapters.database.conftest import KEY
from tests.adapters.database.samples import GERMAN, NOW, ODD_TEXT, run_raw

NEW_KEY = bytes(range(32, 64))
QUESTION = CheckQuestion(
    text=ODD_TEXT,
    language=GERMAN,
    municipality=MunicipalityId("halle"),
    entry=EntryId("halle.contact"),
    added_by=StaffId("vera"),
    added_on=NOW.date(),
)


async def test_questions_come_back_by_entry_the_newest_first(database: Database) -> None:
    older = replace(QUESTION, text="older", added_on=NOW.date() - timedelta(days=1), municipality=None)
    other = replace(QUESTION, text="other", entry=EntryId("agg.deadline"))
    async with database.unit_of_work() as work:
        assert await work.check_questions.all() == []
        for question in (older, other, QUESTION):
            await work.check_questions.add(question)
        found = await work.check_questions.all()
        assert found == [other, QUESTION, older]
        assert len({question.reference for question in found}) == 3


async def test_a_question_is_deleted_once(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.check_questions.add(QUESTION)
        await work.check_questions.add(replace(QUESTION, text="stays"))
        reference = next(question.reference for question in await work.check_questions.all() if question.text == ODD_TEXT)
        assert await work.check_questions.delete(reference)
        assert not await work.check_questions.delete(reference)
        assert [question.text for question in await work.check_questions.all()] == ["stays"]


async def test_its_text_is_sealed_and_moves_to_a_new_key(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.check_questions.add(replace(QUESTION, text="Kanarienvogel"))
        await work.commit()
    [row] = await run_raw(url, "SELECT * FROM check_questions")
    assert b"Kanarienvogel" not in row.text
    both = Database(url, Keyring([NEW_KEY, KEY]))
    await both.rotate_keys()
    await both.close()
    alone = Database(url, Keyring([NEW_KEY]))
    async with alone.unit_of_work() as work:
        assert [question.text for question in await work.check_questions.all()] == ["Kanarienvogel"]
    await alone.close()
