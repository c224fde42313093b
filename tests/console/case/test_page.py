"""The page of a case: what it shows, to whom, and who else looks at it."""

from bot.console.entrance import COOKIE, POLL
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseMessage, CaseNumber
from bot.domain.languages import GERMAN
from bot.domain.staff import Role
from tests.console.case.conftest import CONTACT, NUMBER, STORY, file_case, read_stored
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk

PAGE = f"/cases/{NUMBER}"


async def poll(browser: Browser, version: int) -> tuple[int, str]:
    """What the open page asks for by itself."""
    headers = {"Cookie": f"{COOKIE}={browser.token}", POLL: "1", "HX-Request": "true"}
    response = await browser.client.get(f"/console{PAGE}/visitors?version={version}", headers=headers, allow_redirects=False)
    return response.status, await response.text()


async def test_it_shows_what_the_person_said_and_what_is_due(desk: Desk, case: Case) -> None:
    page = await (await desk.meet(Role.CASEWORKER)).read(PAGE)
    assert f"<h1>Fall {NUMBER}</h1>" in page
    assert STORY[:-1] in page, "half a character at the end does not break the page"
    for words in ("beim Besichtigungstermin", "zu Beginn der Herbstferien", "Maklerbüro", "<dd>12.10.2026</dd>", "Arabisch"):
        assert words in page, words
    assert 'dir="auto" lang="ar"' in page
    for words in ("Eingang bestätigen", "27.11.2026", "noch 7 Tage", "12.12.2026", "§ 21", "Halle", "Noch niemand zuständig", "Web-Chat"):
        assert words in page, words
    assert CONTACT not in page


async def test_what_is_overdue_stands_at_the_top(desk: Desk, case: Case) -> None:
    desk.world.clock.pass_time(days=8)
    page = await (await desk.meet(Role.CASEWORKER)).read(PAGE)
    assert "Überfällig: Eingang bestätigen" in page
    assert "seit 1 Tag überfällig" in page


async def test_another_city_is_no_city(desk: Desk, case: Case) -> None:
    lost = await file_case(desk, None, CaseNumber("W-0000-LOST"))
    stranger, caseworker, lead = [
        await desk.meet(role, cities=cities)
        for role, cities in ((Role.LEAD, (DRESDEN,)), (Role.CASEWORKER, (HALLE,)), (Role.LEAD, (HALLE,)))
    ]
    for path in (PAGE, f"{PAGE}/visitors", f"{PAGE}/codes", "/cases/nothing", "/cases/nothing/visitors", "/cases/nothing/codes"):
        assert (await stranger.get(path)).status == 404, path
    forms = {
        "records": {"kind": "note", "note_text": "x"},
        "assessment": {},
        "codes": {},
        "contact": {"contact_reason": "urgent"},
        "attachments": {},
    }
    for path in (*forms, "attachments/none", "attachments/none/delete"):
        assert (await stranger.post(f"{PAGE}/{path}", version="0", **forms.get(path, {}))).status in (404, 422), path
    assert [entry.event for entry in (await read_stored(desk))[1]] == [CaseEvent.OPENED]
    assert (await caseworker.get(f"/cases/{lost.number}")).status == 404
    assert "Noch keine Stadt" in await lead.read(f"/cases/{lost.number}")


async def test_the_timeline_tells_everything_once_and_by_name(desk: Desk, case: Case) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    async with desk.database.unit_of_work() as work:
        message = CaseMessage(case=NUMBER, author="person", language=GERMAN, written_at=desk.world.clock(), text="Ich habe noch ein Foto.")
        await work.cases.add_message(message)
        await work.commit()
    desk.world.clock.pass_time(minutes=5)
    await somebody.post(f"{PAGE}/records", version="0", kind="note", note_text="Zuerst anrufen.")
    desk.world.clock.pass_time(minutes=5)
    await somebody.post(f"{PAGE}/codes", **codes_of(case, version="1", form="crime", grounds=["agg.religion"]))
    page = await somebody.read(PAGE)
    timeline = page[page.index('id="timeline"') : page.index('id="records"')]
    order = ["Meldung eingegangen", "Ich habe noch ein Foto.", "Zuerst anrufen.", "Angaben berichtigt"]
    assert sorted(order, key=timeline.index) == order
    assert timeline.count("Notiz") == 1
    assert "Form der Diskriminierung: " in timeline
    assert " → Straftat" in timeline
    assert somebody.member
    assert somebody.member.name in timeline
    assert "Die meldende Person" in timeline


async def test_the_second_one_on_a_case_is_told(desk: Desk, case: Case) -> None:
    first, second = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    assert first.member
    assert second.member
    assert "Auch geöffnet" not in await first.read(PAGE)
    assert f"Auch geöffnet bei: {first.member.name}" in await second.read(PAGE)
    assert second.member.name in (await poll(first, 0))[1]
    assert "inzwischen geändert" not in (await poll(first, 0))[1]
    await second.post(f"{PAGE}/assessment", version="0", assessment_text="Begründet.")
    assert "inzwischen geändert" in (await poll(first, 0))[1]
    desk.world.clock.pass_time(seconds=61)
    assert second.member.name not in (await poll(first, 1))[1]


async def test_an_open_page_does_not_keep_a_session_alive_and_says_when_it_has_ended(desk: Desk, case: Case) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    for _ in range(3):
        desk.world.clock.pass_time(minutes=9)
        assert (await poll(somebody, 0))[0] == 200
    desk.world.clock.pass_time(minutes=9)
    status, words = await poll(somebody, 0)
    assert status == 286
    assert "Ihre Sitzung ist beendet" in words


async def test_an_erased_case_shows_codes_and_dates_only(desk: Desk, case: Case) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    await somebody.post(f"{PAGE}/records", version="0", kind="note", note_text="Zuerst anrufen.")
    async with desk.database.unit_of_work() as work:
        await work.cases.erase(NUMBER, desk.world.clock())
        await work.commit()
    page = await somebody.read(PAGE)
    assert "Die Inhalte dieses Falls wurden am 20.11.2026 gelöscht" in page
    assert "Ethnische Herkunft" in page or "Herkunft" in page
    for gone in (STORY[:-1], "Maklerbüro", "Herbstferien", "Zuerst anrufen", "12.10.2026", "<textarea", "/contact"):
        assert gone not in page, gone
    assert (await somebody.get(f"{PAGE}/codes")).status == 404
    refused = await somebody.post(f"{PAGE}/records", version="1", kind="note", note_text="Zu spät.")
    assert refused.status == 409
    assert "gelöscht" in await refused.text()


async def test_the_page_speaks_english_too(desk: Desk, case: Case) -> None:
    page = await (await desk.meet(Role.CASEWORKER)).read(f"{PAGE}?language=en")
    for words in (f"Case {NUMBER}", "What the person says", "7 days left", "Arabic", "Ground"):
        assert words in page, words


def codes_of(case: Case, **changes: object) -> dict[str, object]:
    """The form for the codes as the page would send it."""
    names = "kind reporter form wish frame gender age_band evidence witnesses body own_administration outcome"
    return {
        **{name: getattr(case, name) for name in names.split()},
        "municipality": case.municipality or "",
        "area": f"{case.area}.{case.area_detail}",
        "grounds": list(case.grounds),
        "since": "2026-10-12",
        "until": "2026-10-12",
        "precision": "day",
        **changes,
    }
