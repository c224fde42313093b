"""Staff takes down a report for somebody: consent first, nothing typed is lost, one case per form, one receipt."""

import asyncio
import re

import pytest

from bot.console.cases.intake_form import FORM_ID
from bot.domain.case_log import CaseEvent
from bot.domain.cases import CaseChannel, CaseNumber
from bot.domain.receipts import read_receipt
from bot.domain.staff import Role
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk
from tests.fakes.world import CIPHER

STORY = "Am Schalter hat man mich weggeschickt. می‌خواهم کسی بداند."
FORM = {
    "channel": "phone", "contact_on": "2026-11-19", "municipality": "halle", "reporter": "affected", "kind": "report", "spoken": "fa",
    "consent_way": "orally", "consented": "yes", "story": STORY, "place": "Amt in der Innenstadt", "since": "2026-11-02", "until": "",
    "precision": "day", "when": "vormittags", "area": "authorities.immigration-office", "form": "access-refused", "wish": "conversation",
    "grounds": ["beyond.language", "agg.ethnic-origin"], "gender": "female", "age_band": "27-40", "evidence": "yes",
    "witnesses": "not-stated", "body": "authority", "contact": "0345 000000", "is_mine": "yes", "form_id": "a-form-that-was-opened-once",
}  # fmt: skip


async def file(browser: Browser, **changes: object) -> tuple[int, str, str]:
    """Send the form: status, page, and where it leads."""
    response = await browser.post("/cases/new", **{**FORM, **changes})
    return response.status, await response.text(), response.headers.get("Location", "")


def number_on(page: str) -> CaseNumber:
    found = re.search(r"/console/cases/(W-[0-9A-Z]{4}-[0-9A-Z]{4})", page)
    assert found
    return CaseNumber(found[1])


async def test_the_form_asks_what_the_chat_asks(desk: Desk) -> None:
    page = await (await desk.meet(Role.CASEWORKER)).read("/cases/new")
    for name in FORM:
        assert f'name="{name}"' in page, name
    assert "Diskriminierung melden" in page
    form_id = re.search(r'name="form_id" value="([^"]+)"', page)
    assert form_id
    assert FORM_ID.fullmatch(form_id[1])


async def test_a_report_becomes_a_case_with_a_receipt(desk: Desk) -> None:
    browser = await desk.meet(Role.CASEWORKER)
    status, page, _ = await file(browser)
    assert status == 200
    async with desk.database.unit_of_work() as work:
        case = await work.cases.get(number_on(page))
        log = await work.case_log.of(case.number)
    assert case.statement.story == STORY
    assert (case.channel, case.language, case.municipality) == (CaseChannel.PHONE, "fa", HALLE)
    assert (case.area, case.area_detail, case.grounds) == ("authorities", "immigration-office", ("beyond.language", "agg.ethnic-origin"))
    assert (case.reporter, case.gender, case.age_band, case.body) == ("affected", "female", "27-40", "authority")
    assert case.contact_on.isoformat() == "2026-11-19"
    assert case.incident.until == case.incident.since
    assert case.incident.words == "vormittags"
    assert (case.contact, case.assignee) == ("0345 000000", browser.member.id)
    assert [(entry.event, entry.actor) for entry in log] == [
        (CaseEvent.OPENED, browser.member.id),
        (CaseEvent.ASSIGNED, browser.member.id),
    ]
    assert log[0].details == {"channel": "phone", "status": "new", "consent": "orally"}


async def test_the_receipt_opens_the_case_and_is_told_in_both_languages(desk: Desk) -> None:
    _, page, _ = await file(await desk.meet(Role.CASEWORKER), spoken="ar")
    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="de" dir="ltr"' in page
    code = re.search(r'id="receipt-code">([^<]+)<', page)[1]
    assert page.count(code) == 3
    async with desk.database.unit_of_work() as work:
        found = await work.cases.find_by_receipt(CIPHER.hash("receipt", read_receipt(code)))
    assert found.number == number_on(page)
    assert "no-store" in (await (await desk.meet(Role.CASEWORKER)).post("/cases/new", **FORM)).headers["Cache-Control"]


async def test_a_form_sent_again_meets_its_own_case(desk: Desk) -> None:
    browser = await desk.meet(Role.CASEWORKER)
    _, page, _ = await file(browser)
    status, _, there = await file(browser, story="Etwas anderes")
    assert (status, there) == (303, f"/console/cases/{number_on(page)}?done=already-filed")
    async with desk.database.unit_of_work() as work:
        assert (await work.cases.get(number_on(page))).statement.story == STORY
        assert len(await work.case_log.of(number_on(page))) == 2
    status, page, _ = await file(browser, form_id="another-form-was-opened")
    assert status == 200


async def test_a_form_sent_twice_at_once_makes_one_case(desk: Desk) -> None:
    browser = await desk.meet(Role.CASEWORKER)
    answers = await asyncio.gather(*(file(browser) for _ in range(3)))
    assert sorted(status for status, _, _ in answers) == [200, 303, 303]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consented": ""}, "consent_way"),
        ({"consent_way": "by-telepathy"}, "consent_way"),
        ({"story": "   "}, "story"),
        ({"municipality": "dresden"}, "municipality"),
        ({"municipality": ""}, "municipality"),
        ({"contact_on": "2027-01-01"}, "contact_on"),
        ({"contact_on": "yesterday"}, "contact_on"),
        ({"since": "2026-12-24"}, "since"),
        ({"until": "2026-11-01"}, "until"),
        ({"since": "", "until": "2026-11-01"}, "until"),
        ({"area": "work.immigration-office"}, "area"),
        ({"area": "nowhere"}, "area"),
        ({"grounds": ["agg.age", "invented"]}, "grounds"),
        ({"gender": "invented"}, "gender"),
        ({"channel": "telegram"}, "channel"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Desk, changes: dict[str, object], field: str) -> None:
    status, page, _ = await file(await desk.meet(Role.CASEWORKER), **changes)
    assert status == 422
    assert f'href="#{field}"' in page
    kept = {**FORM, **changes}
    for name in ("place", "when", "contact", "form_id"):
        assert str(kept[name]) in page, name
    assert ("می‌خواهم" in page) == (kept["story"] == STORY)
    assert f'id="{field}"' in page
    async with desk.database.unit_of_work() as work:
        assert [entry async for entry in work.case_log.entries()] == []


async def test_the_notice_comes_in_the_language_of_the_person(desk: Desk) -> None:
    browser = await desk.meet(Role.CASEWORKER)
    piece = await browser.read("/cases/new/notice?spoken=tr")
    assert piece.index('lang="tr"') < piece.index('lang="de"')
    assert "**" not in piece
    assert 'lang="de"' in await browser.read("/cases/new/notice?spoken=klingon")
    status, page, _ = await file(browser, show="notice", spoken="uk", consented="", story="")
    assert status == 200
    assert 'lang="uk"' in page
    assert "Amt in der Innenstadt" in page


async def test_a_chat_becomes_a_form_with_language_and_city(desk: Desk) -> None:
    browser = await desk.meet(Role.CASEWORKER, cities=(HALLE, DRESDEN))
    page = await browser.read("/cases/new?spoken=vi&city=dresden")
    assert re.search(r'value="vi" selected', page)
    assert re.search(r'value="dresden" selected', page)
    assert "selected>Magdeburg" not in await browser.read("/cases/new?city=magdeburg")


async def test_nobody_else_may(desk: Desk) -> None:
    for role in (Role.ADMIN, Role.ANALYST, Role.AUDITOR, Role.EDITOR):
        browser = await desk.meet(role)
        assert (await browser.get("/cases/new")).status == 403
        assert (await browser.post("/cases/new", **FORM)).status == 403


async def test_a_case_can_be_left_to_the_team(desk: Desk) -> None:
    taker, colleague, elsewhere = (
        await desk.meet(Role.CASEWORKER),
        await desk.meet(Role.LEAD),
        await desk.meet(Role.LEAD, cities=(DRESDEN,)),
    )
    _, page, _ = await file(taker, is_mine="")
    async with desk.database.unit_of_work() as work:
        assert (await work.cases.get(number_on(page))).assignee is None
        told = {browser.member.name: await work.alerts.count_unseen(browser.member) for browser in (taker, colleague, elsewhere)}
    assert list(told.values()) == [0, 1, 0]
