"""What was erased stays erased, also when a backup brings it back."""

import sqlite3
from datetime import date

import pytest

from bot.adapters.database.database import Database
from bot.domain.case_log import CaseEvent
from bot.domain.cases import CaseNumber
from bot.domain.errors import NotReadableError
from bot.domain.staff import Role
from bot.services.desk.records.read_erasures import read_erasures, read_journal
from bot.services.desk.records.run_retention import run_retention
from bot.services.desk.records.stored_records import Erasure
from bot.services.desk.records.verify_log import verify_log
from bot.services.replay_erasures import Replayed, replay_erasures
from tests.console.conftest import DRESDEN, Desk
from tests.console.records.conftest import file_closed
from tests.fakes.world import CIPHER


async def test_the_journal_is_shown_and_saved_behind_the_wall(desk: Desk) -> None:
    await file_closed(desk, "W-HALLE")
    await file_closed(desk, "W-DRESDEN", DRESDEN)
    await run_retention(None, "system", desk.world.ports)
    lead = await desk.meet(Role.LEAD)
    page = await lead.read("/records/journal")
    assert "W-HALLE" in page
    assert "W-DRESDEN" not in page
    response = await lead.get("/records/journal.csv")
    assert await response.text() == "case_number,erased_on\r\nW-HALLE,2026-11-20\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="erasures-2026-11-20.csv"'
    assert len(await read_erasures(None, desk.database.unit_of_work)) == 2


async def test_a_restored_case_is_erased_again(desk: Desk, tmp_path) -> None:
    await file_closed(desk, "W-OLD")
    await file_closed(desk, "W-KEPT", on_hold=True)
    backup = copy_of(desk, tmp_path / "backup.db")
    await run_retention(None, "system", desk.world.ports)
    journal = (*await read_erasures(None, desk.database.unit_of_work), Erasure(number=CaseNumber("W-LATER"), day=date(2026, 11, 1)))
    restored = Database(f"sqlite:///{backup}", CIPHER)
    now = desk.world.clock()
    assert await replay_erasures(journal, restored.unit_of_work, now) == Replayed(named=2, erased=1)
    assert await replay_erasures(journal, restored.unit_of_work, now) == Replayed(named=2, erased=0)
    async with restored.unit_of_work() as work:
        erased, kept = await work.cases.get(CaseNumber("W-OLD")), await work.cases.get(CaseNumber("W-KEPT"))
        log = await work.case_log.of(CaseNumber("W-OLD"))
    assert (erased.statement, erased.contact, erased.erased_at and erased.erased_at.date()) == (None, None, date(2026, 11, 20))
    assert kept.statement is not None
    assert [(entry.event, entry.actor) for entry in log[1:]] == [(CaseEvent.ERASED, "system")]
    assert set(await read_erasures(None, restored.unit_of_work)) == set(journal)
    assert (await verify_log(restored.unit_of_work)).is_whole
    await restored.close()


def copy_of(desk: Desk, target):
    """A backup of the database, as SQLite makes it."""
    source, copy = sqlite3.connect(desk.database._engine.url.database), sqlite3.connect(target)
    source.backup(copy)
    source.close()
    copy.close()
    return target


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "no erasure journal"), ("number\r\n", "no erasure journal"), ("case_number,erased_on\r\nW-1,yesterday\r\n", "Line 2"),
     ("case_number,erased_on\r\nW-1,2026-11-20\r\nW-2\r\n", "Line 3")],
)  # fmt: skip
def test_a_wrong_journal_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(NotReadableError, match=words):
        read_journal(text)


def test_a_journal_that_went_through_a_spreadsheet_is_read() -> None:
    assert read_journal("\ufeffcase_number,erased_on\n W-1 , 2026-11-20 \n\n") == [
        Erasure(number=CaseNumber("W-1"), day=date(2026, 11, 20))
    ]
