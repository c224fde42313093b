"""Chats, looking at cases and downloads stand in the log, too."""

from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.cases import CaseMessage
from bot.domain.languages import Language
from bot.domain.staff import Role
from tests.console.case.conftest import file_case
from tests.console.chats.test_chats import SECRET, meet_person
from tests.console.conftest import Desk
from tests.console.log.test_accounts import entries
from tests.console.log.test_log import fill, tamper


async def seen(desk: Desk) -> list[LogEntry]:
    return [entry for entry in await entries(desk) if entry.event is CaseEvent.CASE_READ]


async def test_a_chat_from_hand_to_hand(desk: Desk) -> None:
    zoe, yan, auditor = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD), await desk.meet(Role.AUDITOR, cities=())
    _, chat = await meet_person(desk)
    await zoe.post(f"/chats/{chat}/take", holder="")
    await zoe.post(f"/chats/{chat}/hand-on", holder=zoe.member.id, to=yan.member.id)
    assert (await zoe.post(f"/chats/{chat}/end")).status == 409
    await yan.post(f"/chats/{chat}/end")
    log = await entries(desk)
    assert [(entry.case, entry.event, entry.actor, entry.details) for entry in log] == [
        ("", "chat-taken", zoe.member.id, {"chat": chat}),
        ("", "chat-handed-on", zoe.member.id, {"chat": chat, "to": yan.member.id}),
        ("", "chat-ended", yan.member.id, {"chat": chat}),
    ]
    page = await auditor.read("/log")
    for words in ("Gespräch weitergegeben", f"Gespräch {chat}", yan.member.name):
        assert words in page
    assert SECRET not in str(log)


async def test_opening_a_case_is_logged_once_a_day_for_each(desk: Desk) -> None:
    case = await file_case(desk)
    zoe, yan = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    for browser in (zoe, zoe, yan, zoe):
        page = await browser.read(f"/cases/{case.number}")
        assert "Fall geöffnet" not in page
        await browser.read(f"/cases/{case.number}/visitors?version=0")
    assert [(entry.case, entry.actor) for entry in await seen(desk)] == [(case.number, zoe.member.id), (case.number, yan.member.id)]
    desk.world.clock.pass_time(days=1)
    tomorrow = await desk.meet(Role.LEAD)
    await tomorrow.read(f"/cases/{case.number}")
    assert len(await seen(desk)) == 3
    assert (await tomorrow.get("/cases/W-NONE")).status == 404
    assert len(await seen(desk)) == 3


async def test_who_only_looks_has_not_answered_yet(desk: Desk) -> None:
    case, zoe = await file_case(desk), await desk.meet(Role.CASEWORKER)
    message = CaseMessage(case=case.number, author="person", language=Language("de"), written_at=desk.world.clock(), text="Noch etwas.")
    async with desk.database.unit_of_work() as work:
        await work.cases.add_message(message)
        await work.commit()
    desk.world.clock.pass_time(minutes=1)
    await zoe.read(f"/cases/{case.number}")
    assert "Neue Nachricht" in await zoe.read("/cases")


async def test_downloads(desk: Desk) -> None:
    lead, auditor = await desk.meet(Role.LEAD), await desk.meet(Role.AUDITOR, cities=())
    assert (await lead.get("/records/journal.csv")).status == 200
    assert (await auditor.get("/log/export.csv?event=opened")).status == 200
    assert [(entry.event, entry.actor, entry.details) for entry in await entries(desk)] == [
        ("downloaded", lead.member.id, {"file": "journal"}),
        ("downloaded", auditor.member.id, {"file": "log"}),
    ]
    assert "Löschjournal" in await auditor.read("/log?event=downloaded")


async def test_a_log_without_its_end_takes_no_entries_but_can_be_saved(desk: Desk) -> None:
    lead, auditor = await desk.meet(Role.LEAD), await desk.meet(Role.AUDITOR, cities=())
    await fill(desk, 3)
    tamper(desk, "DELETE FROM case_log_head")
    assert len((await (await auditor.get("/log/export.csv")).text()).splitlines()) == 4
    assert (await lead.get("/records/journal.csv")).status == 503
