"""Signing in through the organisation's identity provider: a real one, small, on the loopback interface."""

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from joserfc.jwk import RSAKey

from bot.adapters.sign_in.oidc import OidcProvider
from bot.channels.web_chat.pages import protect
from bot.console.console import Console
from bot.console.entrance import COOKIE
from bot.console.people.provider import COOKIE as AWAY
from bot.domain.staff import Role
from tests.console.conftest import Desk
from tests.console.people.conftest import PASSWORD, Visitor, code, employ, link_in
from tests.console.people.oidc_provider import CLIENT_ID, CLIENT_SECRET, SmallProvider


@pytest.fixture
async def provider(desk: Desk) -> AsyncIterator[SmallProvider]:
    """The desk knows it, and is known to it."""
    small = SmallProvider(now=lambda: desk.world.clock().timestamp())
    server = await small.start()
    known = OidcProvider(small.issuer, CLIENT_ID, CLIENT_SECRET, "Stadt-Konto")
    app = aiohttp.web.Application(middlewares=[protect])
    Console(ports=replace(desk.ports, provider=known, bot=replace(desk.world.ports, public_url=None))).add_to(app)
    before = desk.client
    async with TestClient(TestServer(app)) as client:
        desk.client = client
        yield small
    desk.client = before
    await server.close()


class Traveller(Visitor):
    """A browser on its way to the provider and back."""

    async def follow(self, address: str, cookies: dict[str, str]):
        parts = urlsplit(address)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        return await self.desk.client.get(f"{parts.path}?{parts.query}", headers=headers, allow_redirects=False)

    async def leave(self, way: str = "/console/account") -> tuple[str, dict[str, str]]:
        """Go to the provider; the address it sends back to, and the cookies of this browser."""
        away = await self.get(f"/sign-in/provider?next={way}")
        assert away.status == 303, await away.text()
        cookies = {COOKIE: self.token, AWAY: away.cookies[AWAY].value}
        async with aiohttp.ClientSession() as session, session.get(away.headers["Location"], allow_redirects=False) as response:
            return response.headers["Location"], cookies

    async def travel(self, way: str = "/console/account"):
        address, cookies = await self.leave(way)
        response = await self.follow(address, cookies)
        if COOKIE in response.cookies:
            self.token = response.cookies[COOKIE].value
        return response


async def test_the_providers_second_factor_is_enough(desk: Desk, provider: SmallProvider) -> None:
    member, traveller = await employ(desk, Role.LEAD), Traveller(desk)
    assert "Mit Stadt-Konto anmelden" in await traveller.read("/sign-in")
    provider.claims = {"email": member.email.upper(), "email_verified": True, "amr": ["pwd", "mfa"]}
    response = await traveller.travel()
    assert response.headers["Location"] == "/console/account"
    assert member.name in await traveller.read("/account")


async def test_without_it_ours_follows(desk: Desk, provider: SmallProvider) -> None:
    member, traveller = await employ(desk, Role.LEAD), Traveller(desk)
    provider.claims = {"email": member.email, "email_verified": True, "amr": ["pwd"]}
    assert (await traveller.travel()).headers["Location"].startswith("/console/sign-in/code")
    assert (await traveller.get("/account")).status == 303
    assert (await traveller.post("/sign-in/code", code=code(desk), next="/console/account")).status == 303
    assert (await traveller.get("/account")).status == 200


async def test_no_account_is_made_for_a_stranger(desk: Desk, provider: SmallProvider) -> None:
    gone = await employ(desk, Role.LEAD, disabled_at=desk.world.clock())
    for email in ("niemand@stadt.example", gone.email):
        provider.claims = {"email": email, "email_verified": True, "amr": ["mfa"]}
        assert (await Traveller(desk).travel()).status == 422
    async with desk.database.unit_of_work() as work:
        assert len(await work.staff.all()) == 1


async def test_an_address_that_changes_hands_opens_nothing(desk: Desk, provider: SmallProvider) -> None:
    admin, member = await desk.meet(Role.ADMIN, cities=()), await employ(desk, Role.EDITOR, secret=None)
    provider.claims = {"email": member.email, "email_verified": True}
    for subject, status in (("1", 303), ("1", 303), ("2", 422), ("1", 303)):
        provider.claims["sub"] = subject
        assert (await Traveller(desk).travel()).status == status
    link = link_in(await (await admin.post(f"/people/{member.id}/new-link")).text())
    await Visitor(desk).post(link, password=PASSWORD, again=PASSWORD)
    provider.claims["sub"] = "2"
    assert (await Traveller(desk).travel()).status == 303, "a new link unties the account"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": ["wegweiser", "another"]},
        {"iss": "https://another.example"},
        {"exp": 1_700_000_000},
        {"sub": 7},
        {"sub": ""},
        {"sub": None, "iat": None, "exp": None},
    ],
    ids=str,
)
async def test_a_token_with_a_fault_lets_nobody_in(desk: Desk, provider: SmallProvider, claims) -> None:
    member, traveller = await employ(desk, Role.EDITOR, secret=None), Traveller(desk)
    provider.claims = {"email": member.email, "email_verified": True, "amr": ["mfa"], **claims}
    response = await traveller.travel()
    assert response.status == 422
    assert "nicht geklappt" in await response.text()
    assert (await traveller.get("/account")).status == 303


async def test_a_token_that_somebody_else_signed_lets_nobody_in(desk: Desk, provider: SmallProvider) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    provider.claims = {"email": member.email, "email_verified": True}
    assert (await Traveller(desk).travel()).status == 303
    provider.published = RSAKey.generate_key(2048, parameters={"kid": "one"})
    assert (await Traveller(desk).travel()).status == 422


async def test_the_way_back_belongs_to_the_browser_that_left(desk: Desk, provider: SmallProvider) -> None:
    member = await employ(desk, Role.EDITOR, secret=None)
    provider.claims = {"email": member.email, "email_verified": True}
    address, cookies = await Traveller(desk).leave()
    traveller = Traveller(desk)
    for foreign in ({}, {COOKIE: cookies[COOKIE]}, {**cookies, COOKIE: "of-another-browser"}, {**cookies, AWAY: "x"}):
        assert (await traveller.follow(address, foreign)).status == 422
    assert (await traveller.follow(address.replace("state=", "state=x"), cookies)).status == 422
    desk.world.clock.pass_time(minutes=11)
    assert (await traveller.follow(address, cookies)).status == 422
    desk.world.clock.pass_time(minutes=-11)
    assert (await traveller.follow(address, cookies)).status == 303
    assert (await traveller.follow(address, cookies)).status == 422, "a code is worth a token once"


async def test_a_provider_that_is_down_is_told_of(desk: Desk, provider: SmallProvider) -> None:
    provider.is_broken = True
    assert (await Traveller(desk).get("/sign-in/provider")).status == 503


async def test_without_a_provider_there_is_no_such_door(desk: Desk) -> None:
    assert "/sign-in/provider" not in await Visitor(desk).read("/sign-in")
    for path in ("/sign-in/provider", "/sign-in/provider/return"):
        assert (await Visitor(desk).get(path)).status == 404
