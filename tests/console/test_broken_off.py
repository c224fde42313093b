"""A download that fails half way breaks off; no page of ours gets into it, and nobody takes a part for the whole."""

import asyncio
from contextlib import closing, suppress

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.web_chat.pages import protect
from bot.channels.web_chat.problems import answer_problems
from bot.console import console
from bot.console.download import begin_download
from bot.console.routes import Access, get
from bot.console.visit import Visit
from bot.domain.errors import ConflictError, NotAllowedError, NotAvailableError
from tests.console.conftest import Desk


@pytest.mark.parametrize(
    "error",
    [NotAvailableError("x"), ConflictError("x"), NotAllowedError("x"), LookupError("x"), web.HTTPNotFound(), RuntimeError("x")],
    ids=repr,
)
async def test_what_has_begun_is_not_finished_with_something_else(desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    async def fail(visit: Visit) -> web.StreamResponse:
        response = await begin_download(visit, "log.csv", "text/csv")
        await response.write(b"position,at\r\n")
        raise error

    monkeypatch.setattr(console, "ROUTES", (get("/log.csv", fail, Access.ANYONE),))
    app = web.Application(middlewares=[protect, answer_problems])
    console.Console(ports=desk.ports).add_to(app)
    async with TestServer(app) as server:
        got = await take_all(server)
    assert b"html" not in got
    assert b"about:blank" not in got
    assert got.count(b"HTTP/1.1") <= 1
    assert b"\r\n0\r\n" not in got, "the end of what is whole"


async def take_all(server: TestServer) -> bytes:
    """Every byte that comes over the line until it is closed."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(b"GET /console/log.csv HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
    got = b""
    with suppress(ConnectionError), closing(writer):
        while piece := await asyncio.wait_for(reader.read(4096), timeout=5):
            got += piece
    return got
