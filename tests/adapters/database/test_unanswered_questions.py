"""Questions for the editors: complete, without order, and gone in time."""

from dataclasses import fields, replace
from datetime import timedelta

from bot.adapters.database.database import Database
from bot.adapters.database.tables import UnansweredQuestionRow
from bot.domain.knowledge import EntryId, MunicipalityId
from bot.domain.languages import ENGLISH
from bot.domain.questions import QuestionKind, UnansweredQuestion
from tests.adapters.database.samples import GERMAN, NOW, ODD_TEXT, run_raw

TODAY = NOW.date()
QUESTION = UnansweredQuestion(
    kind=QuestionKind.NOT_CHOSEN,
    text=ODD_TEXT,
    language=GERMAN,
    municipality=MunicipalityId("halle"),
    entries=(EntryId("halle.contact"), EntryId("bot.privacy")),
    asked_on=TODAY,
)


async def test_a_question_comes_back_as_it_was(database: Database) -> None:
    unknown = replace(QUESTION, kind=QuestionKind.UNANSWERED, municipality=None, entries=(), asked_on=TODAY - timedelta(days=1))
    async with database.unit_of_work() as work:
        assert await work.unanswered_questions.all() == []
        for question in (unknown, QUESTION):
            await work.unanswered_questions.add(question)
        assert await work.unanswered_questions.all() == [QUESTION, unknown]


async def test_the_same_question_may_be_asked_often(database: Database) -> None:
    async with database.unit_of_work() as work:
        for _ in range(3):
            await work.unanswered_questions.add(QUESTION)
        assert await work.unanswered_questions.all() == [QUESTION] * 3


async def test_they_are_counted_by_language(database: Database) -> None:
    async with database.unit_of_work() as work:
        assert await work.unanswered_questions.count_by_language() == {}
        for language in (GERMAN, ENGLISH, GERMAN):
            await work.unanswered_questions.add(replace(QUESTION, language=language))
        assert await work.unanswered_questions.count_by_language() == {GERMAN: 2, ENGLISH: 1}


async def test_only_those_before_a_day_are_deleted(database: Database) -> None:
    days = [replace(QUESTION, asked_on=TODAY - timedelta(days=age)) for age in (0, 89, 90, 91, 400)]
    async with database.unit_of_work() as work:
        for question in days:
            await work.unanswered_questions.add(question)
        assert await work.unanswered_questions.delete_before(TODAY - timedelta(days=90)) == 2
        assert await work.unanswered_questions.all() == days[:3]
        assert await work.unanswered_questions.delete_before(TODAY - timedelta(days=90)) == 0


async def test_a_question_is_found_and_deleted_by_the_name_it_is_stored_under(database: Database) -> None:
    async with database.unit_of_work() as work:
        for text in ("one", "two", "three"):
            await work.unanswered_questions.add(replace(QUESTION, text=text))
        stored = {question.text: question for question in await work.unanswered_questions.all()}
        assert len({question.reference for question in stored.values()}) == 3
        assert await work.unanswered_questions.find(stored["two"].reference) == stored["two"]
        assert await work.unanswered_questions.find("nobody") is None
        assert await work.unanswered_questions.delete([stored["one"].reference, stored["two"].reference, "nobody"]) == 2
        assert await work.unanswered_questions.delete([]) == 0
        assert [question.text for question in await work.unanswered_questions.all()] == ["three"]


async def test_what_is_not_committed_is_not_kept(database: Database) -> None:
    async with database.unit_of_work() as work:
        await work.unanswered_questions.add(QUESTION)
    async with database.unit_of_work() as work:
        assert await work.unanswered_questions.all() == []


async def test_a_row_holds_nothing_but_the_question_and_its_day(database: Database, url: str) -> None:
    async with database.unit_of_work() as work:
        await work.unanswered_questions.add(QUESTION)
        await work.commit()
    columns = set(UnansweredQuestionRow.__table__.c.keys())
    assert columns == {field.name for field in fields(UnansweredQuestion)} | {"reference"}
    [row] = await run_raw(url, "SELECT * FROM unanswered_questions")
    assert ":" not in str(row.asked_on)
    assert len(row.reference) == 32
    assert row.text != ODD_TEXT.encode("utf-8", "surrogatepass")
