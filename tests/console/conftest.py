"""The desk on a real database, and members of staff with a signed-in browser each."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from aiohttp import ClientResponse, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import profiles

from bot.adapters.attachments.cleaner import AttachmentCleaner
from bot.adapters.database.database import Database
from bot.adapters.reports import WRITERS
from bot.adapters.sign_in.one_time_codes import TotpCodes
from bot.adapters.sign_in.password_hasher import Argon2Passwords
from bot.assemble.make_desk import make_knowledge_tools
from bot.channels.web_chat.pages import protect
from bot.channels.web_chat.problems import answer_problems
from bot.console.console import Console
from bot.console.entrance import COOKIE
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import GERMAN
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.stored_people import Credentials, StaffSession
from bot.services.desk.ports import DeskPorts
from tests.fakes.world import CIPHER, World
from tests.house.test_desk_words import desk_words

HALLE = MunicipalityId("halle")
DRESDEN = MunicipalityId("dresden")


@dataclass
class Browser:
    """A browser at the desk, signed in or not."""

    client: TestClient[web.Request, web.Application]
    token: str
    member: StaffMember | None = None

    async def get(self, path: str, **options: Any) -> ClientResponse:
        """Open a page; redirects are not followed."""
        return await self.client.get(f"/console{path}", allow_redirects=False, headers={"Cookie": f"{COOKIE}={self.token}"}, **options)

    async def read(self, path: str) -> str:
        """The HTML of a page that must be there."""
        response = await self.get(path)
        assert response.status == 200, f"{path}: {response.status}"
        return await response.text()

    async def post(self, path: str, **fields: Any) -> ClientResponse:
        """Send a form as the page would, with its token; a list sends a name several times."""
        pairs = [
            ("csrf", self.csrf),
            *((name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])),
        ]
        return await self.client.post(
            f"/console{path}",
            data=pairs,
            allow_redirects=False,
            headers={"Cookie": f"{COOKIE}={self.token}", "Sec-Fetch-Site": "same-origin"},
        )

    @property
    def csrf(self) -> str:
        """What the forms of this browser carry."""
        return CIPHER.hash("desk-form", self.token)


@dataclass
class Desk:
    """The desk with its world, and a way to meet people who work there."""

    world: World
    ports: DeskPorts
    client: TestClient[web.Request, web.Application]
    names: list[str] = field(default_factory=lambda: ["Zoe", "Yan", "Xenia", "Wanja", "Vera", "Uwe", "Tara", "Sami"])

    @property
    def database(self) -> Database:
        """The real database."""
        return self.world.database

    async def meet(self, *roles: Role, cities: tuple[MunicipalityId, ...] = (HALLE,), **changes: Any) -> Browser:
        """A new member of staff with these roles, signed in."""
        member = StaffMember(
            id=StaffId(secrets.token_hex(8)),
            name=self.names.pop(),
            email=f"{secrets.token_hex(4)}@stadt.example",
            roles=frozenset(roles),
            municipalities=frozenset(cities),
            language=GERMAN,
            created_at=self.world.clock(),
        )
        member, token, now = replace(member, **changes), secrets.token_urlsafe(16), self.world.clock()
        session = StaffSession(reference=secrets.token_hex(8), staff=member.id, stage="full", device="test", opened_at=now, seen_at=now)
        async with self.database.unit_of_work() as work:
            await work.staff.add(member, Credentials(password_hash=None))
            await work.staff_sessions.add(CIPHER.hash("staff-session", token), session)
            await work.commit()
        return Browser(client=self.client, token=token, member=member)

    def stranger(self) -> Browser:
        """A browser that is not signed in."""
        return Browser(client=self.client, token=secrets.token_urlsafe(16))


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    world = World(database=database)
    ports = make_ports(world)
    app = web.Application(middlewares=[protect, answer_problems])
    Console(ports=ports).add_to(app)
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        yield Desk(world=world, ports=ports, client=client)


@pytest.fixture
async def database(sqlite_template: Any, tmp_path: Any) -> AsyncIterator[Database]:
    (tmp_path / "desk.db").write_bytes(sqlite_template.read_bytes())
    opened = Database(f"sqlite:///{tmp_path / 'desk.db'}", CIPHER)
    yield opened
    await opened.close()


def make_ports(world: World) -> DeskPorts:
    """What the desk needs, with passwords that are quickly hashed."""
    wording = desk_words()
    passwords = Argon2Passwords(profiles.CHEAPEST)
    return DeskPorts(
        bot=world.ports,
        wording=wording,
        passwords=passwords,
        codes=TotpCodes(),
        files=AttachmentCleaner(),
        knowledge=make_knowledge_tools(world.ports),
        reports=WRITERS,
    )


Meet = Callable[..., Awaitable[Browser]]


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]
