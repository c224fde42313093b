"""People who sign in as one does: with a form, a password and a code from an app."""

import re
import secrets
from dataclasses import dataclass, field
from html import unescape

import pyotp

from bot.console.entrance import COOKIE
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.stored_people import Credentials
from tests.console.conftest import HALLE, Browser, Desk

PASSWORD = "drei runde Steine"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Visitor:
    """A browser that keeps its cookie, as browsers do."""

    desk: Desk
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def browser(self) -> Browser:
        return Browser(client=self.desk.client, token=self.token)

    async def post(self, path: str, **fields):
        response = await self.browser.post(path, **fields)
        if COOKIE in response.cookies:
            self.token = response.cookies[COOKIE].value
        return response

    async def get(self, path: str):
        return await self.browser.get(path)

    async def read(self, path: str) -> str:
        return await self.browser.read(path)

    async def sign_in(self, email: str, password: str = PASSWORD, **fields):
        return await self.post("/sign-in", email=email, password=password, **fields)


async def employ(desk: Desk, *roles: Role, secret: str | None = SECRET, cities=(HALLE,), **changes) -> StaffMember:
    """An account with a password and, unless told otherwise, a second factor."""
    values = {"name": "Rosa Muster", "email": f"{secrets.token_hex(4)}@stadt.example", "created_at": desk.world.clock(), **changes}
    member = StaffMember(id=StaffId(secrets.token_hex(8)), roles=frozenset(roles), municipalities=frozenset(cities), **values)
    stored = await desk.ports.passwords.hash(PASSWORD)
    async with desk.database.unit_of_work() as work:
        await work.staff.add(member, Credentials(password_hash=stored, code_secret=secret))
        await work.commit()
    return member


def code(desk: Desk, secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    return pyotp.TOTP(s=secret).at(for_time=desk.world.clock(), counter_offset=steps)


def secret_in(page: str) -> str:
    """The key that a page offers for the app."""
    return re.search(r'class="code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


def codes_in(page: str) -> list[str]:
    """The recovery codes on a page."""
    return re.findall(r'<li class="code">([0-9A-Z-]+)</li>', page)


def link_in(page: str) -> str:
    """The path of the one-time link on a page."""
    return unescape(re.search(r'id="link">[^<]*/console(/invitation/[^<]+)<', page)[1])
