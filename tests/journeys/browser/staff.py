"""Somebody at the desk: how they come in, and what they press."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import pyotp
from playwright.async_api import Browser, BrowserContext, expect

from bot.console.entrance import COOKIE
from bot.demo.people import Keys
from tests.journeys.browser.visitor import Visitor


async def give_cookie(context: BrowserContext, address: str, name: str, value: str) -> None:
    """Let a browser be signed in already, or have chosen a language."""
    host = urlsplit(address).hostname
    await context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/", "secure": True, "httpOnly": True}])


@dataclass(kw_only=True)
class Staff(Visitor):
    """One member of staff with one page open; `address` is that of the server, with a slash at its end."""

    async def open(self, path: str) -> None:
        """Go to a page of the desk."""
        await self.page.goto(f"{self.address}console{path}")

    async def sign_in(self, email: str, keys: Keys) -> None:
        """Password, then the code that an authenticator app shows."""
        await self.open("/sign-in")
        await self.page.locator("#email").fill(email)
        await self.page.locator("#password").fill(keys.password)
        await self.page.locator("main button.main").click()
        await self.page.locator("#code").fill(pyotp.TOTP(s=keys.code_secret).now())
        await self.page.locator("main button.main").click()
        await expect(self.page.locator("header.bar nav")).to_be_visible()

    async def press_in(self, step: str) -> None:
        """Press the button of the form that does a step with a case."""
        await self.page.locator(f"form[action$='/{step}'] button").first.click()

    async def is_told(self, words: str) -> None:
        """The page begins with a sentence."""
        await expect(self.page.locator("main > .notice.good")).to_contain_text(words)


Kind = TypeVar("Kind", bound=Staff)


@asynccontextmanager
async def open_office(
    browser: Browser, address: str, kind: type[Kind], open_token: Callable[[str], Awaitable[str]]
) -> AsyncIterator[Callable[..., Awaitable[Kind]]]:
    """Lets people in, each with a device of their own and signed in if they are named; in the end no browser may have complained."""
    staff: list[Kind] = []

    async def employ_one(who: str, *, width: int = 1280, height: int = 900, **device: object) -> Kind:
        context = await browser.new_context(viewport={"width": width, "height": height}, **{"locale": "de-DE", **device})
        if who:
            await give_cookie(context, address, COOKIE, await open_token(who))
        somebody = kind(page=await context.new_page(), address=address)
        somebody.watch()
        staff.append(somebody)
        return somebody

    yield employ_one
    for somebody in staff:
        await somebody.page.context.close()
    assert [complaint for somebody in staff for complaint in somebody.complaints] == []
