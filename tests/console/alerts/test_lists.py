"""The bell, the list, and who is told when something happens to a case."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.alerts import AlertKind
from bot.domain.cases import CaseNumber
from bot.domain.staff import Role
from bot.services.delete_overdue import delete_overdue
from bot.services.desk.alerts.remind_staff import remind_staff
from tests.console.alerts.samples import add_case, alert
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk


async def kinds(desk: Desk, browser: Browser) -> list[str]:
    """What somebody was told, newest first."""
    async with desk.database.unit_of_work() as work:
        return [each.kind.value for each in await work.alerts.of(browser.member, limit=50)]


async def test_the_bell_counts_and_the_list_tells_without_content(desk: Desk) -> None:
    worker, elsewhere = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD, cities=(DRESDEN,))
    case = await add_case(desk)
    await alert(desk, AlertKind.NEW_CASE, case)
    assert ">1<" in await worker.read("/alerts/count")
    assert (await elsewhere.read("/alerts/count")).strip() == ""
    page = await worker.read("/alerts")
    assert "Neuer Fall in Halle" in page
    assert case.number in page
    assert 'id="alert-count"' in page
    assert "Hausverwaltung" not in page
    assert "Keine Benachrichtigungen" in await elsewhere.read("/alerts")


async def test_what_was_seen_is_no_longer_new(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    for number in ("W-AAAA-0001", "W-AAAA-0002", "W-AAAA-0003"):
        await alert(desk, AlertKind.NEW_CASE, await add_case(desk, number))
    async with desk.database.unit_of_work() as work:
        newest = (await work.alerts.of(worker.member, limit=1))[0]
    assert (await worker.post("/alerts/seen", alert=str(newest.id))).status == 303
    assert ">2<" in await worker.read("/alerts/count")
    await worker.read("/cases/W-AAAA-0001")
    assert ">1<" in await worker.read("/alerts/count")
    await worker.post("/alerts/seen")
    assert (await worker.read("/alerts/count")).strip() == ""
    assert len(await kinds(desk, worker)) == 3


async def test_nobody_sees_or_marks_the_alerts_of_others(desk: Desk) -> None:
    worker, lead = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    await alert(desk, AlertKind.NEW_CASE, await add_case(desk))
    await lead.post("/alerts/seen")
    assert ">1<" in await worker.read("/alerts/count")
    async with desk.database.unit_of_work() as work:
        await work.staff.save(replace(worker.member, municipalities=frozenset({DRESDEN})))
        await work.commit()
    assert (await worker.read("/alerts/count")).strip() == ""
    assert "W-AAAA" not in await worker.read("/alerts")


async def test_the_same_news_is_told_once_until_it_is_seen(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    case = await add_case(desk)
    for _ in range(3):
        await alert(desk, AlertKind.ANSWER, case)
        await alert(desk, AlertKind.CHAT_WAITING, None, municipality=HALLE)
    assert sorted(await kinds(desk, worker)) == ["answer", "chat-waiting"]
    await worker.read(f"/cases/{case.number}")
    desk.world.clock.pass_time(minutes=11)
    await alert(desk, AlertKind.ANSWER, case)
    await alert(desk, AlertKind.CHAT_WAITING, None, municipality=HALLE)
    assert sorted(await kinds(desk, worker)) == ["answer", "answer", "chat-waiting", "chat-waiting"]


async def test_reminders_come_once_per_case_and_day(desk: Desk) -> None:
    worker, lead = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    now = desk.world.clock()
    days = {"acknowledge_by": now + timedelta(days=2), "feedback_by": now + timedelta(days=91), "deadlines": ()}
    await add_case(desk, assignee=worker.member.id, **days)
    await add_case(desk, "W-AAAA-0002", municipality=None, **days)
    assert await remind_staff(desk.ports.bot) == 2
    assert await remind_staff(desk.ports.bot) == 0
    assert await kinds(desk, worker) == ["due"]
    assert await kinds(desk, lead) == ["due"]
    await worker.post("/alerts/seen")
    desk.world.clock.pass_time(days=3)
    assert await remind_staff(desk.ports.bot) == 2
    assert await remind_staff(desk.ports.bot) == 0
    assert await kinds(desk, worker) == ["overdue", "due"]


async def test_assigning_and_proposing_alert_whom_they_concern(desk: Desk) -> None:
    worker, lead = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    case = await add_case(desk)
    assigned = await lead.post(f"/cases/{case.number}/assign", version="0", to=worker.member.id)
    assert assigned.status == 303
    assert (await kinds(desk, worker), await kinds(desk, lead)) == (["assigned"], [])
    proposed = await worker.post(f"/cases/{case.number}/closing", version="1", reason="resolved")
    assert proposed.status == 303
    assert await kinds(desk, lead) == ["closing-proposed"]


async def test_alerts_go_with_the_case_and_with_time(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    first, second = await add_case(desk), await add_case(desk, "W-AAAA-0002")
    await alert(desk, AlertKind.NEW_CASE, first)
    await alert(desk, AlertKind.NEW_CASE, second)
    async with desk.database.unit_of_work() as work:
        await work.cases.erase(CaseNumber(first.number), desk.world.clock())
        await work.commit()
    assert len(await kinds(desk, worker)) == 1
    desk.world.clock.pass_time(days=91)
    assert (await delete_overdue(desk.ports.bot)).alerts == 1


async def test_what_a_page_asks_by_itself_does_not_keep_the_session(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    typing = await desk.meet(Role.CASEWORKER)
    for _ in range(2):
        desk.world.clock.pass_time(minutes=16)
        await desk.client.get("/console/alerts/count", headers={"Cookie": f"__Host-wegweiser-desk={worker.token}", "X-Poll": "1"})
        assert (await typing.get("/alerts/stay")).status == 204
    assert (await worker.get("/alerts")).status == 303
    assert (await typing.get("/alerts")).status == 200
