"""Addresses are asked on a real server: redirects, faults, and never a place within our own network."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.links.http_links import HttpLinks


@dataclass
class Site:
    """A small web site that remembers what it was asked."""

    server: TestServer | None = None
    asked: list[web.Request] = field(default_factory=list)

    def at(self, path: str) -> str:
        """The address of a page."""
        return str(self.server.make_url(path))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """By the path."""
        self.asked.append(request)
        match request.path:
            case "/here":
                return web.Response(headers={"Set-Cookie": "who=you"})
            case "/only-get":
                return web.Response(status=200 if request.method == "GET" else 405)
            case "/moved":
                return web.Response(status=301, headers={"Location": "/here#part", "Set-Cookie": "who=you"})
            case "/round":
                return web.Response(status=302, headers={"Location": "/round"})
            case "/to-a-file":
                return web.Response(status=302, headers={"Location": "file:///etc/passwd"})
            case "/to-our-network":
                return web.Response(status=302, headers={"Location": "http://10.0.0.1/"})
            case "/nowhere-to-go":
                return web.Response(status=302)
            case "/slow":
                await asyncio.sleep(5)
            case "/endless":
                return await self.pour(request)
        return web.Response(status=404)

    async def pour(self, request: web.Request) -> web.StreamResponse:
        """A page without an end."""
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site, app = Site(), web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    async with TestServer(app) as site.server:
        yield site


LINKS = HttpLinks(seconds=1, allows_loopback=True)


@pytest.mark.parametrize(
    ("path", "status", "fault"),
    [
        ("/here", 200, ""),
        ("/only-get", 200, ""),
        ("/gone", 404, ""),
        ("/moved", 200, ""),
        ("/endless", 200, ""),
        ("/slow", 0, "timeout"),
        ("/round", 0, "redirects"),
        ("/to-a-file", 0, "address"),
        ("/to-our-network", 0, "private"),
        ("/nowhere-to-go", 400, ""),
    ],
)
async def test_an_address_is_asked(site: Site, path: str, status: int, fault: str) -> None:
    answer = await LINKS.ask(site.at(path))
    assert (answer.status, answer.fault) == (status, fault)


async def test_redirects_are_told(site: Site) -> None:
    assert (await LINKS.ask(site.at("/moved"))).moved_to == site.at("/here")
    assert not (await LINKS.ask(site.at("/here#part"))).moved_to


async def test_it_says_what_it_is_and_keeps_no_cookies(site: Site) -> None:
    await LINKS.ask(site.at("/moved"))
    await LINKS.ask(site.at("/here"))
    assert len(site.asked) == 3
    for request in site.asked:
        assert request.method == "HEAD"
        assert request.headers["User-Agent"].startswith("Wegweiser-LinkCheck/")
        assert not {"Cookie", "Referer", "Authorization"} & set(request.headers)


async def test_our_own_network_is_never_asked(site: Site) -> None:
    strict, port = HttpLinks(seconds=1), site.server.port
    hosts = ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0177.0.0.1", "[::1]", "0.0.0.0", "10.0.0.1", "169.254.169.254")
    for host in hosts:
        answer = await strict.ask(f"http://{host}:{port}/here")
        assert answer.status == 0, host
        assert answer.fault in ("private", "address", "no-name"), host
    assert (await strict.ask(site.at("/here"))).fault == "private"
    assert site.asked == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://me:secret@example.org/", "http://", "http://[x/", "gopher://a.example"])
async def test_what_is_no_address_is_not_asked(address: str) -> None:
    assert (await LINKS.ask(address)).fault == "address"


async def test_a_closed_door_and_a_missing_name_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert (await LINKS.ask(f"http://127.0.0.1:{port}/")).fault == "no-connection"
    assert (await LINKS.ask("http://nothing-here.invalid/")).fault == "no-name"


async def test_a_server_that_speaks_something_else_is_a_fault() -> None:
    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(babble, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert (await LINKS.ask(f"http://127.0.0.1:{port}/")).fault == "no-answer"
        assert (await LINKS.ask(f"https://127.0.0.1:{port}/")).fault in ("certificate", "no-connection")
