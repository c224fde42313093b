"""One's own account."""

import re

from bot.domain.staff import Role
from tests.console.conftest import Desk
from tests.console.people.conftest import PASSWORD, SECRET, Visitor, code, codes_in, employ, secret_in

NEW = "vier graue Federn"


async def enter(desk: Desk, member) -> Visitor:
    visitor = Visitor(desk)
    await visitor.sign_in(member.email)
    if (await visitor.get("/account")).status != 200:
        desk.world.clock.pass_time(minutes=1)
        await visitor.post("/sign-in/code", code=code(desk))
    await visitor.read("/account")
    return visitor


async def test_name_and_language_are_ones_own(desk: Desk) -> None:
    visitor = await enter(desk, await employ(desk, Role.LEAD))
    assert (await visitor.post("/account/profile", name="Rosa Neu", language="en")).status == 303
    page = await visitor.read("/account")
    assert "Rosa Neu" in page
    assert "My account" in page
    assert (await visitor.post("/account/profile", name="  ", language="en")).status == 422


async def test_a_new_password_asks_for_the_old_one_and_ends_other_sessions(desk: Desk) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    here, there = await enter(desk, member), await enter(desk, member)
    for old, new, again in (("falsches Passwort", NEW, NEW), (PASSWORD, "kurz", "kurz"), (PASSWORD, NEW, NEW + "!")):
        assert (await here.post("/account/password", old=old, password=new, again=again)).status == 422
    assert (await there.get("/account")).status == 200
    assert (await here.post("/account/password", old=PASSWORD, password=NEW, again=NEW)).status == 303
    assert (await here.get("/account")).status == 200
    assert (await there.get("/account")).status == 303
    assert (await Visitor(desk).sign_in(member.email, NEW)).status == 303


async def test_guessing_the_old_password_is_slowed_down(desk: Desk) -> None:
    visitor = await enter(desk, await employ(desk, Role.EDITOR, secret=None))
    for _ in range(5):
        await visitor.post("/account/password", old="falsches Passwort", password=NEW, again=NEW)
    assert (await visitor.post("/account/password", old=PASSWORD, password=NEW, again=NEW)).status == 429


async def test_moving_to_another_phone_asks_for_a_code_of_the_old_one(desk: Desk) -> None:
    member = await employ(desk, Role.LEAD)
    visitor, other = await enter(desk, member), await enter(desk, member)
    secret = secret_in(await visitor.read("/account/second-factor"))
    assert secret != SECRET
    desk.world.clock.pass_time(minutes=1)
    wrong = await visitor.post("/account/second-factor", old="000000", code=code(desk, secret))
    assert wrong.status == 422
    response = await visitor.post("/account/second-factor", old=code(desk), code=code(desk, secret))
    assert len(codes_in(await response.text())) == 10
    assert (await other.get("/account")).status == 303
    assert (await visitor.get("/account")).status == 200
    assert secret_in(await visitor.read("/account/second-factor")) not in (secret, SECRET)


async def test_who_needs_no_second_factor_may_have_one(desk: Desk) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    visitor = await enter(desk, member)
    secret = secret_in(await visitor.read("/account/second-factor"))
    assert (await visitor.post("/account/second-factor", old="falsches Passwort", code=code(desk, secret))).status == 422
    assert (await visitor.post("/account/second-factor", old=PASSWORD, code=code(desk, secret))).status == 200
    assert (await Visitor(desk).sign_in(member.email)).headers["Location"].startswith("/console/sign-in/code")


async def test_new_recovery_codes_end_the_old_ones(desk: Desk) -> None:
    visitor = await enter(desk, await employ(desk, Role.LEAD))
    desk.world.clock.pass_time(minutes=1)
    assert (await visitor.post("/account/recovery-codes", code="000000")).status == 422
    first = codes_in(await (await visitor.post("/account/recovery-codes", code=code(desk))).text())
    second = codes_in(await (await visitor.post("/account/recovery-codes", code=first[0])).text())
    assert not set(first) & set(second)
    assert (await visitor.post("/account/recovery-codes", code=first[1])).status == 422
    assert "10 Codes sind noch unbenutzt" in await visitor.read("/account")


async def test_own_sessions_are_listed_and_ended_one_by_one_or_all(desk: Desk) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    here, *others = [await enter(desk, member) for _ in range(4)]
    page = await here.read("/account")
    references = re.findall(r"/account/sessions/([0-9a-f]{32})", page)
    assert len(references) == 3
    assert page.count("dieses hier") == 1
    stranger = await enter(desk, await employ(desk, Role.EDITOR, secret=None))
    assert (await stranger.post(f"/account/sessions/{references[0]}")).status == 404
    await here.post(f"/account/sessions/{references[0]}")
    assert sorted([(await other.get("/account")).status for other in others]) == [200, 200, 303]
    await here.post("/account/sessions/others")
    assert [(await other.get("/account")).status for other in others] == [303, 303, 303]
    assert (await here.get("/account")).status == 200
