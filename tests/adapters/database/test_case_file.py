"""What staff keeps with a case: sealed with its key, and gone with it."""

from datetime import date, timedelta

import pytest

from bot.adapters.database.database import Database
from bot.domain.case_records import AttachmentInfo, CaseRecord, RecordKind
from bot.domain.cases import CaseNumber
from bot.domain.errors import ConflictError, NotReadableError
from bot.domain.staff import StaffId
from tests.adapters.database.samples import CHAT, NOW, NUMBER, ODD_TEXT, make_case, make_entry, run_raw

ZOE, YAN = StaffId("zoe"), StaffId("yan")
NOTE = CaseRecord(case=NUMBER, kind=RecordKind.NOTE, staff=ZOE, written_at=NOW, text=ODD_TEXT)
REFERRAL = CaseRecord(
    case=NUMBER, kind=RecordKind.REFERRAL, code="lawyer", happened_on=date(2026, 11, 19), staff=YAN, written_at=NOW + timedelta(1), text=""
)
CONTENT = b"\x89PNG kanarienvogel \x00"
PHOTO = AttachmentInfo(
    reference="a" * 32, case=NUMBER, name="Geheimnis ü.png", media_type="image/png", size_bytes=len(CONTENT), staff=ZOE, added_at=NOW
)


async def fill(database: Database) -> None:
    """Store a case with two records and a file, and somebody who looks at it."""
    async with database.unit_of_work() as work:
        await work.cases.add(make_case(), "receipt", CHAT)
        await work.case_records.add(REFERRAL)
        await work.case_records.add(NOTE)
        await work.case_attachments.add(PHOTO, CONTENT)
        await work.case_visits.note(NUMBER, ZOE, NOW)
        await work.commit()


async def test_comes_back_as_it_was_and_is_sealed(database: Database, url: str) -> None:
    await fill(database)
    async with database.unit_of_work() as work:
        assert await work.case_records.of(NUMBER) == [NOTE, REFERRAL]
        assert await work.case_attachments.of(NUMBER) == [PHOTO]
        assert await work.case_attachments.read(NUMBER, PHOTO.reference) == (PHOTO, CONTENT)
    for table in ("case_records", "case_attachments"):
        stored = str(await run_raw(url, f"SELECT * FROM {table}"))  # noqa: S608
        assert "kanarienvogel" not in stored
        assert "Geheimnis" not in stored
        assert "Wörter" not in stored


async def test_a_file_belongs_to_its_case(database: Database) -> None:
    await fill(database)
    other = CaseNumber("another")
    async with database.unit_of_work() as work:
        await work.cases.add(make_case(other), "another receipt", None)
        with pytest.raises(LookupError):
            await work.case_attachments.read(other, PHOTO.reference)
        await work.case_attachments.delete(other, PHOTO.reference)
        assert await work.case_attachments.of(NUMBER) == [PHOTO]
        await work.case_attachments.delete(NUMBER, PHOTO.reference)
        assert await work.case_attachments.of(NUMBER) == []


async def test_nothing_can_be_moved_to_another_place(database: Database, url: str) -> None:
    await fill(database)
    await run_raw(url, "UPDATE case_attachments SET content = name")
    async with database.unit_of_work() as work:
        with pytest.raises(NotReadableError):
            await work.case_attachments.read(NUMBER, PHOTO.reference)


async def test_everything_goes_with_the_case(database: Database, url: str) -> None:
    await fill(database)
    async with database.unit_of_work() as work:
        await work.cases.erase(NUMBER, NOW)
        await work.commit()
    async with database.unit_of_work() as work:
        assert await work.case_records.of(NUMBER) == []
        assert await work.case_attachments.of(NUMBER) == []
        for add in (work.case_records.add(NOTE), work.case_attachments.add(PHOTO, CONTENT)):
            with pytest.raises(ConflictError):
                await add
    for table in ("case_records", "case_attachments", "case_visits"):
        assert await run_raw(url, f"SELECT * FROM {table}") == []  # noqa: S608


async def test_visits_are_seen_until_they_end(database: Database) -> None:
    later = NOW + timedelta(seconds=40)
    async with database.unit_of_work() as work:
        for staff, moment in ((ZOE, NOW), (YAN, NOW), (ZOE, later)):
            await work.case_visits.note(NUMBER, staff, moment)
        await work.case_visits.note(CaseNumber("another"), YAN, later)
        assert await work.case_visits.since(NUMBER, NOW) == [YAN, ZOE]
        assert await work.case_visits.since(NUMBER, later) == [ZOE]
        assert await work.case_visits.delete_before(later) == 1
        assert await work.case_visits.since(NUMBER, NOW) == [ZOE]


async def test_the_log_of_one_case(database: Database) -> None:
    async with database.unit_of_work() as work:
        first, second = make_entry(number="1"), make_entry(number="2")
        for entry in (first, type(first)(**{**first.__dict__, "case": "another"}), second):
            await work.case_log.append(entry)
        assert await work.case_log.of(NUMBER) == [first, second]
