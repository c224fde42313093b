"""A person who asks gets everything that is stored about them, and nobody else does."""

import io
import json
import zipfile
from datetime import date

import pytest

from bot.domain.case_log import CaseEvent
from bot.domain.case_records import AttachmentInfo, CaseRecord, RecordKind
from bot.domain.cases import Case, CaseMessage
from bot.domain.languages import Language
from bot.domain.staff import Role
from tests.console.case.conftest import CONTACT, STORY, file_case, read_stored
from tests.console.conftest import Browser, Desk

PICTURE = b"\x89PNG" + bytes(range(256)) * 400


async def fill(desk: Desk, case: Case, lead: Browser) -> None:
    """Messages, notes and files with a case."""
    now, staff = desk.world.clock(), lead.member.id
    async with desk.database.unit_of_work() as work:
        message = CaseMessage(
            case=case.number, author="office", language=case.language, written_at=now, text="مرحبا", staff=staff, german="Guten Tag"
        )
        await work.cases.add_message(message)
        record = CaseRecord(
            case=case.number,
            kind=RecordKind.INTERVENTION,
            code="letter",
            happened_on=date(2026, 11, 1),
            staff=staff,
            written_at=now,
            text="Brief an das Amt",
        )
        await work.case_records.add(record)
        for reference, name in (("r1", "Foto <1>.png"), ("r2", "Foto <1>.png")):
            info = AttachmentInfo(
                reference=reference, case=case.number, name=name, media_type="image/png", size_bytes=len(PICTURE), staff=staff, added_at=now
            )
            await work.case_attachments.add(info, PICTURE)
        await work.commit()


async def unpack(lead: Browser, case: Case) -> zipfile.ZipFile:
    """The archive that the browser saves."""
    response = await lead.post(f"/cases/{case.number}/export")
    assert response.status == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{case.number}.zip"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    archive = zipfile.ZipFile(io.BytesIO(await response.read()))
    assert archive.testzip() is None
    return archive


async def test_the_archive_holds_everything(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file_case(desk, assessment="Wir glauben ihr.", assignee=lead.member.id)
    await fill(desk, case, lead)
    archive = await unpack(lead, case)
    assert set(archive.namelist()) == {"index.html", "style.css", "data.json", "files/1-Foto 1.png", "files/2-Foto 1.png"}
    assert archive.read("files/2-Foto 1.png") == PICTURE
    page, data = archive.read("index.html").decode(), json.loads(archive.read("data.json"))
    for words in (
        STORY.replace("\ud83d", "?"),
        CONTACT,
        "beim Besichtigungstermin",
        "Maklerbüro",
        "مرحبا",
        "Guten Tag",
        "Brief an das Amt",
        "Wir glauben ihr.",
    ):
        assert words in page, words
        assert words in json.dumps(data, ensure_ascii=False), words
    assert "Ihre Daten zum Fall" in page
    assert "Your data in case" in page
    assert desk.world.words("code.area.housing", "ar") in page
    assert data["case"]["incident"]["since"] == "2026-10-12"
    assert data["case"]["reply_address"] == "4711"
    assert data["attachments"][0]["file"] == "files/1-Foto 1.png"
    assert [(entry["event"], entry["by"]) for entry in data["log"]] == [("opened", "person"), ("exported", "office")]
    assert "code." not in page.replace("style.css", "")
    assert "records.letter" not in page


async def test_no_employee_stands_in_it(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file_case(desk, assignee=lead.member.id)
    await fill(desk, case, lead)
    assert (await lead.post(f"/cases/{case.number}/hold", version=0, action="hold", hold_reason="court")).status == 303
    archive = await unpack(lead, case)
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    for canary in (lead.member.id, lead.member.name, lead.member.email):
        assert canary not in everything


@pytest.mark.parametrize(
    ("language", "heading"), [("de", "Ihre Daten zum Fall"), ("de-simple", "Ihre Daten zum Fall"), ("en", "Your data in case")]
)
async def test_headings_are_in_the_language_of_the_person(desk: Desk, language: str, heading: str) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file_case(desk, language=Language(language))
    page = (await unpack(lead, case)).read("index.html").decode()
    assert f"<h1>{heading}" in page
    assert " · " not in page


async def test_it_is_logged_before_anything_is_sent(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file_case(desk)
    await unpack(lead, case)
    _, log = await read_stored(desk)
    assert (log[-1].event, log[-1].actor) == (CaseEvent.EXPORTED, lead.member.id)


async def test_of_an_erased_case_nothing_is_left_to_hand_over(desk: Desk) -> None:
    lead, caseworker = await desk.meet(Role.LEAD), await desk.meet(Role.CASEWORKER)
    case = await file_case(desk)
    assert (await caseworker.post(f"/cases/{case.number}/export")).status == 403
    async with desk.database.unit_of_work() as work:
        await work.cases.erase(case.number, desk.world.clock())
        await work.commit()
    assert (await lead.post(f"/cases/{case.number}/export")).status == 409
