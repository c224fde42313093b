"""What is done to accounts stands in the log: by whom, about whom, never with a name or an address."""

import csv
import io

from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.staff import Role
from bot.services.desk.people.make_invitation import make_first_invitation
from tests.console.conftest import Desk
from tests.console.people.conftest import PASSWORD, SECRET, Visitor, code, employ, link_in, secret_in
from tests.console.people.test_invitations import NEW
from tests.console.people.test_people import fields
from tests.fakes.world import CIPHER

NEW_PASSWORD = "vier graue Federn"


async def entries(desk: Desk) -> list[LogEntry]:
    async with desk.database.unit_of_work() as work:
        return [stored.entry async for stored in work.case_log.entries()]


async def invite(admin, **changes) -> str:
    return link_in(await (await admin.post("/people/invite", **{**NEW, **changes})).text())


async def test_from_the_invitation_to_a_new_password(desk: Desk) -> None:
    admin, auditor = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.AUDITOR, cities=())
    visitor = Visitor(desk)
    await visitor.post(await invite(admin), password=PASSWORD, again=PASSWORD)
    secret = secret_in(await visitor.read("/sign-in/set-up"))
    await visitor.post("/sign-in/set-up", code=code(desk, secret))
    await visitor.post("/account/password", old=PASSWORD, password=NEW_PASSWORD, again=NEW_PASSWORD)
    log = await entries(desk)
    new = log[1].details["account"]
    invitation, rights = log[0].details["invitation"], {"roles": "caseworker", "cities": "halle"}
    assert [(entry.event, entry.actor, entry.details) for entry in log] == [
        ("account-invited", admin.member.id, {"invitation": invitation, **rights}),
        ("account-joined", new, {"account": new, "invitation": invitation, **rights}),
        ("second-factor-set", new, {"account": new}),
        ("password-changed", new, {"account": new}),
    ]
    assert {entry.case for entry in log} == {""}
    assert not [entry for entry in log if "Nele" in str(entry) or "nele@" in str(entry)]
    page = await auditor.read("/log?event=account-joined")
    for words in ("Konto angelegt", "Nele Neumann", "Rollen: Fallbearbeitung", "Städte: Halle", f"Link {invitation}"):
        assert words in page


async def test_changes_name_codes_and_nothing_else(desk: Desk) -> None:
    admin, auditor = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.AUDITOR, cities=())
    worker = (await desk.meet(Role.CASEWORKER)).member
    path = f"/people/{worker.id}"
    changed = fields(worker, roles=["lead"], municipalities=["halle", "dresden"], name="Umbenannt", email="neu@stadt.example")
    for step, values in ((path, changed), (path, changed), (f"{path}/disable", {}), (f"{path}/disable", {}), (f"{path}/enable", {})):
        assert (await admin.post(step, **values)).status == 303
    await admin.post(f"{path}/end-sessions")
    told = {"account": worker.id, "roles": "caseworker → lead", "cities": "halle → dresden, halle", "name": "changed", "email": "changed"}
    log = await entries(desk)
    assert [(entry.event, dict(entry.details)) for entry in log] == [
        ("account-changed", told),
        ("account-disabled", {"account": worker.id}),
        ("account-enabled", {"account": worker.id}),
        ("sessions-ended", {"account": worker.id}),
    ]
    assert {entry.actor for entry in log} == {admin.member.id}
    page = await auditor.read(f"/log?event=account-changed&actor={admin.member.id}")
    for words in ("Umbenannt", "Rollen: Fallbearbeitung → Leitung", " → Dresden, Halle", "E-Mail-Adresse"):
        assert words in page
    file = await (await auditor.get("/log/export.csv")).text()
    assert len(list(csv.DictReader(io.StringIO(file)))) == 5
    assert "Umbenannt" not in file
    assert "neu@stadt.example" not in file


async def test_links_that_are_made_used_and_revoked(desk: Desk) -> None:
    admin, member = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.LEAD, secret=SECRET)
    await invite(admin)
    await invite(admin)  # in place of the first
    async with desk.database.unit_of_work() as work:
        [reference] = [each.token_hash for each in await work.staff_invitations.all(desk.world.clock())]
    await admin.post(f"/people/invitations/{reference}/revoke")
    link = link_in(await (await admin.post(f"/people/{member.id}/new-link")).text())
    await Visitor(desk).post(link, password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert [(entry.event, entry.actor) for entry in await entries(desk)] == [
        ("account-invited", admin.member.id),
        ("invitation-revoked", admin.member.id),
        ("account-invited", admin.member.id),
        ("invitation-revoked", admin.member.id),
        ("access-link-made", admin.member.id),
        ("second-factor-reset", member.id),
    ]


async def test_the_command_line_is_the_system(desk: Desk) -> None:
    async with desk.database.unit_of_work() as work:
        await make_first_invitation(work, CIPHER, desk.world.clock())
        await work.commit()
    [entry] = await entries(desk)
    assert (entry.event, entry.actor, entry.details["roles"]) == (CaseEvent.ACCOUNT_INVITED, "system", "admin")


async def test_nobody_gives_themselves_roles_or_cities(desk: Desk) -> None:
    one, other = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.ADMIN, cities=())
    own = f"/people/{one.member.id}"
    assert "kann nur jemand anderes" in await one.read(own)
    for change in ({"roles": ["lead"], "municipalities": ["halle"]}, {"roles": ["admin", "analyst"]}, {"municipalities": ["halle"]}):
        response = await one.post(own, **fields(one.member, **change))
        assert response.status == 422
        assert "niemand selbst ändern" in await response.text()
    assert (await one.post(own, **fields(one.member, name="Anders"))).status == 303
    assert (await other.post(own, **fields(one.member, roles=["admin", "analyst"]))).status == 303
    assert [entry.actor for entry in await entries(desk)] == [one.member.id, other.member.id]


async def test_an_account_with_roles_that_go_together_no_more_stays_readable(desk: Desk) -> None:
    admin, both = await desk.meet(Role.ADMIN, cities=()), await desk.meet(Role.AUDITOR, Role.EDITOR, cities=())
    assert (await both.get("/log")).status == 200
    await admin.read(f"/people/{both.member.id}")
    response = await admin.post(f"/people/{both.member.id}", **fields(both.member))
    assert response.status == 422
    assert "Niemand prüft sich selbst" in await response.text()
