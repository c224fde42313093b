"""Admins look after people; nobody locks everybody out."""

from bot.domain.case_log import CaseEvent
from bot.domain.staff import Role
from tests.console.conftest import DRESDEN, HALLE, Desk
from tests.console.people.conftest import Visitor, employ, link_in


def fields(member, **changes):
    values = {
        "name": member.name,
        "email": member.email,
        "roles": sorted(member.roles),
        "municipalities": sorted(member.municipalities),
    }
    return {**values, **changes}


async def test_roles_and_cities_change_at_once(desk: Desk) -> None:
    admin, worker = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.CASEWORKER)
    assert (await worker.get("/people")).status == 403
    response = await admin.post(f"/people/{worker.member.id}", **fields(worker.member, roles=["lead"], municipalities=["dresden"]))
    assert response.status == 303
    async with desk.database.unit_of_work() as work:
        changed = await work.staff.find(worker.member.id)
    assert changed.roles == {Role.LEAD}
    assert changed.sees_case_of(DRESDEN)
    assert not changed.sees_case_of(HALLE)
    assert (await worker.get("/account")).status == 200


async def test_who_comes_to_need_a_second_factor_is_signed_out(desk: Desk) -> None:
    admin, member, visitor = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.EDITOR, secret=None), Visitor(desk)
    await visitor.sign_in(member.email)
    await visitor.read("/account")
    await admin.post(f"/people/{member.id}", **fields(member, roles=["caseworker"]))
    assert (await visitor.get("/account")).status == 303
    assert (await visitor.sign_in(member.email)).headers["Location"].startswith("/console/sign-in/set-up")


async def test_a_disabled_account_is_out_at_once_and_may_come_back(desk: Desk) -> None:
    admin, member, visitor = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.EDITOR, secret=None), Visitor(desk)
    await visitor.sign_in(member.email)
    assert (await admin.post(f"/people/{member.id}/disable")).status == 303
    assert (await visitor.get("/account")).status == 303
    assert (await visitor.sign_in(member.email)).status == 422
    assert "gesperrt" in await admin.read("/people")
    await admin.post(f"/people/{member.id}/enable")
    assert (await visitor.sign_in(member.email)).status == 303


async def test_the_last_admin_stays(desk: Desk) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    response = await admin.post(f"/people/{admin.member.id}/disable")
    assert response.status == 422
    assert "letzte Person" in await response.text()
    second = await desk.meet(Role.ADMIN, cities=())
    assert (await admin.post(f"/people/{admin.member.id}/disable")).status == 303
    assert (await admin.get("/people")).status == 303
    assert (await second.post(f"/people/{second.member.id}/disable")).status == 422


async def test_an_address_belongs_to_one_person(desk: Desk) -> None:
    admin, one, other = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.EDITOR), await employ(desk, Role.EDITOR)
    response = await admin.post(f"/people/{one.id}", **fields(one, email=other.email))
    assert response.status == 422
    assert "schon ein Konto" in await response.text()


async def test_sessions_of_others_are_listed_and_ended_one_by_one(desk: Desk) -> None:
    admin, worker = await desk.meet(Role.ADMIN), await desk.meet(Role.CASEWORKER)
    async with desk.database.unit_of_work() as work:
        [session] = await work.staff_sessions.of(worker.member.id)
    page = await admin.read(f"/people/{worker.member.id}")
    assert session.device in page
    address = f"/people/{worker.member.id}/sessions/{session.reference}"
    assert address in page
    assert (await admin.post(f"/people/{admin.member.id}/sessions/{session.reference}")).status == 404
    assert (await worker.get("/cases")).status == 200
    await admin.post(address)
    assert (await worker.get("/cases")).status == 303
    async with desk.database.unit_of_work() as work:
        logged = [stored.entry async for stored in work.case_log.entries()]
    assert [(entry.event, entry.actor) for entry in logged] == [(CaseEvent.SESSIONS_ENDED, admin.member.id)]


async def test_sessions_of_others_can_be_ended(desk: Desk) -> None:
    admin, worker = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.CASEWORKER)
    assert "Überall abmelden" in await admin.read(f"/people/{worker.member.id}")
    await admin.post(f"/people/{worker.member.id}/end-sessions")
    assert (await worker.get("/account")).status == 303
    assert "Überall abmelden" not in await admin.read(f"/people/{worker.member.id}")


async def test_the_day_of_the_last_sign_in_is_shown(desk: Desk) -> None:
    admin, member = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.EDITOR, secret=None)
    assert "noch nie" in await admin.read(f"/people/{member.id}")
    await Visitor(desk).sign_in(member.email)
    page = await admin.read(f"/people/{member.id}")
    assert "noch nie" not in page
    assert "20.11.2026" in page


async def test_nobody_is_there_under_a_strange_number(desk: Desk) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    assert (await admin.get("/people/nobody")).status == 404
    for path in ("", "/disable", "/enable", "/new-link", "/end-sessions"):
        response = await admin.post(f"/people/nobody{path}", name="A", email="a@stadt.example", roles=["editor"])
        assert response.status == 404, path


async def test_the_links_of_an_admin_end_with_the_role(desk: Desk) -> None:
    leaving, staying = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.ADMIN, cities=())
    invited = {"name": "Nele", "roles": ["lead"], "municipalities": ["halle"]}
    links = []
    for admin in (leaving, staying):
        response = await admin.post("/people/invite", **invited, email=f"{admin.member.id}@stadt.example")
        links.append(link_in(await response.text()))
    worker = await desk.meet(Role.CASEWORKER)
    links.append(link_in(await (await leaving.post(f"/people/{worker.member.id}/new-link")).text()))
    assert [(await Visitor(desk).get(link)).status for link in links] == [200, 200, 200]
    await staying.post(f"/people/{leaving.member.id}", **fields(leaving.member, roles=["auditor"]))
    assert [(await Visitor(desk).get(link)).status for link in links] == [404, 200, 404]
