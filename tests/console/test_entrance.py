"""Nobody passes the entrance who should not, and what goes wrong is told on a page."""

import pytest

from bot.console.console import every_route
from bot.console.routes import Access
from bot.domain.staff import Permission, Role
from tests.console.conftest import Desk

ROUTES = tuple(every_route())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
async def test_every_address_asks_for_what_it_needs(desk: Desk, route) -> None:
    assert isinstance(route.access, Access | Permission)
    path = route.path.replace("{nothing:.*}", "nothing").replace("{", "").replace("}", "")
    stranger = desk.stranger()
    response = await (stranger.get(path) if route.method == "GET" else stranger.post(path))
    if route.access is Access.ANYONE:
        assert response.status < 500
    else:
        assert response.status == 303
        assert response.headers["Location"].startswith("/console/sign-in")


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_opens_its_pages_and_no_others(desk: Desk, role: Role) -> None:
    somebody = await desk.meet(role)
    for route in ROUTES:
        if isinstance(route.access, Permission) and not somebody.member.may(route.access):
            path = route.path.replace("{", "").replace("}", "")
            response = await (somebody.get(path) if route.method == "GET" else somebody.post(path))
            assert response.status == 403, route


@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "POST"], ids=lambda route: route.path)
async def test_a_form_needs_its_own_token(desk: Desk, route) -> None:
    somebody = await desk.meet(*(set(Role) - {Role.ADMIN}))
    if not (route.access in Access or somebody.member.may(route.access)):
        somebody = await desk.meet(Role.ADMIN)
    path = f"/console{route.path.replace('{', '').replace('}', '')}"
    foreign = (await desk.meet(Role.AUDITOR)).csrf
    cookie = {"Cookie": f"__Host-wegweiser-desk={somebody.token}"}
    for fields in ({}, {"csrf": "wrong"}, {"csrf": foreign}):
        response = await desk.client.post(path, data=fields or {"a": "b"}, headers=cookie, allow_redirects=False)
        assert response.status == 403, fields
    crossed = await desk.client.post(
        path, data={"csrf": somebody.csrf}, headers={**cookie, "Sec-Fetch-Site": "cross-site"}, allow_redirects=False
    )
    assert crossed.status == 403


async def test_sessions_end(desk: Desk) -> None:
    somebody = await desk.meet(Role.LEAD)
    for minutes in (29, 29):
        desk.world.clock.pass_time(minutes=minutes)
        assert (await somebody.get("/language/de")).status == 303
        assert (await somebody.get("/nothing-here")).status == 404
    desk.world.clock.pass_time(minutes=31)
    assert (await somebody.get("/nothing-here")).status == 303
    tireless = await desk.meet(Role.LEAD)
    for _ in range(21):
        desk.world.clock.pass_time(minutes=28)
        assert (await tireless.get("/nothing-here")).status == 404
    desk.world.clock.pass_time(minutes=28)
    assert (await tireless.get("/nothing-here")).status == 303


async def test_errors_are_pages(desk: Desk) -> None:
    somebody = await desk.meet(Role.LEAD)
    response = await somebody.get("/nothing-here")
    assert response.content_type == "text/html"
    assert "Das gibt es hier nicht" in await response.text()
    english = await desk.client.get("/console/nothing-here?language=en", headers={"Cookie": f"__Host-wegweiser-desk={somebody.token}"})
    assert "There is nothing here" in await english.text()


async def test_an_address_with_a_zero_byte_is_not_there(desk: Desk) -> None:
    lead = await desk.meet(Role.LEAD)
    for path in ("/cases?q=%00", "/cases/%00", "/log?case=%00"):
        assert (await lead.get(path)).status in (403, 404)
