"""The wall between municipalities and between people: every address with the name of something in it, on things that are really there."""

from io import BytesIO

import pytest
from aiohttp import FormData
from PIL import Image

from bot.console.console import ROUTES
from bot.console.entrance import COOKIE
from bot.domain.cases import CaseNumber
from bot.domain.staff import PERMISSIONS, Permission, Role
from tests.console.case.conftest import CONTACT, NUMBER, WHEN, file_case, read_stored
from tests.console.chats.test_chats import SECRET, meet_person
from tests.console.conftest import DRESDEN, Browser, Desk

FORMLESS = {"version": "0", "to": "acknowledged", "kind": "note", "note_text": "hinter der Mauer", "contact_reason": "call-back"}
"""What would do something to a case of one's own."""
OPEN = {"language", "token", "ending", "nothing:.*", "staff"}
"""Names in addresses that stand for nothing behind the wall; admins look after everybody, whom only they can open."""
OF_KNOWLEDGE = [route for route in ROUTES if route.path.startswith("/knowledge")]
OF_CASES = [route for route in ROUTES if "{number}" in route.path and route not in OF_KNOWLEDGE]
OF_CHATS = [route for route in ROUTES if route.path.startswith("/chats/{reference}")]
OF_PEOPLE = [route for route in ROUTES if route.path in ("/account/sessions/{reference}", "/filters/{reference}/delete")]


async def add_file(desk: Desk, browser: Browser, version: int = 0) -> str:
    """The reference of a new file with the case."""
    picture = BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    form = FormData({"csrf": browser.csrf, "version": str(version)})
    form.add_field("attachment", picture.getvalue(), filename="a.png", content_type="image/png")
    headers = {"Cookie": f"{COOKIE}={browser.token}"}
    address = f"/console/cases/{NUMBER}/attachments"
    assert (await desk.client.post(address, data=form, headers=headers, allow_redirects=False)).status == 303
    async with desk.database.unit_of_work() as work:
        return (await work.case_attachments.of(NUMBER))[-1].reference


def test_somebody_decided_about_every_address() -> None:
    for route in ROUTES:
        names = {part.strip("{}") for part in route.path.replace(".", "/").split("/") if part.startswith("{")}
        decided = route in [*OF_CASES, *OF_CHATS, *OF_PEOPLE, *OF_KNOWLEDGE] or route.path.startswith("/people/")
        assert decided or names <= OPEN, f"{route.method} {route.path}: say in this test who may see what it names"


def test_the_knowledge_has_no_wall_and_is_for_those_who_keep_it() -> None:
    """It is public, for all cities; who works on cases only does not see the questions of people, and no editor sees a case."""
    assert {route.access for route in OF_KNOWLEDGE} == {Permission.EDIT_KNOWLEDGE, Permission.PUBLISH_KNOWLEDGE}
    keepers = {role for role, may in PERMISSIONS.items() if Permission.EDIT_KNOWLEDGE in may}
    assert keepers == {Role.EDITOR, Role.PUBLISHER}
    assert not any(Permission.SEE_CASES in PERMISSIONS[role] for role in keepers)


async def test_nobody_reaches_a_case_of_another_city(desk: Desk) -> None:
    case = await file_case(desk)
    here, elsewhere = await desk.meet(Role.CASEWORKER), await desk.meet(*(set(Role) - {Role.ADMIN}), cities=(DRESDEN,))
    reference, before = await add_file(desk, here), await read_stored(desk)
    for route in OF_CASES:
        answers = []
        for number in (case.number, "W-0000-0000"):
            path = route.path.replace("{number}", number).replace("{reference}", reference)
            response = await (elsewhere.get(path) if route.method == "GET" else elsewhere.post(path, **{**FORMLESS, "version": "1"}))
            assert response.status == 404, f"{route.method} {route.path}"
            answers.append((await response.text()).replace(number, "").replace(elsewhere.csrf, ""))
        assert answers[0] == answers[1], f"{route.path}: what is there and what is not can be told apart"
        assert not any(secret in answers[0] for secret in (CONTACT, WHEN, "kanarienvogel"))
    assert await read_stored(desk) == before


async def test_a_file_of_one_case_is_not_opened_through_another(desk: Desk) -> None:
    await file_case(desk)
    somebody = await desk.meet(Role.LEAD)
    reference = await add_file(desk, somebody)
    other = await file_case(desk, number=CaseNumber("W-4711-EFGH"))
    for end in ("", "/delete"):
        assert (await somebody.post(f"/cases/{other.number}/attachments/{reference}{end}", version="0")).status == 404
    assert (await somebody.post(f"/cases/{NUMBER}/attachments/{reference}")).status == 200


@pytest.mark.parametrize("route", OF_CHATS, ids=lambda route: f"{route.method} {route.path}")
async def test_nobody_reaches_a_chat_of_another_city(desk: Desk, route) -> None:
    await desk.meet(Role.CASEWORKER)
    elsewhere = await desk.meet(*(set(Role) - {Role.ADMIN}), cities=(DRESDEN,))
    _, chat = await meet_person(desk)
    path = route.path.replace("{reference}", chat)
    response = await (elsewhere.get(path) if route.method == "GET" else elsewhere.post(path, holder="", text="Hallo"))
    assert response.status in (404, 286)
    assert SECRET.split()[0] not in await response.text()
    async with desk.database.unit_of_work() as work:
        stored = await work.handovers.find(chat)
    assert stored.taken_by is None
    assert stored.is_open()


async def test_nobody_ends_sessions_or_deletes_filters_of_others(desk: Desk) -> None:
    owner, other = await desk.meet(Role.LEAD), await desk.meet(Role.LEAD)
    await owner.post("/filters", name="Meine", query="view=new")
    async with desk.database.unit_of_work() as work:
        [session], [kept] = await work.staff_sessions.of(owner.member.id), await work.saved_filters.of(owner.member.id)
    assert (await other.post(f"/account/sessions/{session.reference}")).status == 404
    assert (await other.post(f"/filters/{kept.reference}/delete")).status == 404
    assert "Meine" in await owner.read("/cases")
