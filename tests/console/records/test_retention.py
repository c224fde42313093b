"""Leads see what would be erased, erase exactly that, and hold what must stay."""

import re

from bot.domain.case_log import CaseEvent
from bot.domain.cases import CaseNumber
from bot.domain.staff import Role
from bot.services.desk.records.preview_retention import preview_retention
from bot.services.desk.records.run_retention import run_retention
from tests.console.case.conftest import file_case, read_stored
from tests.console.conftest import DRESDEN, Browser, Desk
from tests.console.records.conftest import file_closed


async def preview(lead: Browser) -> tuple[list[str], str]:
    """The numbers that are due, and the fingerprint of the list."""
    page = await lead.read("/records")
    due = page.partition('aria-labelledby="held-title"')[0]
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', due)
    return re.findall(r"data-row>([^<]+)<", due), fingerprint.group(1) if fingerprint else ""


async def is_erased(desk: Desk, number: str) -> bool:
    """Whether only the tombstone is left."""
    case, _ = await read_stored(desk, CaseNumber(number))
    return case.erased_at is not None and case.statement is None


async def test_what_was_shown_is_erased_and_nothing_else(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    await file_closed(desk, "W-OLD1")
    await file_closed(desk, "W-OLD2", None)
    await file_closed(desk, "W-HELD", on_hold=True)
    await file_closed(desk, "W-DRESDEN", DRESDEN)
    await file_case(desk, number=CaseNumber("W-NEW"))
    due, fingerprint = await preview(lead)
    assert due == ["W-OLD1", "W-OLD2"]
    assert not await is_erased(desk, "W-OLD1")
    response = await lead.post("/records/run", fingerprint=fingerprint, checked="yes")
    assert response.headers["Location"] == "/console/records?done=records-erased"
    assert [await is_erased(desk, number) for number in due] == [True, True]
    assert [await is_erased(desk, number) for number in ("W-HELD", "W-DRESDEN", "W-NEW")] == [False] * 3
    _, log = await read_stored(desk, CaseNumber("W-OLD1"))
    assert (log[-1].event, log[-1].actor) == (CaseEvent.ERASED, lead.member.id)
    assert log[-1].details == {"cause": "retention", "rule": "closed"}
    assert await preview(lead) == ([], "")


async def test_nothing_is_erased_without_a_look_at_the_list(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    await file_closed(desk, "W-OLD")
    _, fingerprint = await preview(lead)
    unticked = await lead.post("/records/run", fingerprint=fingerprint)
    assert unticked.status == 422
    assert "Bitte bestätigen Sie" in await unticked.text()
    for wrong in ("", "0" * 64):
        assert (await lead.post("/records/run", fingerprint=wrong, checked="yes")).status == 409
    await file_closed(desk, "W-OLD2")
    assert (await lead.post("/records/run", fingerprint=fingerprint, checked="yes")).status == 409
    assert not await is_erased(desk, "W-OLD")


async def test_a_case_that_changed_after_the_preview_stays(desk: Desk, monkeypatch) -> None:
    await file_closed(desk, "W-OLD")
    lead = await desk.meet(Role.LEAD)

    async def preview_then_hold(*asked):
        seen = await preview_retention(*asked)
        case, _ = await read_stored(desk, CaseNumber("W-OLD"))
        assert (await lead.post("/cases/W-OLD/hold", version=case.version, action="hold", hold_reason="court")).status == 303
        return seen

    monkeypatch.setattr("bot.services.desk.records.run_retention.preview_retention", preview_then_hold)
    assert await run_retention(None, "system", desk.world.ports) == 0
    assert not await is_erased(desk, "W-OLD")


async def test_the_timer_erases_in_every_city_as_the_system(desk: Desk) -> None:
    await file_closed(desk, "W-HALLE")
    await file_closed(desk, "W-DRESDEN", DRESDEN)
    await file_closed(desk, "W-HELD", on_hold=True)
    assert await run_retention(None, "system", desk.world.ports) == 2
    assert await run_retention(None, "system", desk.world.ports) == 0
    _, log = await read_stored(desk, CaseNumber("W-DRESDEN"))
    assert (log[-1].event, log[-1].actor) == (CaseEvent.ERASED, "system")


async def test_sleeping_cases_are_shown_and_stay(desk: Desk) -> None:
    await file_case(desk)
    desk.world.clock.pass_time(days=400)
    lead = await desk.meet(Role.LEAD)
    page = await lead.read("/records")
    assert "W-4711-ABCD" in page.partition('id="dormant-title"')[2]
    assert (await preview(lead))[0] == []


async def test_hold_and_release(desk: Desk) -> None:
    lead, caseworker = await desk.meet(Role.LEAD), await desk.meet(Role.CASEWORKER)
    case = await file_closed(desk, "W-OLD")
    path = f"/cases/{case.number}"
    assert "Wird nach dem 31.12.2024 gelöscht" in await lead.read(path)
    assert 'id="hold"' not in await caseworker.read(path)
    assert (await caseworker.post(f"{path}/hold", version=0, action="hold", hold_reason="court")).status == 403
    assert (await lead.post(f"{path}/hold", version=0, action="hold", hold_reason="whatever")).status == 422
    assert (await lead.post(f"{path}/hold", version=0, action="hold", hold_reason="court")).headers["Location"].endswith("done=hold-set")
    page = await lead.read(path)
    assert "Gerichtsverfahren" in page
    assert (await lead.post(f"{path}/hold", version=0, action="release")).status == 409
    assert (await preview(lead))[0] == []
    assert (await lead.post(f"{path}/hold", version=1, action="release")).status == 303
    assert (await preview(lead))[0] == ["W-OLD"]
    _, log = await read_stored(desk, case.number)
    assert [entry.event for entry in log[1:] if entry.event is not CaseEvent.CASE_READ] == [CaseEvent.HOLD_SET, CaseEvent.HOLD_RELEASED]


async def test_another_city_is_not_there(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD, cities=(DRESDEN,))
    await file_closed(desk, "W-OLD")
    assert (await preview(lead))[0] == []
    for path in ("/cases/W-OLD/hold", "/cases/W-OLD/export"):
        assert (await lead.post(path, version=0, action="hold", hold_reason="court")).status == 404
    assert "W-OLD" not in await lead.read("/records/journal")
