"""Somebody at the page: what they type and press, what they see, and that their browser finds nothing to complain about."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect

ANSWER_MS = 15_000


@dataclass(kw_only=True)
class Visitor:
    """One person with one page open."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every request that leaves the machine, every error, and every breach of the content security policy."""
        self.page.set_default_timeout(ANSWER_MS)
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            self.complaints.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        is_network = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not is_network:
            self.complaints.append(message.text)

    async def come(self, path: str = "") -> None:
        """Open a page of the web chat."""
        await self.page.goto(self.address + path)

    @property
    def messages(self) -> Locator:
        """Everything that was said, the welcome excepted."""
        return self.page.locator("#log .message:not(#welcome)")

    @property
    def last(self) -> Locator:
        """The last message."""
        return self.messages.last

    async def type(self, text: str) -> None:
        """Write a message and wait until everything is answered."""
        await self.page.locator("#text").fill(text)
        await self.page.locator("#text").press("Enter")
        await self.is_answered()

    async def press(self, value: str) -> None:
        """Press the newest button with a value and wait for the answer. People do not press twice within a blink."""
        await self.page.wait_for_timeout(350)
        await self.page.locator(f"#log button[value='{value}']").last.click()
        await self.is_answered()

    async def is_answered(self) -> None:
        """Wait until nothing is under way and the last word is the bot's."""
        await expect(self.last).to_contain_class("bot", timeout=ANSWER_MS)
        await expect(self.page.locator("#typing")).to_be_hidden(timeout=ANSWER_MS)

    async def choose_language(self, language: str) -> None:
        """Pick a language from the list and wait for the page in it."""
        await self.page.locator("#language").select_option(language)
        await expect(self.page.locator("html")).to_have_attribute("lang", language)
