"""Taking, giving, moving and closing a case on its page."""

from bot.domain.cases import CaseStatus
from bot.domain.staff import Role
from tests.console.conftest import DRESDEN, HALLE
from tests.console.work.conftest import Office


async def test_somebody_takes_a_case_and_gives_it_back(web: Office) -> None:
    me, other = await web.desk.meet(Role.CASEWORKER), await web.desk.meet(Role.CASEWORKER)
    assert "Übernehmen" in await me.read(f"/cases/{web.number}")
    assert await web.do(me, "take") == 303
    assert (await web.case()).assignee == me.member.id
    page = await other.read(f"/cases/{web.number}")
    assert me.member.name in page
    assert "Übernehmen" not in page
    assert await web.do(other, "take") == 422
    assert await web.do(other, "assign", to="") == 422
    assert await web.do(me, "assign", to=other.member.id) == 422
    assert await web.do(me, "assign", to="") == 303
    assert (await web.case()).assignee is None
    assert [(entry.event, entry.actor, entry.details) for entry in await web.log()][1:] == [
        ("assigned", me.member.id, {"to": me.member.id}),
        ("assigned", me.member.id, {"to": ""}),
    ]


async def test_a_lead_gives_it_to_whoever_sees_the_city(web: Office) -> None:
    lead, able = await web.desk.meet(Role.LEAD), await web.desk.meet(Role.CASEWORKER)
    far, editor = await web.desk.meet(Role.CASEWORKER, cities=(DRESDEN,)), await web.desk.meet(Role.EDITOR)
    page = await lead.read(f"/cases/{web.number}")
    assert [f'value="{each.member.id}"' in page for each in (lead, able, far, editor)] == [True, True, False, False]
    for wrong in (far.member.id, editor.member.id, "nobody"):
        assert await web.do(lead, "assign", to=wrong) == 422
    assert await web.do(lead, "assign", to=able.member.id) == 303
    assert (await web.case()).assignee == able.member.id


async def test_the_status_moves_along_the_table_and_says_what_the_person_reads(web: Office) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    page = await me.read(f"/cases/{web.number}")
    for language in ("de", "ar"):
        assert web.desk.world.words("case.status.acknowledged", language) in page
    assert await web.do(me, "status", to="clarifying") == 422
    assert await web.do(me, "status", to="nonsense") == 422
    assert await web.do(me, "status", to="acknowledged") == 303
    assert await web.do(me, "status", to="clarifying") == 303
    case = await web.case()
    assert (case.status, case.acknowledged_at) == (CaseStatus.CLARIFYING, web.desk.world.clock())
    await web.person.says(web.code)
    assert web.desk.world.words("case.status.clarifying", "ar") in web.person.read


async def test_a_caseworker_proposes_and_a_lead_decides(web: Office) -> None:
    me, lead = await web.desk.meet(Role.CASEWORKER), await web.desk.meet(Role.LEAD)
    assert await web.do(me, "status", to="closed", reason="resolved") == 422
    assert await web.do(me, "closing", reason="") == 422
    assert await web.do(me, "closing", reason="resolved") == 303
    assert "Ablehnen, Fall läuft weiter" not in await me.read(f"/cases/{web.number}")
    assert "Ablehnen, Fall läuft weiter" in await lead.read(f"/cases/{web.number}")
    assert await web.do(me, "closing/decline") == 403
    assert await web.do(lead, "closing/decline") == 303
    assert (await web.case()).proposed_closing is None
    assert await web.do(lead, "closing/decline") == 422
    assert await web.do(me, "closing", reason="resolved") == 303
    assert await web.do(lead, "status", to="closed", reason="resolved") == 303
    case = await web.case()
    assert (case.status, case.closed_reason, case.proposed_closing) == (CaseStatus.CLOSED, "resolved", None)
    assert await web.do(me, "closing", reason="resolved") == 422
    assert await web.do(me, "status", to="reopened") == 303
    assert (await web.case()).closed_at is None


async def test_the_second_of_two_sees_what_the_first_did_and_overwrites_nothing(web: Office) -> None:
    me, other = await web.desk.meet(Role.CASEWORKER), await web.desk.meet(Role.CASEWORKER)
    seen = (await web.case()).version
    assert await web.do(me, "take", version=seen) == 303
    response = await other.post(f"/cases/{web.number}/status", version=str(seen), to="acknowledged")
    assert response.status == 409
    assert "Es wurde nichts überschrieben" in await response.text()
    assert await web.do(other, "status", version="", to="acknowledged") == 409
    assert (await web.case()).status is CaseStatus.NEW


async def test_a_case_of_another_city_is_not_there(web: Office) -> None:
    far = await web.desk.meet(Role.LEAD, cities=(DRESDEN,))
    for step in ("take", "assign", "status", "closing", "closing/decline", "messages", "messages/preview", "messages/write"):
        assert await web.do(far, step, to="acknowledged", reason="resolved", template="received") == 404, step
        assert (await far.post(f"/cases/W-0000-0000/{step}", version="0", to="closed", template="received")).status == 404, step


async def test_nothing_is_done_to_an_erased_case(web: Office) -> None:
    lead = await web.desk.meet(Role.LEAD, cities=(HALLE,))
    async with web.desk.database.unit_of_work() as work:
        await work.cases.erase(web.number, web.desk.world.clock())
        await work.commit()
    for step in ("take", "status", "closing"):
        assert await web.do(lead, step, to="acknowledged", reason="resolved") == 409, step
    for step in ("messages", "messages/preview"):
        assert await web.do(lead, step, template="received") == 404, step
    assert (await web.case()).status is CaseStatus.NEW
