"""What people wrote never lies in the database in clear, never leaves by a side door, and is gone once it was erased."""

import io
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.health import Health
from bot.domain.case_records import AttachmentInfo, CaseRecord, RecordKind
from bot.domain.cases import Case, CaseMessage, CaseNumber, Statement
from bot.domain.handovers import Handover, HandoverId, HandoverMessage
from bot.domain.messages import Channel, ConversationId
from bot.domain.questions import QuestionKind, UnansweredQuestion
from bot.domain.report_form import Incident
from bot.domain.staff import Role
from bot.services.ports import OutgoingMessage
from tests.adapters.database.samples import make_outgoing
from tests.console.case.conftest import file_case
from tests.console.conftest import HALLE, Browser, Desk
from tests.fakes.person import Person
from tests.services.test_reporting import STORY, file

OF_A_CASE = (
    "story",
    "when",
    "place",
    "note-on-area",
    "contact",
    "assessment",
    "to-them",
    "german",
    "from-them",
    "record",
    "file-name",
    "content",
)
OF_OTHERS = ("handover-address", "handover-said", "question", "outgoing", "staff-name", "staff-email")


def canary(name: str) -> str:
    """A word that nobody else uses."""
    return f"Kanarienvogel-{name}"


CANARIES = tuple(map(canary, (*OF_A_CASE, *OF_OTHERS)))


async def meet_canaries(desk: Desk) -> tuple[Case, Browser]:
    """A case, a chat and a member of staff with a canary wherever somebody can write."""
    lead = await desk.meet(Role.LEAD, name=canary("staff-name"), email=f"{canary('staff-email')}@stadt.example")
    statement = Statement(story=canary("story"), place=canary("place"), when=canary("when"), notes={"area": canary("note-on-area")})
    case = await file_case(desk, assessment=canary("assessment"))
    case = replace(
        case, number=CaseNumber("W-CANA-RY00"), statement=statement, contact=canary("contact"), incident=Incident(words=canary("when"))
    )
    async with desk.database.unit_of_work() as work:
        await work.cases.add(case, "receipt", ConversationId("c" * 64))
        await work.commit()
    await add_work(desk, case, lead)
    return case, lead


async def add_work(desk: Desk, case: Case, lead: Browser) -> None:
    """What staff and the person add to a case."""
    now, staff = desk.world.clock(), lead.member.id
    to_them = CaseMessage(
        case=case.number,
        author="office",
        language=case.language,
        written_at=now,
        text=canary("to-them"),
        staff=staff,
        german=canary("german"),
    )
    from_them = CaseMessage(case=case.number, author="person", language=case.language, written_at=now, text=canary("from-them"))
    info = AttachmentInfo(
        reference="r", case=case.number, name=canary("file-name"), media_type="image/png", size_bytes=9, staff=staff, added_at=now
    )
    async with desk.database.unit_of_work() as work:
        await work.cases.add_message(to_them)
        await work.cases.add_message(from_them)
        await work.case_records.add(CaseRecord(case=case.number, kind=RecordKind.NOTE, staff=staff, written_at=now, text=canary("record")))
        await work.case_attachments.add(info, canary("content").encode())
        await work.case_visits.note(case.number, staff, now)
        await work.commit()


async def add_others(desk: Desk, chat: ConversationId) -> None:
    """A chat with a human, a question nobody could answer, and a message on its way."""
    now = desk.world.clock()
    handover = Handover(
        reference=HandoverId("h"), conversation=chat, channel=Channel.WEB, address=canary("handover-address"), language="de",
        municipality=HALLE, opened_at=now, touched_at=now,
    )  # fmt: skip
    question = UnansweredQuestion(
        kind=QuestionKind.UNANSWERED, text=canary("question"), language="de", municipality=HALLE, entries=(), asked_on=now.date()
    )
    outgoing: OutgoingMessage = make_outgoing(canary("outgoing"), chat=chat, channel=Channel.WEB)
    async with desk.database.unit_of_work() as work:
        await work.handovers.add(handover)
        await work.handovers.add_message(
            HandoverMessage(handover=HandoverId("h"), author="person", written_at=now, text=canary("handover-said"))
        )
        await work.unanswered_questions.add(question)
        await work.outbox.add(outgoing, now)
        await work.commit()


def file_of(desk: Desk) -> Path:
    """The database file."""
    return Path(desk.database._engine.url.database)


def raw(desk: Desk) -> bytes:
    """The database as it lies on the disk, write-ahead log included."""
    return b"".join(path.read_bytes() for path in file_of(desk).parent.glob(f"{file_of(desk).name}*"))


def birds_in(content: bytes) -> list[str]:
    """The canaries that can be seen."""
    return [each for each in CANARIES if each.encode() in content]


async def test_nothing_lies_in_clear_or_gets_out(desk: Desk, capfd, caplog) -> None:
    case, lead = await meet_canaries(desk)
    await add_others(desk, ConversationId("d" * 64))
    page = await lead.read(f"/cases/{case.number}")
    assert canary("story") in page
    assert not birds_in(page.partition("<title>")[2].partition("</title>")[0].encode())
    assert canary("contact") in await (await lead.post(f"/cases/{case.number}/contact", contact_reason="urgent")).text()
    archive = await lead.post(f"/cases/{case.number}/export")
    unpacked = unzip(await archive.read())
    assert sorted(birds_in(unpacked)) == sorted(map(canary, OF_A_CASE))
    assert (await lead.post(f"/cases/{case.number}/hold", version=0, action="hold", hold_reason="court")).status == 303
    assert birds_in(raw(desk)) == []
    for content in await side_doors(desk, lead):
        assert birds_in(content) == []
    written = capfd.readouterr()
    assert birds_in(f"{written.out}{written.err}{caplog.text}".encode()) == []


async def side_doors(desk: Desk, lead: Browser) -> list[bytes]:
    """What leaves the house: metrics, the log, the erasure journal, statistics in every form."""
    auditor = await desk.meet(Role.AUDITOR, cities=())
    answers = [await auditor.get("/log/export.csv"), await lead.get("/records/journal.csv"), await lead.get("/statistics?city=halle")]
    answers += [await lead.get(f"/statistics/report.{ending}?city=halle&period=2026") for ending in ("csv", "xlsx", "pdf")]
    assert [answer.status for answer in answers] == [200] * 6
    contents = [await answer.read() for answer in answers]
    statistics, xlsx, pdf = contents[2], contents[4], contents[5]
    contents[2] = statistics.replace(lead.member.name.encode(), b"")  # whose page it is stands above it
    return [*contents, unzip(xlsx), read_pdf(pdf), await metrics(desk)]


def unzip(content: bytes) -> bytes:
    """Everything in an archive, names included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(part for name in archive.namelist() for part in (name.encode(), archive.read(name)))


def read_pdf(content: bytes) -> bytes:
    """What is drawn on the pages of a PDF, and its metadata."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        drawn = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
        return drawn + str(dict(pdf.docinfo)).encode()


async def metrics(desk: Desk) -> bytes:
    """What Prometheus reads."""

    async def understands() -> bool:
        return True

    app = web.Application()
    Health(ports=desk.world.ports, understands=understands).add_to(app)
    async with TestClient(TestServer(app)) as client:
        return await (await client.get("/metrics")).read()


SEALED = {
    "cases": "key statement contact reply_address assessment",
    "case_messages": "text german",
    "case_records": "text",
    "case_attachments": "name content",
    "handovers": "address",
    "handover_messages": "text",
}


def sealed_values(desk: Desk) -> list[bytes]:
    """Every sealed value of cases and of chats with a human."""
    with sqlite3.connect(file_of(desk)) as connection:
        rows = [row for table, columns in SEALED.items() for row in connection.execute(f"SELECT {columns.replace(' ', ',')} FROM {table}")]  # noqa: S608
    connection.close()
    return [value for row in rows for value in row if value is not None]


def count(desk: Desk, table: str) -> int:
    """How many rows there are."""
    with sqlite3.connect(file_of(desk)) as connection:
        ((found,),) = connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
    connection.close()
    return found


@pytest.fixture
def alex(desk: Desk) -> Person:
    """Somebody in the web chat of the real database."""
    return Person(desk.world, "alex", hint="en")


async def test_what_a_person_deletes_is_gone_from_the_disk(desk: Desk, alex: Person) -> None:
    lead = await desk.meet(Role.LEAD)
    code = await file(alex)
    number = CaseNumber(read_only_number(desk))
    async with desk.database.unit_of_work() as work:
        await add_work(desk, await work.cases.get(number), lead)
    await lead.read(f"/cases/{number}")
    before = sealed_values(desk)
    assert len(before) >= 8
    assert all(value in raw(desk) for value in before)
    assert count(desk, "alerts") > 0
    await alex.commands("status")
    await alex.says(code)
    await alex.sees_and_presses("case:delete", "case:delete-yes")
    for table in ("case_messages", "case_records", "case_attachments", "case_visits", "alerts"):
        assert count(desk, table) == 0, table
    assert sealed_values(desk) == []
    assert [value for value in before if value in raw(desk)] == []
    assert STORY.encode() not in raw(desk)
    assert count(desk, "erasures") == 1


async def test_a_forgotten_chat_takes_its_handover_along(desk: Desk, alex: Person) -> None:
    await alex.says("hello")
    await add_others(desk, alex.chat)
    assert sealed_values(desk)
    before = sealed_values(desk)
    await alex.presses("forget:yes")
    assert (count(desk, "handovers"), count(desk, "handover_messages"), count(desk, "outbox"), count(desk, "conversations")) == (0, 0, 0, 0)
    assert [value for value in before if value in raw(desk)] == []


def read_only_number(desk: Desk) -> str:
    """The number of the only case."""
    with sqlite3.connect(file_of(desk)) as connection:
        ((number,),) = connection.execute("SELECT number FROM cases")
    connection.close()
    return number
