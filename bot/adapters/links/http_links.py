"""Ask an address whether a page is there, without telling who asks, and never within our own network."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from yarl import URL

from bot.domain.links import FIRST_FAULT, LinkAnswer
from bot.domain.networks import is_public

SECONDS = 15.0
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_TARGET = 500
HEADERS = {"User-Agent": "Wegweiser-LinkCheck/1 (looks whether a page is there; reads nothing)", "Accept": "*/*"}
METHODS = ("HEAD", "GET")
"""Many servers answer HEAD wrongly: what fails with it is asked again with GET."""


class AddressError(ValueError):
    """An address that is never asked; its text is the code of why."""


class HttpLinks:
    """Implements desk.knowledge.stored_links.LinkAsker."""

    def __init__(self, *, seconds: float = SECONDS, allows_loopback: bool = False) -> None:
        """Only tests allow addresses on this machine."""
        self._seconds, self._allows_loopback = seconds, allows_loopback

    async def ask(self, address: str) -> LinkAnswer:
        """The status of a page after its redirects, or why there is none. Reads no page, sends no cookie, raises nothing."""
        answer = LinkAnswer(status=0, fault="no-answer")
        for method in METHODS:
            answer = await self._ask(method, address)
            if answer.fault in ("private", "address", "no-name") or 0 < answer.status < FIRST_FAULT:
                break
        return answer

    async def _ask(self, method: str, address: str) -> LinkAnswer:
        door = Door(allows_loopback=self._allows_loopback)
        try:
            async with asyncio.timeout(self._seconds), open_session(door) as session:
                return await follow(session, method, address)
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            return LinkAnswer(status=0, fault="private" if door.refused else name_fault(error))


async def follow(session: aiohttp.ClientSession, method: str, address: str) -> LinkAnswer:
    """The answer at the end of the redirects. Raises AddressError and what aiohttp raises."""
    url = read_address(address)
    for _ in range(MOST_REDIRECTS + 1):
        async with session.request(method, url, allow_redirects=False) as response:
            status, target = response.status, response.headers.get("Location", "")
            response.close()
        if status not in REDIRECTS or not target:
            moved = str(url.with_fragment(None))
            same = moved == str(read_address(address))
            return LinkAnswer(status=status if status not in REDIRECTS else FIRST_FAULT, moved_to="" if same else moved[:LONGEST_TARGET])
        url = read_address(str(url.join(URL(target))))
    raise AddressError("redirects")


def read_address(address: str) -> URL:
    """The address as it is asked, without its fragment. Raises AddressError for one that is none, or that carries a password."""
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise AddressError("address")
    try:
        return URL(urlunsplit(parts._replace(fragment="")))
    except ValueError as error:
        raise AddressError("address") from error


class Door:
    """Makes the socket of each connection, after the name was resolved: the last moment to see where it leads."""

    def __init__(self, *, allows_loopback: bool) -> None:
        """Nothing was refused yet."""
        self.refused = False
        self._allows_loopback = allows_loopback

    def make_socket(self, target: Sequence[Any]) -> socket.socket:
        """A socket for a target as getaddrinfo tells it. Raises PermissionError for one that is not in the public Internet."""
        family, kind, protocol, _, place = target
        here = self._allows_loopback and place[0] in ("127.0.0.1", "::1")
        if not here and not is_public(place[0]):
            self.refused = True
            raise PermissionError("This address is not in the public Internet.")
        return socket.socket(family=family, type=kind, proto=protocol)


@asynccontextmanager
async def open_session(door: Door) -> AsyncIterator[aiohttp.ClientSession]:
    """A session that keeps no cookies, knows no proxy or password, and unpacks nothing."""
    connector = aiohttp.TCPConnector(socket_factory=door.make_socket, force_close=True)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, cookie_jar=jar, headers=HEADERS, auto_decompress=False) as session:
        yield session


def name_fault(error: Exception) -> str:
    """The code of what went wrong.

    >>> name_fault(TimeoutError()), name_fault(AddressError("redirects"))
    ('timeout', 'redirects')
    """
    match error:
        case AddressError():
            return str(error)
        case TimeoutError():
            return "timeout"
        case aiohttp.ClientConnectorDNSError():
            return "no-name"
        case aiohttp.ClientSSLError():
            return "certificate"
        case aiohttp.ClientConnectorError():
            return "no-connection"
        case ValueError():
            return "address"
    return "no-answer"
