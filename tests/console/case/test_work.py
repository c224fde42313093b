"""Notes, codes, assessment, contact data and files: stored, logged without words, and never overwriting anybody."""

from io import BytesIO

import pytest
from aiohttp import ClientResponse, FormData
from PIL import Image

from bot.console.entrance import COOKIE
from bot.domain.alerts import AlertKind
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case
from bot.domain.staff import Role
from tests.adapters.attachments.test_cleaner import SECRET, telling_pdf, telling_picture
from tests.console.case.conftest import CONTACT, NUMBER, read_stored
from tests.console.case.test_page import PAGE, codes_of
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk

NOTE = "Zuerst anrufen, dann schreiben."


async def upload(browser: Browser, name: str, content: bytes, version: int = 0) -> ClientResponse:
    """Send a file as the page would."""
    form = FormData({"csrf": browser.csrf, "version": str(version)}, quote_fields=False)
    form.add_field("attachment", BytesIO(content), filename=name, content_type="image/png")
    headers = {"Cookie": f"{COOKIE}={browser.token}", "Sec-Fetch-Site": "same-origin"}
    return await browser.client.post(f"/console{PAGE}/attachments", data=form, headers=headers, allow_redirects=False)


INTERVENTION = {"kind": "intervention", "intervention_code": "letter", "intervention_day": "2026-11-19", "intervention_text": NOTE}
REFERRAL = {"kind": "referral", "referral_code": "lawyer", "referral_day": ""}
RECORDS = [
    ({"kind": "note", "note_text": NOTE}, CaseEvent.NOTE_ADDED, {}),
    (INTERVENTION, CaseEvent.INTERVENTION_ADDED, {"code": "letter"}),
    (REFERRAL, CaseEvent.REFERRAL_ADDED, {"code": "lawyer"}),
]


@pytest.mark.parametrize(("fields", "event", "details"), RECORDS)
async def test_records_are_kept_and_logged(desk: Desk, case: Case, fields: dict, event: CaseEvent, details: dict) -> None:
    somebody, kind = await desk.meet(Role.CASEWORKER), fields["kind"]
    response = await somebody.post(f"{PAGE}/records", version="0", **fields)
    assert response.headers["Location"] == f"/console{PAGE}?done={kind}-added"
    stored, entries = await read_stored(desk)
    assert (stored.version, stored.touched_at) == (1, desk.world.clock())
    assert (entries[-1].event, entries[-1].actor, entries[-1].details) == (event, somebody.member.id, details)
    page = await somebody.read(PAGE)
    assert (NOTE in page) is (kind != "referral")
    assert ("· 19.11.2026 ·" in page) is (kind == "intervention")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "note", "note_text": "  "}, 422),
        ({"kind": "intervention", "intervention_code": "letter", "intervention_day": "2026-11-21"}, 422),
        ({"kind": "intervention", "intervention_code": "letter", "intervention_day": "heute"}, 422),
        ({"kind": "referral", "referral_code": "letter"}, 422),
        ({"kind": "gossip", "note_text": NOTE}, 404),
    ],
)
async def test_records_that_cannot_be_are_refused(desk: Desk, case: Case, fields: dict, status: int) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    assert (await somebody.post(f"{PAGE}/records", version="0", **fields)).status == status
    assert (await read_stored(desk))[0].version == 0


@pytest.mark.parametrize("version", ["0", "", "abc", "-1", "9" * 400])
async def test_the_second_one_overwrites_nothing_and_keeps_what_they_typed(desk: Desk, case: Case, version: str) -> None:
    first, second = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    assert (await first.post(f"{PAGE}/assessment", version="0", assessment_text="Von der Ersten.")).status == 303
    for path, fields in (
        ("assessment", {"assessment_text": "Von der Zweiten."}),
        ("records", {"kind": "note", "note_text": "Von der Zweiten."}),
        ("records", {"kind": "intervention", "intervention_code": "mediation", "intervention_text": "Von der Zweiten."}),
    ):
        response = await second.post(f"{PAGE}/{path}", version=version, **fields)
        page = await response.text()
        assert response.status == 409
        assert "Jemand hat den Fall inzwischen geändert" in page
        assert "Von der Zweiten." in page
        assert "Von der Ersten." in page
        assert 'name="version" value="1"' in page
    stored, entries = await read_stored(desk)
    done = [entry for entry in entries if entry.event is not CaseEvent.CASE_READ]
    assert (stored.assessment, len(done)) == ("Von der Ersten.", 2)
    assert (await second.post(f"{PAGE}/assessment", version="1", assessment_text="Von der Zweiten.")).status == 303
    assert (await read_stored(desk))[0].assessment == "Von der Zweiten."


async def test_codes_are_corrected_with_history_and_new_deadlines(desk: Desk, case: Case) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    form = await somebody.read(f"{PAGE}/codes")
    assert '<option value="housing.search" selected>' in form
    changes = {"area": "work.dismissal", "frame": "agg-work", "grounds": ["agg.age", "agg.gender"], "since": "2026-11-01", "until": ""}
    response = await somebody.post(f"{PAGE}/codes", **codes_of(case, version="0", repeated="yes", **changes))
    assert response.status == 303
    stored, entries = await read_stored(desk)
    assert (stored.area, stored.area_detail, stored.frame) == ("work", "dismissal", "agg-work")
    assert set(stored.grounds) == {"agg.age", "agg.gender"}
    assert stored.incident.repeated
    assert stored.incident.words == case.incident.words
    assert [str(deadline.due) for deadline in stored.deadlines] == ["2027-01-01"]
    assert entries[-1].event is CaseEvent.CODES_CORRECTED
    assert entries[-1].details["area"] == "housing → work"
    assert entries[-1].details["incident"] == "corrected"
    page = await somebody.read(PAGE)
    assert "Lebensbereich: " in page
    assert "AGG, Arbeitsleben" in page
    assert "code." not in page
    again = await somebody.post(f"{PAGE}/codes", **codes_of(stored, version="1", repeated="yes", since="2026-11-01", until=""))
    assert again.status == 303
    assert (await read_stored(desk))[0].version == 1, "the same again is no change"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"since": "2026-11-05", "until": "2026-11-01"}, "Das Ende liegt vor dem Anfang"),
        ({"since": "2026-11-21", "until": ""}, "liegt in der Zukunft"),
        ({"since": "gestern"}, "ließ sich nicht lesen"),
        ({"grounds": []}, "mindestens ein Merkmal"),
        ({"gender": "none-of-your-lists"}, "passt nicht"),
        ({"area": "work.search"}, "passt nicht"),
        ({"area": "nowhere.at-all"}, "passt nicht"),
        ({"municipality": "atlantis"}, "passt nicht"),
    ],
)
async def test_codes_that_cannot_be_are_refused(desk: Desk, case: Case, changes: dict, told: str) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    response = await somebody.post(f"{PAGE}/codes", **codes_of(case, version="0", **changes))
    assert response.status == 422
    assert told in await response.text()
    assert (await read_stored(desk))[0].version == 0


async def test_two_correct_the_same_case(desk: Desk, case: Case) -> None:
    first, second = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    await first.post(f"{PAGE}/codes", **codes_of(case, version="0", gender="female", grounds=["agg.age"]))
    response = await second.post(f"{PAGE}/codes", **codes_of(case, version="0", outcome="apology"))
    page = await response.text()
    assert response.status == 409
    assert '<option value="apology" selected>' in page
    assert page.count("Inzwischen gespeichert:") == 3, "gender, grounds and outcome are not what is stored"
    assert "<strong>Weiblich</strong>" in page
    assert (await read_stored(desk))[0].outcome == "not-stated"


async def test_a_case_moves_to_its_city_and_leaves_its_caseworker(desk: Desk, case: Case) -> None:
    somebody, colleague = await desk.meet(Role.LEAD), await desk.meet(Role.CASEWORKER, cities=(DRESDEN,))
    async with desk.database.unit_of_work() as work:
        stored = await work.cases.get(NUMBER)
        await work.cases.save(type(stored)(**{**stored.__dict__, "assignee": somebody.member.id}))
        await work.commit()
    response = await somebody.post(f"{PAGE}/codes", **codes_of(case, version="1", municipality="dresden"))
    assert response.headers["Location"] == "/console/cases?done=case-moved-away"
    moved, entries = await read_stored(desk)
    assert (moved.municipality, moved.assignee) == (DRESDEN, None)
    assert [entry.event for entry in entries[-2:]] == [CaseEvent.CODES_CORRECTED, CaseEvent.ASSIGNED]
    assert (await somebody.get(PAGE)).status == 404
    assert "Stadt: Halle" in await colleague.read(PAGE)


async def test_contact_data_is_shown_once_for_a_logged_reason(desk: Desk, case: Case) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    for reason in ("", "curiosity"):
        assert (await somebody.post(f"{PAGE}/contact", contact_reason=reason)).status == 422
    assert len((await read_stored(desk))[1]) == 1
    response = await somebody.post(f"{PAGE}/contact", contact_reason="call-back")
    assert CONTACT in await response.text()
    assert response.headers["Cache-Control"] == "no-store"
    stored, entries = await read_stored(desk)
    assert (entries[-1].event, entries[-1].details) == (CaseEvent.CONTACT_READ, {"reason": "call-back"})
    assert stored.version == 0
    page = await somebody.read(PAGE)
    assert CONTACT not in page
    assert "Kontaktdaten angesehen" in page
    assert "Rückruf" in page


async def test_files_are_cleaned_sealed_served_safely_and_deleted(desk: Desk, case: Case) -> None:
    somebody = await desk.meet(Role.CASEWORKER)
    assert (await upload(somebody, "../Briefkopf Geheimnis.exe", telling_picture("JPEG"))).status == 303
    desk.world.clock.pass_time(seconds=1)
    assert (await upload(somebody, "Bescheid.pdf", telling_pdf(), version=1)).status == 303
    async with desk.database.unit_of_work() as work:
        photo, letter = await work.case_attachments.of(NUMBER)
    assert (photo.name, photo.media_type, letter.name) == ("Briefkopf Geheimnis.jpg", "image/jpeg", "Bescheid.pdf")
    response = await somebody.post(f"{PAGE}/attachments/{photo.reference}")
    content = await response.read()
    assert SECRET not in content
    assert Image.open(BytesIO(content)).size == (20, 40)
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Briefkopf%20Geheimnis.jpg"
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    _, entries = await read_stored(desk)
    assert [entry.event for entry in entries[1:]] == [CaseEvent.ATTACHMENT_ADDED, CaseEvent.ATTACHMENT_ADDED, CaseEvent.ATTACHMENT_READ]
    assert "Geheimnis" not in str(entries)
    assert (await somebody.post(f"{PAGE}/attachments/{photo.reference}/delete", version="0")).status == 409
    assert (await somebody.post(f"{PAGE}/attachments/{photo.reference}/delete", version="2")).status == 303
    assert (await somebody.post(f"{PAGE}/attachments/{photo.reference}")).status == 404
    assert (await read_stored(desk))[1][-1].event is CaseEvent.ATTACHMENT_DELETED
    stranger = await desk.meet(Role.LEAD, cities=(DRESDEN,))
    assert (await stranger.post(f"{PAGE}/attachments/{letter.reference}")).status == 404


REFUSED = [
    (b"", 422, "keine Datei gewählt"),
    (b"MZ", 422, "Dieses Format nehmen wir nicht an"),
    (bytes(10 * 1024**2 + 1), 422, "10 MB"),
    (bytes(12 * 1024**2), 413, "zu groß"),
]


@pytest.mark.parametrize(("content", "status", "told"), REFUSED, ids=["empty", "type", "large", "too large to read"])
async def test_files_that_are_not_accepted_are_refused_in_words(desk: Desk, case: Case, content: bytes, status: int, told: str) -> None:
    response = await upload(await desk.meet(Role.CASEWORKER, cities=(HALLE,)), "x.png", content)
    assert response.status == status
    assert told in await response.text()
    assert (await read_stored(desk))[0].version == 0


async def test_a_case_that_moves_is_new_to_the_other_city(desk: Desk, case: Case) -> None:
    somebody, theirs, mine = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD, cities=(DRESDEN,)), await desk.meet(Role.LEAD)
    await somebody.post(f"{PAGE}/codes", **codes_of(case, version="0", municipality="dresden"))
    async with desk.database.unit_of_work() as work:
        told = [[(alert.kind, alert.case) for alert in await work.alerts.of(each.member, limit=9)] for each in (theirs, mine)]
    assert told == [[(AlertKind.NEW_CASE, NUMBER)], []]


async def test_contact_data_is_deleted_as_the_person_asked(desk: Desk, case: Case) -> None:
    somebody, stranger = await desk.meet(Role.CASEWORKER), await desk.meet(Role.CASEWORKER, cities=(DRESDEN,))
    assert "Kontaktdaten löschen" in await somebody.read(PAGE)
    path, confirmed = f"{PAGE}/contact/remove", {"confirmed": "contact"}
    assert (await stranger.post(path, version="0", **confirmed)).status == 404
    assert (await somebody.post(path, version="7", **confirmed)).status == 409
    response = await somebody.post(path, version="0")
    assert response.status == 422
    assert "bitte bestätigen" in (await response.text()).lower()
    assert (await read_stored(desk))[0].contact == CONTACT
    assert (await somebody.post(path, version="0", **confirmed)).headers["Location"].endswith("done=contact-removed")
    stored, entries = await read_stored(desk)
    assert stored.contact is None
    assert stored.statement == case.statement
    assert (entries[-1].event, entries[-1].actor, entries[-1].details) == (CaseEvent.CONTACT_REMOVED, somebody.member.id, {})
    page = await somebody.read(PAGE)
    assert "Kontaktdaten löschen" not in page
    assert "Kontaktdaten gelöscht" in page
    assert (await somebody.post(path, version="1", **confirmed)).status == 422


async def test_the_assessment_tells_who_may_read_it(desk: Desk, case: Case) -> None:
    page = await (await desk.meet(Role.CASEWORKER)).read(PAGE)
    assert "sieht das nicht im Chat; bei einer Auskunft nach Art. 15 DSGVO gehört es dazu" in page
