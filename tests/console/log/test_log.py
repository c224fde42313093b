"""The auditor reads the log, and finds what somebody did to it."""

import csv
import io
import json
import re
import sqlite3

import pytest

from bot.domain.case_log import CaseEvent, LogEntry, chain
from bot.domain.staff import Role
from tests.console.conftest import DRESDEN, Browser, Desk

EVENTS = (CaseEvent.OPENED, CaseEvent.ASSIGNED, CaseEvent.STATUS_CHANGED, CaseEvent.NOTE_ADDED, CaseEvent.CONTACT_READ)
DETAILS = {
    CaseEvent.OPENED: {"channel": "web", "status": "new"},
    CaseEvent.STATUS_CHANGED: {"from": "new", "to": "acknowledged"},
    CaseEvent.CONTACT_READ: {"reason": "call-back"},
}

REST = "at, details, previous_hash, hash FROM case_log WHERE position = 3"
RENUMBERED = "UPDATE case_log SET position = position - 1 WHERE position > 7"


async def fill(desk: Desk, entries: int, actor: str = "person") -> None:
    """Some entries of a few cases."""
    async with desk.database.unit_of_work() as work:
        for place in range(entries):
            event = EVENTS[place % len(EVENTS)]
            details = {"to": actor} if event is CaseEvent.ASSIGNED else DETAILS.get(event, {})
            entry = LogEntry(case=f"W-{place % 3}", event=event, actor=actor, at=desk.world.clock(), details=details)
            await work.case_log.append(entry)
        await work.commit()


def tamper(desk: Desk, *statements: str) -> None:
    """What somebody can do who has the database file: take the triggers away, and then anything."""
    file = desk.database._engine.url.database
    with sqlite3.connect(file) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


async def verify(auditor: Browser) -> str:
    """What the check says, as text."""
    response = await auditor.post("/log/verify")
    assert response.status == 200
    page = await response.text()
    notice = page.partition('<section class="notice')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", notice))


async def test_shows_the_newest_first_page_by_page(desk: Desk) -> None:
    auditor = await desk.meet(Role.AUDITOR, cities=())
    await fill(desk, 120)
    seen, path = [], "/log"
    while path:
        page = await auditor.read(path)
        seen += [int(number) for number in re.findall(r'<td class="number"[^>]*>(\d+)</td>', page)]
        older = re.search(r'rel="next" href="/console([^"]+)"', page)
        path = older.group(1) if older else ""
    assert seen == list(range(120, 0, -1))


async def test_tells_who_did_what_without_links_to_cases(desk: Desk) -> None:
    auditor, lead = await desk.meet(Role.AUDITOR, cities=()), await desk.meet(Role.LEAD)
    await fill(desk, 5, lead.member.id)
    await fill(desk, 1)
    page = await auditor.read("/log")
    for words in (lead.member.name, "Person", "Web-Chat", "Neu → Bestätigt", "W-2"):
        assert words in page
    assert "/console/cases" not in page
    assert "code." not in page
    assert (await auditor.get("/cases/W-2")).status == 403


async def test_no_code_is_shown_raw(desk: Desk) -> None:
    auditor = await desk.meet(Role.AUDITOR, cities=())
    details = {
        CaseEvent.OPENED: {"channel": "phone", "status": "new", "consent": "orally"},
        CaseEvent.MESSAGE_TO_PERSON: {"way": "code", "language": "ar", "template": "free"},
        CaseEvent.ATTACHMENT_ADDED: {"type": "application/pdf"},
    }
    async with desk.database.unit_of_work() as work:
        for event, each in details.items():
            await work.case_log.append(LogEntry(case="W-1", event=event, actor="person", at=desk.world.clock(), details=each))
        await work.commit()
    page = await auditor.read("/log")
    for words in ("Telefon; Neu; Mündlich", "wartet auf den Code der Person; Arabisch; Eigener Text", "PDF"):
        assert words in page
    assert "application/pdf" not in page


async def test_filters(desk: Desk) -> None:
    auditor, lead = await desk.meet(Role.AUDITOR, cities=()), await desk.meet(Role.LEAD)
    await fill(desk, 10)
    desk.world.clock.pass_time(days=2)
    auditor = await desk.meet(Role.AUDITOR, cities=())
    await fill(desk, 5, lead.member.id)

    async def shown(query: str) -> int:
        return (await auditor.read(f"/log?{query}")).count('<td class="number"')

    assert await shown("event=assigned") == 3
    assert await shown("actor=person") == 10
    assert await shown(f"actor={lead.member.id}") == 5
    assert await shown("case=w-0") == 6
    assert await shown("since=2026-11-22") == 5
    assert await shown("until=2026-11-20") == 10
    assert await shown("since=2026-11-20&until=2026-11-22&actor=person&event=opened") == 2
    for odd in (
        "below=x",
        "below=99999999999999999999",
        "since=9999-12-31",
        "until=9999-12-31",
        "event=odd",
        "since=0001-01-01",
    ):
        assert (await auditor.get(f"/log?{odd}")).status == 200, odd


async def test_a_whole_chain_is_told(desk: Desk) -> None:
    auditor = await desk.meet(Role.AUDITOR, cities=())
    assert "lückenlos" in await verify(auditor)
    await fill(desk, 1203)
    told = await verify(auditor)
    assert "lückenlos" in told
    assert "1.203 Einträge" in told
    assert auditor.member.name in told


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE case_log SET actor = 'x' WHERE position = 7"], "Eintrag 7 wurde verändert"),
        (["UPDATE case_log SET details = '{\"to\": \"x\"}' WHERE position = 20"], "Eintrag 20 wurde verändert"),
        (["UPDATE case_log SET at = 'gestern' WHERE position = 7"], "Eintrag 7 wurde verändert"),
        (["UPDATE case_log SET event = 'nothing' WHERE position = 7"], "Eintrag 7 wurde verändert"),
        (["UPDATE case_log SET details = 'no json' WHERE position = 7"], "Eintrag 7 wurde verändert"),
        (["DELETE FROM case_log WHERE position = 7"], "Ab Eintrag 7 fehlt"),
        (["DELETE FROM case_log WHERE position IN (7, 8)"], "Ab Eintrag 7 fehlt"),
        (["DELETE FROM case_log WHERE position > 23"], "Ab Eintrag 24 fehlt"),
        (["DELETE FROM case_log"], "Ab Eintrag 1 fehlt"),
        (["DELETE FROM case_log WHERE position = 7", RENUMBERED], "Ab Eintrag 7 fehlt"),
        (
            [
                "UPDATE case_log SET position = -position - 1 WHERE position >= 7",
                "UPDATE case_log SET position = -position WHERE position < 0",
                "INSERT INTO case_log SELECT 7, case_number, event, 'x', " + REST,
            ],
            "Eintrag 7 wurde nachträglich eingefügt",
        ),
        (
            ["INSERT INTO case_log SELECT 26, case_number, event, actor, " + REST],
            "Eintrag 26 wurde nachträglich eingefügt",
        ),
        (["INSERT INTO case_log SELECT 0, case_number, event, actor, " + REST], "Eintrag 0 wurde nachträglich eingefügt"),
        (["UPDATE case_log_head SET hash = 'x'"], "Eintrag 25 wurde verändert"),
        (["DELETE FROM case_log_head"], "Vermerk über das Ende der Kette fehlt"),
    ],
)  # fmt: skip
async def test_a_planted_break_is_found_with_its_place_and_kind(desk: Desk, statements: list[str], words: str) -> None:
    auditor = await desk.meet(Role.AUDITOR, cities=())
    await fill(desk, 25)
    tamper(desk, *statements)
    told = await verify(auditor)
    assert "unterbrochen" in told
    assert words in told
    assert (await auditor.get("/log")).status == 200
    assert (await auditor.get("/log?below=12")).status == 200
    assert (await auditor.get("/log/export.csv")).status == 200


async def test_one_who_knows_how_to_hash_is_found_too(desk: Desk) -> None:
    auditor = await desk.meet(Role.AUDITOR, cities=())
    await fill(desk, 9)
    async with desk.database.unit_of_work() as work:
        entries = [entry async for entry in work.case_log.entries()]
    fourth = entries[3]
    forged = chain(fourth.previous_hash, 4, LogEntry(case="W-9", event=fourth.entry.event, actor="x", at=fourth.entry.at, details={}))
    tamper(desk, f"UPDATE case_log SET case_number = 'W-9', actor = 'x', details = '{{}}', hash = '{forged.hash}' WHERE position = 4")  # noqa: S608  # planted on purpose
    assert "Eintrag 4 wurde verändert" in await verify(auditor)


async def test_the_file_holds_what_is_needed_to_check_it_elsewhere(desk: Desk) -> None:
    auditor, lead = await desk.meet(Role.AUDITOR, cities=()), await desk.meet(Role.LEAD, cities=(DRESDEN,))
    await fill(desk, 1100, lead.member.id)
    response = await auditor.get("/log/export.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="log-2026-11-20.csv"'
    assert response.headers["Cache-Control"] == "no-store"
    text = await response.text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["position"]) for row in rows] == list(range(1101, 0, -1))
    assert (rows[0]["event"], rows[0]["actor"], rows[0]["case"]) == ("downloaded", auditor.member.id, "")
    assert rows[-1] | {"hash": ""} == {
        "position": "1", "at": "2026-11-20T09:30:00+00:00", "event": "opened", "case": "W-0", "actor": lead.member.id,
        "details": json.dumps(DETAILS[CaseEvent.OPENED]), "previous_hash": "0" * 64, "hash": "",
    }  # fmt: skip
    assert lead.member.name not in text
    assert len((await (await auditor.get("/log/export.csv?event=opened&case=W-0")).text()).splitlines()) == 1 + 74
