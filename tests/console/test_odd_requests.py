"""What no browser sends by itself is refused like anything else that is wrong, and leaves no secret in the log."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.console.entrance import COOKIE
from bot.domain.staff import Role
from tests.console.chats.test_chats import meet_person
from tests.console.conftest import Desk


@pytest.mark.parametrize("path", ["/cases/%00", "/cases?q=a&city=%00", "/chats/a%00b", "/statistics?city=%00", "/nothing%00"])
async def test_a_name_that_no_database_takes_is_nobodys(desk: Desk, path: str) -> None:
    somebody = await desk.meet(Role.LEAD)
    response = await somebody.get(path)
    assert response.status == 404
    assert "Das gibt es hier nicht" in await response.text()


@pytest.mark.parametrize("path", ["/cases?sort=newest&after=0001-01-01T00:00:00%2B14:00~W-AAAA", "/alerts"])
async def test_a_moment_that_cannot_be_is_the_beginning(desk: Desk, path: str) -> None:
    somebody = await desk.meet(Role.LEAD)
    assert (await somebody.get(path)).status == 200


async def test_a_line_break_is_no_way_back(desk: Desk) -> None:
    response = await desk.stranger().get("/language/en?from=/console/cases%0d%0aSet-Cookie:%20a=b")
    assert response.status == 303
    assert response.headers["Location"] == "/console/"


async def test_a_form_that_is_no_text_is_refused(desk: Desk) -> None:
    somebody = await desk.meet(Role.LEAD)
    headers = {"Cookie": f"{COOKIE}={somebody.token}", "Content-Type": "application/x-www-form-urlencoded"}
    response = await desk.client.post("/console/filters", data=b"csrf=" + somebody.csrf.encode() + b"&name=\xff", headers=headers)
    assert response.status == 400


async def test_a_number_longer_than_the_database_counts_marks_nothing(desk: Desk) -> None:
    somebody = await desk.meet(Role.LEAD)
    assert (await somebody.post("/alerts/seen", alert="9" * 30)).status == 303


async def test_a_failure_behind_a_one_time_link_does_not_log_the_link(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("bot.console.people.invitation.find_invitation", fail)
    with capture_logs() as logs:
        assert (await desk.stranger().get("/invitation/one-time-canary")).status == 500
    [entry] = logs
    assert entry["path"] == "/console/invitation/{token}"
    assert "canary" not in str(entry)


@pytest.mark.parametrize("path", ["/log?below=", "/chats/{chat}/news?seen=", "/cases?sort=status&after="])
async def test_a_number_without_end_is_none(desk: Desk, path: str) -> None:
    somebody = await desk.meet(Role.LEAD, Role.AUDITOR)
    _, chat = await meet_person(desk)
    assert (await somebody.get(f"{path.replace('{chat}', chat)}{'9' * 5000}")).status == 200


async def test_bytes_that_are_no_text_are_no_token(desk: Desk) -> None:
    for header in (b"X-CSRF-Token: \xff", b"Cookie: __Host-wegweiser-desk=\xff", b"Accept-Language: \xff", b"User-Agent: \xff"):
        reader, writer = await asyncio.open_connection(desk.client.server.host, desk.client.server.port)
        form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nConnection: close"
        writer.write(b"POST /console/sign-in HTTP/1.1\r\nHost: desk\r\n" + header + b"\r\n" + form + b"\r\n\r\na=b")
        answer = await reader.read()
        writer.close()
        assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 400")), header
