"""The list shows what somebody may see, narrowed as they ask, and says what it leaves out."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from bot.domain.case_filter import Choices, Sort, View, read_filter, to_pairs, wall_of
from bot.domain.case_log import CaseEvent
from bot.domain.cases import Case, CaseChannel, CaseMessage, CaseNumber, CaseStatus, log_of
from bot.domain.knowledge import MunicipalityId
from bot.domain.staff import Role
from bot.services.desk.cases.find_cases import PAGE
from tests.adapters.database.samples import make_case
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk
from tests.fakes.world import MORNING

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


def number_of(index: int) -> CaseNumber:
    """One for each index, written as they are given."""
    return CaseNumber(f"W-{LETTERS[index // 22 % 22]}{LETTERS[index % 22]}00-{index:04}")


async def file(desk: Desk, **changes: Any) -> Case:
    """A stored case, filed now and in time, unless something else is asked for."""
    async with desk.database.unit_of_work() as work:
        now = desk.world.clock()
        fresh = {"filed_at": now, "acknowledge_by": now + timedelta(days=7), "feedback_by": now + timedelta(days=91), "deadlines": ()}
        case = replace(make_case(number_of(changes.pop("index", 0))), **{**fresh, **changes})
        await work.cases.add(case, f"receipt {case.number}", None)
        await work.commit()
    return case


def numbers_on(page: str) -> list[str]:
    """The case numbers of a page, in their order."""
    return re.findall(r'data-row href="/console/cases/([^"]+)"', page)


def counts_on(page: str) -> list[int]:
    """What stands on the tabs."""
    return [int(count.replace(".", "")) for count in re.findall(r'class="count[^"]*">([\d.]+)<', page)]


async def listed(browser: Browser, query: str = "") -> list[str]:
    return numbers_on(await browser.read(f"/cases?{query}"))


async def test_everybody_sees_their_own_cities_and_leads_what_has_none(desk: Desk) -> None:
    halle, dresden, nowhere = [await file(desk, index=index, municipality=city) for index, city in enumerate((HALLE, DRESDEN, None))]
    for role, cities, seen in (
        (Role.CASEWORKER, (HALLE,), [halle]),
        (Role.CASEWORKER, (DRESDEN,), [dresden]),
        (Role.CASEWORKER, (HALLE, DRESDEN), [halle, dresden]),
        (Role.LEAD, (HALLE,), [halle, nowhere]),
    ):
        somebody = await desk.meet(role, cities=cities)
        for query in ("view=all", "view=all&sort=newest", "view=all&city=dresden&city=none", "q=W"):
            found = await listed(somebody, query)
            assert set(found) <= {case.number for case in seen}, query
        page = await somebody.read("/cases?view=all")
        assert sorted(numbers_on(page)) == sorted(case.number for case in seen)
        assert counts_on(page) == [0, len(seen), 0, len(seen), 0, len(seen)]
        assert all(somebody.member.sees_case_of(case.municipality) == (case in seen) for case in (halle, dresden, nowhere))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("cities", [(), (HALLE,), (HALLE, DRESDEN)])
async def test_the_wall_of_the_list_is_the_wall_of_the_case(desk: Desk, role: Role, cities: tuple[MunicipalityId, ...]) -> None:
    member = (await desk.meet(role, cities=cities)).member
    for disabled in (None, MORNING):
        somebody = replace(member, disabled_at=disabled)
        wall = wall_of(somebody)
        for city in (HALLE, DRESDEN, None):
            assert somebody.sees_case_of(city) == (wall.without_city if city is None else city in wall.cities)


async def test_tabs_hold_what_they_say(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    now = desk.world.clock()
    new = await file(desk, index=1)
    mine = await file(desk, index=2, status=CaseStatus.CLARIFYING, assignee=lead.member.id, acknowledged_at=now, touched_at=now)
    late = await file(desk, index=3, status=CaseStatus.REFERRED, acknowledged_at=now, feedback_by=now - timedelta(days=1))
    closed = await file(desk, index=4, status=CaseStatus.CLOSED, closed_at=now, assignee=lead.member.id)
    wanted = {
        View.MINE: [mine],
        View.NEW: [new],
        View.OVERDUE: [late],
        View.OPEN: [late, new, mine],
        View.CLOSED: [closed],
        View.ALL: [late, new, mine, closed],
    }
    for view, cases in wanted.items():
        page = await lead.read(f"/cases?view={view}")
        assert numbers_on(page) == [case.number for case in cases], view
        assert counts_on(page) == [1, 1, 1, 3, 1, 4]
    assert await listed(lead) == [case.number for case in wanted[View.OPEN]]
    overdue = await lead.read("/cases?view=overdue")
    assert "überfällig seit 19.11.2026" in overdue


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("status=clarifying&status=referred", {"status": CaseStatus.REFERRED}),
        ("city=none", {"municipality": None}),
        ("assignee=nobody", {"assignee": None}),
        ("due=overdue", {"acknowledge_by": MORNING - timedelta(days=2)}),
        ("due=soon", {"acknowledge_by": MORNING}),
        ("ground=agg.age", {"grounds": ("beyond.language", "agg.age")}),
        ("area=work", {"area": "work", "area_detail": "pay"}),
        ("spoken=tr", {"language": "tr"}),
        ("age=30", {"filed_at": MORNING - timedelta(days=31)}),
        ("channel=phone", {"channel": CaseChannel.PHONE}),
        ("held=yes", {"on_hold": True}),
        ("proposed=yes", {"proposed_closing": "resolved"}),
    ],
)
async def test_filters_narrow(desk: Desk, query: str, changes: dict[str, Any]) -> None:
    lead, colleague = await desk.meet(Role.LEAD), await desk.meet(Role.CASEWORKER)
    usual = {"assignee": colleague.member.id, "acknowledge_by": MORNING + timedelta(days=20)}
    sought, other = await file(desk, index=1, **{**usual, **changes}), await file(desk, index=2, **usual)
    page = await lead.read(f"/cases?view=all&{query}")
    assert numbers_on(page) == [sought.number]
    assert counts_on(page)[-1] == 1
    assert set(await listed(lead, "view=all")) == {sought.number, other.number}
    assert re.search(r'class="chip chosen" href="([^"]+)"', page)


async def test_a_ground_is_not_found_by_a_part_of_it(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    await file(desk, grounds=("agg.age",))
    assert await listed(lead, "view=all&ground=agg.age")
    assert await listed(lead, "view=all&ground=agg.gender") == []


async def test_somebody_in_particular(desk: Desk) -> None:
    lead, colleague = await desk.meet(Role.LEAD), await desk.meet(Role.CASEWORKER)
    stranger = await desk.meet(Role.CASEWORKER, cities=(DRESDEN,))
    own, theirs = await file(desk, index=1, assignee=lead.member.id), await file(desk, index=2, assignee=colleague.member.id)
    assert await listed(lead, "assignee=me") == [own.number]
    assert await listed(lead, f"assignee={colleague.member.id}") == [theirs.number]
    assert set(await listed(lead, "assignee=somebody")) == {own.number, theirs.number}
    page = await lead.read(f"/cases?assignee={stranger.member.id}")
    assert "gibt es hier nicht (mehr)" in page
    assert stranger.member.name not in page


async def test_what_nobody_knows_is_left_out_in_words(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file(desk)
    for query in ("status=lost", "ground=agg.age'--", "sort=x", "due=%F0%9F%98%80", "age=-1", "spoken=xx", "city=atlantis"):
        page = await lead.read(f"/cases?{query}")
        assert numbers_on(page) == [case.number], query
        assert "gibt es hier nicht (mehr)" in page, query
    assert "gibt es hier nicht (mehr)" not in await lead.read("/cases?other=1&done=nothing&status=")
    for after in ("x", "2026-13-01~W", "~", "2026-11-20~'", "9999-12-31T00:00:00~W-1", "0~2026-11-20~W"):
        assert numbers_on(await lead.read(f"/cases?after={after}")) == [case.number], after
    assert (await lead.get("/cases?sort=status&after=99999999999999999999~2026-11-20~W")).status == 200
    assert (await lead.get("/cases?sort=newest&after=2026-11-20T10:00:00~W")).status == 200


@pytest.mark.parametrize("sort", list(Sort))
async def test_pages_follow_each_other_without_gap_or_repetition(desk: Desk, sort: Sort) -> None:
    lead = await desk.meet(Role.LEAD)
    now, statuses = desk.world.clock(), list(CaseStatus)
    cases = [
        await file(desk, index=index, filed_at=now - timedelta(days=index % 7), status=statuses[index % 7], acknowledge_by=now)
        for index in range(2 * PAGE + 3)
    ]
    seen, address = [], f"/cases?view=all&sort={sort}"
    while address:
        page = await lead.read(address)
        seen.append(numbers_on(page))
        following = re.search(r'href="/console(/cases\?[^"]+)" rel="next"', page)
        address = following.group(1).replace("&amp;", "&") if following else ""
        assert ("Von vorn" in page) == (len(seen) > 1)
    assert [len(page) for page in seen] == [PAGE, PAGE, 3]
    order = [number for page in seen for number in page]
    assert sorted(order) == sorted(case.number for case in cases)
    by_number = {case.number: case for case in cases}
    for first, second in pairwise(by_number[number] for number in order):
        match sort:
            case Sort.NEWEST:
                assert first.filed_at >= second.filed_at
            case Sort.OLDEST:
                assert first.filed_at <= second.filed_at
            case Sort.STATUS:
                assert statuses.index(first.status) <= statuses.index(second.status)
            case Sort.DUE:
                assert (first.status is CaseStatus.CLOSED) <= (second.status is CaseStatus.CLOSED)


async def test_search_finds_numbers_and_labels(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    first = await file(desk, index=1, area="work", area_detail="pay", grounds=("agg.age",), status=CaseStatus.CLOSED, language="tr")
    second = await file(desk, index=2, grounds=("agg.religion",))
    one, two = first.number, second.number
    wanted = {
        one: {one},
        f" {one.lower().replace('-', '')} ": {one},
        one[-4:]: {one},
        "w-": {one, two},
        "Religion": {two},
        "religion wohn": {two},
        "religion arbeit": set(),
        "türkisch": {one},
        "abgeschlossen": {one},
        "halle": {one, two},
        "dresden": set(),
        "100%": set(),
        "_": set(),
        "'; drop": set(),
    }
    for words, found in wanted.items():
        assert set(await listed(lead, urlencode({"q": words}))) == found, words
    assert await listed(lead, urlencode({"q": " \x01\n"})) == [two]


async def test_erased_cases_are_found_by_their_number_only(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file(desk)
    async with desk.database.unit_of_work() as work:
        await work.cases.erase(case.number, desk.world.clock())
        await work.commit()
    assert await listed(lead, "view=all") == []
    page = await lead.read(f"/cases?q={case.number}")
    assert numbers_on(page) == [case.number]
    assert "Gelöscht" in page


async def test_a_new_message_shows_until_somebody_does_something(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    case = await file(desk)
    assert "Neue Nachricht" not in await lead.read("/cases")

    async def write(author: str) -> None:
        desk.world.clock.pass_time(minutes=5)
        now = desk.world.clock()
        async with desk.database.unit_of_work() as work:
            if author == "person":
                await work.cases.add_message(
                    CaseMessage(case=case.number, author="person", language="ar", written_at=now, text="geheimes Wort")
                )
            await work.case_log.append(log_of(case, CaseEvent.NOTE_ADDED, actor=author, at=now))
            await work.commit()

    await write("person")
    page = await lead.read("/cases")
    assert "Neue Nachricht" in page
    assert "geheimes Wort" not in page
    await write(lead.member.id)
    assert "Neue Nachricht" not in await lead.read("/cases")
    await write("person")
    assert "Neue Nachricht" in await lead.read("/cases")


async def stored_names(desk: Desk) -> set[bytes]:
    """What the database holds of the names."""
    async with desk.database._engine.connect() as connection:
        return {bytes(name) for (name,) in await connection.execute(text("SELECT name FROM saved_filters"))}


async def test_filters_are_kept_by_their_owner(desk: Desk) -> None:
    lead, other = await desk.meet(Role.LEAD), await desk.meet(Role.LEAD)
    query = "view=open&ground=agg.age&q=Mustermann&status=new&status=lost&unknown=1"
    page = await lead.read(f"/cases?{query}")
    kept = re.search(r'name="query" value="([^"]*)"', page).group(1).replace("&amp;", "&")
    assert kept == "view=open&status=new&ground=agg.age"
    response = await lead.post("/filters", query=query, name="Alter zuerst")
    assert response.status == 303
    assert response.headers["Location"] == f"/console/cases?{kept}&done=filter-kept"
    await lead.post("/filters", query="assignee=me", name="", suggested="Für mich")
    page = await lead.read("/cases")
    assert "Alter zuerst" in page
    assert "Für mich" in page
    async with desk.database.unit_of_work() as work:
        saved = await work.saved_filters.of(lead.member.id)
        assert await work.saved_filters.of(other.member.id) == []
    assert {each.query for each in saved} == {kept, "view=open&assignee=me"}
    assert [each.name for each in saved] == ["Alter zuerst", "Für mich"]
    assert {b"Alter zuerst", "Für mich".encode()}.isdisjoint(await stored_names(desk))
    assert (await other.post(f"/filters/{saved[0].reference}/delete")).status == 404
    assert "Alter zuerst" not in await other.read("/cases")
    for each in saved:
        assert (await lead.post(f"/filters/{each.reference}/delete")).status == 303
    assert "Alter zuerst" not in await lead.read("/cases")


async def test_nobody_keeps_filters_without_end(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    answers = [(await lead.post("/filters", query="view=all", name=f"Filter {index}")).status for index in range(31)]
    assert answers == [303] * 30 + [422]


async def test_empty_lists_say_so_in_words(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    for view in View:
        assert '<div class="card empty">' in await lead.read(f"/cases?view={view}")
    assert "list." not in re.sub(r'href="[^"]*"', "", await lead.read("/cases?view=new&area=work"))
    assert "Nichts ist überfällig" in await lead.read("/cases?view=overdue")
    assert "Nothing is overdue" in await lead.read("/cases?view=overdue&language=en")


def test_a_filter_is_written_as_it_is_read() -> None:
    choices = Choices(cities=("halle", "none"), languages=("ar",), colleagues=("a1",))
    for name, values in choices.of_parameters().items():
        for value in values:
            read, unknown = read_filter([(name, value), ("q", " W-1 ")], choices)
            assert unknown == frozenset()
            assert read_filter(to_pairs(read), choices) == (read, frozenset())
            assert (name, value) in [*to_pairs(read), ("sort", "due")]
