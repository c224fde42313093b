"""One-time links: the first admin, new members, and who lost their way in."""

import pytest

from bot.domain.staff import Role
from bot.services.desk.people.make_invitation import make_first_invitation
from tests.console.conftest import Desk
from tests.console.people.conftest import PASSWORD, Visitor, code, codes_in, employ, link_in, secret_in
from tests.fakes.world import CIPHER

ADMIN = {"name": "Ada Beispiel", "email": "ada@stadt.example", "password": PASSWORD, "again": PASSWORD}
NEW = {"name": "Nele Neumann", "email": "nele@stadt.example", "roles": ["caseworker"], "municipalities": ["halle"]}


async def first_link(desk: Desk) -> str | None:
    async with desk.database.unit_of_work() as work:
        token = await make_first_invitation(work, CIPHER, desk.world.clock())
        await work.commit()
    return token and f"/invitation/{token}"


async def test_the_first_admin_comes_by_the_last_link_printed(desk: Desk) -> None:
    old, link = await first_link(desk), await first_link(desk)
    visitor = Visitor(desk)
    assert (await visitor.get(old)).status == 404
    assert (await visitor.post(link, **{**ADMIN, "email": "ada"})).status == 422
    response = await visitor.post(link, **ADMIN)
    assert response.headers["Location"].startswith("/console/sign-in/set-up")
    secret = secret_in(await visitor.read("/sign-in/set-up"))
    assert len(codes_in(await (await visitor.post("/sign-in/set-up", code=code(desk, secret))).text())) == 10
    page = await visitor.read("/people")
    assert "Ada Beispiel" in page
    assert "gesperrt" not in page
    assert (await Visitor(desk).post(link, **ADMIN)).status == 404
    assert await first_link(desk) is None


async def test_two_cannot_both_be_first(desk: Desk) -> None:
    link = await first_link(desk)
    await employ(desk, Role.ADMIN)
    assert (await Visitor(desk).post(link, **ADMIN)).status == 404


async def test_the_first_link_ends_after_a_day(desk: Desk) -> None:
    link = await first_link(desk)
    desk.world.clock.pass_time(hours=24)
    assert (await Visitor(desk).get(link)).status == 404


async def test_an_invitation_is_shown_once_and_used_once(desk: Desk) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    response = await admin.post("/people/invite", **NEW)
    link = link_in(await response.text())
    page = await admin.read("/people")
    assert "Nele Neumann" in page
    assert link.rpartition("/")[2] not in page
    visitor = Visitor(desk)
    shown = await visitor.read(link)
    assert "nele@stadt.example" in shown
    forged = {"name": "Somebody Else", "email": "else@stadt.example", "roles": "admin"}
    response = await visitor.post(link, password=PASSWORD, again=PASSWORD, **forged)
    assert response.headers["Location"].startswith("/console/sign-in/set-up")
    async with desk.database.unit_of_work() as work:
        member = await work.staff.find_by_email("nele@stadt.example")
        assert await work.staff.find_by_email("else@stadt.example") is None
    assert member.roles == {Role.CASEWORKER}
    assert member.name == "Nele Neumann"
    assert member.municipalities == {"halle"}
    assert (await Visitor(desk).get(link)).status == 404


async def test_an_invitation_can_be_revoked_and_expires(desk: Desk) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    emails = ("one@stadt.example", "two@stadt.example", "two@stadt.example")
    links = [link_in(await (await admin.post("/people/invite", **{**NEW, "email": email})).text()) for email in emails]
    assert (await Visitor(desk).get(links[1])).status == 404, "replaced"
    async with desk.database.unit_of_work() as work:
        reference = next(each.token_hash for each in await work.staff_invitations.all(desk.world.clock()) if each.email.startswith("one"))
    assert (await admin.post(f"/people/invitations/{reference}/revoke")).status == 303
    assert (await admin.post(f"/people/invitations/{reference}/revoke")).status == 404
    assert (await Visitor(desk).get(links[0])).status == 404
    assert (await Visitor(desk).get(links[2])).status == 200
    desk.world.clock.pass_time(days=7)
    assert (await Visitor(desk).get(links[2])).status == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"roles": []}, "mindestens eine Rolle"),
        ({"roles": ["admin", "lead"]}, "sieht keine Fälle"),
        ({"roles": ["auditor", "editor"]}, "Niemand prüft sich selbst"),
        ({"municipalities": []}, "mindestens eine Stadt"),
        ({"municipalities": ["atlantis"]}, "mindestens eine Stadt"),
        ({"email": "nele"}, "vollständige E-Mail-Adresse"),
        ({"name": "  "}, "einen Namen"),
    ],
)
async def test_an_invitation_must_make_sense(desk: Desk, change, words) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    response = await admin.post("/people/invite", **{**NEW, **change})
    assert response.status == 422
    assert words in await response.text()


async def test_one_address_is_one_account(desk: Desk) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    link = link_in(await (await admin.post("/people/invite", **NEW)).text())
    await employ(desk, Role.EDITOR, email="Nele@stadt.example")
    assert "schon ein Konto" in await (await admin.post("/people/invite", **NEW)).text()
    late = await Visitor(desk).post(link, password=PASSWORD, again=PASSWORD)
    assert late.status == 422
    assert "schon ein Konto" in await late.text()


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("knapp", "mindestens 12 Zeichen"),
        ("Passwort123456", "jeder Liste"),
        ("neumann reist gern", "weder Ihr Name"),
        ("x" * 201, "höchstens 200"),
    ],
)
async def test_a_password_must_be_hard_to_guess(desk: Desk, password, words) -> None:
    admin = await desk.meet(Role.ADMIN, cities=())
    link = link_in(await (await admin.post("/people/invite", **NEW)).text())
    response = await Visitor(desk).post(link, password=password, again=password)
    assert response.status == 422
    assert words in await response.text()
    assert password not in await response.text()
    differs = await Visitor(desk).post(link, password=PASSWORD, again=PASSWORD + " ")
    assert "nicht gleich" in await differs.text()


async def test_a_new_link_gives_a_new_password_and_second_factor(desk: Desk) -> None:
    admin, member = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.LEAD)
    signed_in = Visitor(desk)
    await signed_in.sign_in(member.email)
    await signed_in.post("/sign-in/code", code=code(desk))
    link = link_in(await (await admin.post(f"/people/{member.id}/new-link")).text())
    await signed_in.read("/account")
    visitor, new = Visitor(desk), "vier graue Federn"
    response = await visitor.post(link, password=new, again=new)
    assert response.headers["Location"].startswith("/console/sign-in/set-up")
    assert (await signed_in.get("/account")).status == 303, "signed out everywhere"
    assert (await Visitor(desk).sign_in(member.email)).status == 422
    assert (await Visitor(desk).sign_in(member.email, new)).status == 303


async def test_a_new_link_is_worth_nothing_for_a_disabled_account(desk: Desk) -> None:
    admin, member = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.LEAD)
    link = link_in(await (await admin.post(f"/people/{member.id}/new-link")).text())
    await admin.post(f"/people/{member.id}/disable")
    assert (await Visitor(desk).post(link, password=PASSWORD, again=PASSWORD)).status == 404
    assert (await admin.post(f"/people/{member.id}/new-link")).status == 404
