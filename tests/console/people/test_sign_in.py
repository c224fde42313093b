"""Signing in: both steps, what is refused, and that a refusal tells nothing."""

import re
from dataclasses import replace

import pytest

from bot.console.entrance import COOKIE
from bot.domain.staff import Role
from bot.services.desk.people.delete_ended_sign_ins import delete_ended_sign_ins
from tests.console.conftest import Desk
from tests.console.people.conftest import PASSWORD, SECRET, Visitor, code, codes_in, employ, secret_in


def without_token(page: str, *others: str) -> str:
    """A page without what differs between browsers and what was typed."""
    for other in others:
        page = page.replace(other, "")
    return re.sub(r"[0-9a-f]{64}", "", page)


async def test_password_and_code_lead_to_where_one_wanted_to_go(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.LEAD), Visitor(desk)
    tokens = [visitor.token]
    first = await visitor.sign_in(member.email.upper(), next="/console/account?x=1")
    assert first.headers["Location"] == "/console/sign-in/code?next=%2Fconsole%2Faccount%3Fx%3D1"
    tokens.append(visitor.token)
    assert (await visitor.get("/account")).status == 303
    second = await visitor.post("/sign-in/code", code=code(desk), next="/console/account?x=1")
    assert second.headers["Location"] == "/console/account?x=1"
    tokens.append(visitor.token)
    assert len(set(tokens)) == 3
    assert member.name in await visitor.read("/account")
    for old in tokens[:2]:
        assert (await Visitor(desk, old).get("/account")).status == 303
    cookie = second.cookies[COOKIE]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["path"] == "/"


async def test_half_signed_in_one_sees_no_name_and_no_navigation(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.LEAD), Visitor(desk)
    await visitor.sign_in(member.email)
    page = await visitor.read("/sign-in/code")
    assert member.name not in page
    assert "<nav" not in page


@pytest.mark.parametrize("target", ["https://bad.example/", "//bad.example/", "/console//bad.example", "/privacy", "/console/\\bad", ""])
async def test_the_way_on_stays_at_the_desk(desk: Desk, target: str) -> None:
    member, visitor = await employ(desk, Role.EDITOR, secret=None), Visitor(desk)
    response = await visitor.sign_in(member.email, next=target)
    assert response.headers["Location"] == "/console/"


async def test_an_editor_without_second_factor_is_in_at_once_and_one_with_it_is_asked(desk: Desk) -> None:
    without, with_it = await employ(desk, Role.EDITOR, secret=None), await employ(desk, Role.EDITOR)
    assert (await Visitor(desk).sign_in(without.email)).headers["Location"] == "/console/"
    assert (await Visitor(desk).sign_in(with_it.email)).headers["Location"].startswith("/console/sign-in/code")


async def test_who_needs_a_second_factor_sets_it_up_before_anything_else(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.CASEWORKER, secret=None), Visitor(desk)
    response = await visitor.sign_in(member.email)
    assert response.headers["Location"].startswith("/console/sign-in/set-up")
    assert (await visitor.get("/account")).status == 303
    assert (await visitor.post("/sign-in/code", code="123456")).status == 422
    page = await visitor.read("/sign-in/set-up")
    assert "style=" not in page
    secret = secret_in(page)
    wrong = await visitor.post("/sign-in/set-up", code="000000")
    assert wrong.status == 422
    assert secret_in(await wrong.text()) == secret
    half = visitor.token
    shown = await (await visitor.post("/sign-in/set-up", code=code(desk, secret))).text()
    recovery = codes_in(shown)
    assert len(set(recovery)) == 10
    assert visitor.token != half
    assert "Zweiter Faktor" in await visitor.read("/account")
    async with desk.database.unit_of_work() as work:
        credentials = await work.staff.credentials(member.id)
    assert credentials.code_secret == secret
    assert not any(one in str(credentials) for one in recovery)


async def test_a_password_alone_cannot_replace_the_second_factor(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.LEAD), Visitor(desk)
    await visitor.sign_in(member.email)
    assert (await visitor.get("/sign-in/set-up")).headers["Location"].startswith("/console/sign-in/code")
    assert (await visitor.post("/sign-in/set-up", code=code(desk))).status == 404
    async with desk.database.unit_of_work() as work:
        assert (await work.staff.credentials(member.id)).code_secret == SECRET


async def test_a_code_works_once_and_one_step_around_now(desk: Desk) -> None:
    member = await employ(desk, Role.LEAD)

    async def try_code(typed: str) -> int:
        visitor = Visitor(desk)
        await visitor.sign_in(member.email)
        return (await visitor.post("/sign-in/code", code=typed)).status

    assert await try_code(code(desk, steps=-2)) == 422
    assert await try_code(code(desk, steps=-1)) == 303
    assert await try_code(code(desk, steps=-1)) == 422
    assert await try_code(" ".join(code(desk, steps=1))) == 303
    assert await try_code(code(desk)) == 422, "older than one that was used"
    desk.world.clock.pass_time(minutes=2)
    assert await try_code(code(desk)) == 303


async def test_a_recovery_code_works_once(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.LEAD, secret=None), Visitor(desk)
    await visitor.sign_in(member.email)
    secret = secret_in(await visitor.read("/sign-in/set-up"))
    recovery = codes_in(await (await visitor.post("/sign-in/set-up", code=code(desk, secret))).text())
    for typed, status in ((recovery[3], 303), (recovery[3], 422), (recovery[4].lower().replace("-", ""), 303)):
        again = Visitor(desk)
        await again.sign_in(member.email)
        assert (await again.post("/sign-in/code", code=typed)).status == status
    stranger = await employ(desk, Role.LEAD)
    other = Visitor(desk)
    await other.sign_in(stranger.email)
    assert (await other.post("/sign-in/code", code=recovery[5])).status == 422


async def test_a_refusal_tells_nothing(desk: Desk) -> None:
    there, gone = await employ(desk, Role.LEAD), await employ(desk, Role.LEAD, disabled_at=desk.world.clock())
    pages = set()
    for email, password in ((there.email, "falsches Passwort"), ("niemand@stadt.example", PASSWORD), (gone.email, PASSWORD)):
        response = await Visitor(desk).sign_in(email, password)
        assert response.status == 422
        pages.add(without_token(await response.text(), email))
    assert len(pages) == 1


async def test_the_same_work_is_done_whether_there_is_an_account_or_not(desk: Desk) -> None:
    hasher, member = desk.ports.passwords, await employ(desk, Role.LEAD)
    fits, calls = hasher._fits, []
    hasher._fits = lambda stored, password: calls.append(stored.split("$")[1:4]) or fits(stored, password)
    for email in (member.email, "niemand@stadt.example"):
        await Visitor(desk).sign_in(email, "falsches Passwort")
    assert len(calls) == 2
    assert calls[0] == calls[1], "same parameters"


@pytest.mark.parametrize("exists", [True, False])
async def test_guessing_at_an_account_takes_longer_and_longer(desk: Desk, exists: bool) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    email = member.email if exists else "niemand@stadt.example"
    for _ in range(5):
        assert (await Visitor(desk).sign_in(email, "falsches Passwort")).status == 422
    for seconds in (30, 60, 120, 240, 480, 900, 900):
        right = await Visitor(desk).sign_in(email)
        assert right.status == 429, "not even the right password is looked at"
        desk.world.clock.pass_time(seconds=seconds - 1)
        assert (await Visitor(desk).sign_in(email, "falsches Passwort")).status == 429
        desk.world.clock.pass_time(seconds=1)
        assert (await Visitor(desk).sign_in(email, "falsches Passwort")).status == 422
    desk.world.clock.pass_time(minutes=15)
    if exists:
        assert (await Visitor(desk).sign_in(email)).status == 303
        assert (await Visitor(desk).sign_in(email, "falsches Passwort")).status == 422, "begins anew"


async def test_guessing_from_one_network_is_slowed_down_for_all_accounts(desk: Desk) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    for number in range(30):
        assert (await Visitor(desk).sign_in(member.email)).status == 303, "who is right does not count"
        assert (await Visitor(desk).sign_in(f"{number}@stadt.example", "falsches Passwort")).status == 422
    assert (await Visitor(desk).sign_in(member.email)).status == 429
    assert "Minute" in await (await Visitor(desk).sign_in(member.email)).text()
    desk.world.clock.pass_time(minutes=2)
    assert (await Visitor(desk).sign_in(member.email)).status == 303


async def test_guessing_codes_is_slowed_down_though_the_password_is_known(desk: Desk) -> None:
    member = await employ(desk, Role.LEAD)
    for _ in range(5):
        visitor = Visitor(desk)
        await visitor.sign_in(member.email)
        assert (await visitor.post("/sign-in/code", code="000000")).status == 422
    visitor = Visitor(desk)
    await visitor.sign_in(member.email)
    assert (await visitor.post("/sign-in/code", code=code(desk))).status == 429
    desk.world.clock.pass_time(seconds=31)
    assert (await visitor.post("/sign-in/code", code=code(desk))).status == 303


async def test_the_second_step_does_not_wait_for_ever(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.LEAD), Visitor(desk)
    await visitor.sign_in(member.email)
    for _ in range(3):
        desk.world.clock.pass_time(minutes=11)
        await visitor.get("/sign-in/code")
    assert (await visitor.post("/sign-in/code", code=code(desk))).headers["Location"].startswith("/console/sign-in?")


async def test_signing_out_ends_the_session(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.EDITOR, secret=None), Visitor(desk)
    await visitor.sign_in(member.email)
    token = visitor.token
    response = await visitor.post("/sign-out")
    assert response.headers["Location"] == "/console/sign-in?done=signed-out"
    assert (await Visitor(desk, token).get("/account")).status == 303


async def test_an_old_hash_is_made_anew(desk: Desk) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    hasher = desk.ports.passwords
    hasher._hasher = type(hasher._hasher).from_parameters(replace(hasher._hasher._parameters, time_cost=2))
    assert (await Visitor(desk).sign_in(member.email)).status == 303
    async with desk.database.unit_of_work() as work:
        assert not hasher.is_outdated((await work.staff.credentials(member.id)).password_hash)
    assert (await Visitor(desk).sign_in(member.email)).status == 303


async def test_what_is_over_is_deleted(desk: Desk) -> None:
    member, visitor = await employ(desk, Role.EDITOR, secret=None), Visitor(desk)
    await visitor.sign_in(member.email, "falsches Passwort")
    await visitor.sign_in(member.email)
    await visitor.sign_in("niemand@stadt.example")
    assert await delete_ended_sign_ins(desk.world.ports) == 0
    desk.world.clock.pass_time(minutes=31)
    assert await delete_ended_sign_ins(desk.world.ports) == 1
    desk.world.clock.pass_time(days=1)
    assert await delete_ended_sign_ins(desk.world.ports) == 3
