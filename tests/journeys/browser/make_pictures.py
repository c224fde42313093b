"""Make the README's two pictures from the real house: `python -m tests.journeys.browser.make_pictures`."""

import asyncio
import base64
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jinja2
from markdown_it import MarkdownIt
from markupsafe import Markup
from playwright.async_api import Browser, async_playwright

from bot.assemble.folders import ROOT
from bot.assemble.house import House
from bot.assemble.open_house import open_house
from bot.channels.telegram.keyboard import to_rows
from bot.channels.web_chat import pages
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId, IncomingMessage, Reply, Text
from bot.serve import open_doors
from bot.services.answer_message import answer_message
from bot.settings import read_settings
from tests.journeys.browser.conftest import ARGUMENTS, NAMES
from tests.journeys.browser.visitor import Visitor

PICTURES = ROOT / "docs" / "pictures"
DATA = ROOT / "data" / "pictures"
MARKDOWN = MarkdownIt("commonmark", {"html": False})
BIGGEST_BYTES = 200_000
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "reduced_motion": "reduce"}
IN_ARABIC = "هل توجد أموال WIR للمشاريع في فيسبادن؟"
UKRAINIAN = Language("uk")
IN_UKRAINIAN = "Добрий день! Хочу повідомити про дискримінацію."


async def main() -> None:
    """Open the house, take both pictures, close it."""
    (DATA / "models").parent.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, NAMES)))
    settings = read_settings(_env_file=None, data=DATA, port=0, link_check="off")
    async with open_house(settings, print) as house, open_doors(house) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        await picture_web_chat(browser, address)
        await picture_telegram(browser, house)
        await browser.close()


async def picture_web_chat(browser: Browser, address: str) -> None:
    """An Arabic conversation on a phone."""
    page = await browser.new_page(**PHONE, locale="ar")
    visitor = Visitor(page=page, address=address)
    await visitor.come("?language=ar")
    await visitor.type(IN_ARABIC)
    await page.evaluate("document.activeElement.blur(); document.querySelector('.mine').scrollIntoView()")
    await keep(await page.screenshot(), "web-chat-ar.png")


async def picture_telegram(browser: Browser, house: House) -> None:
    """What Telegram shows of a Ukrainian conversation: the real replies in a look like Telegram's."""
    answer = await answer_message(from_telegram(IN_UKRAINIAN), house.ports)
    messages = [{"mine": True, "text": IN_UKRAINIAN}, *map(to_bubble, answer.replies)]
    icon = "data:image/svg+xml;base64," + base64.b64encode((pages.HERE / "static" / "icon.svg").read_bytes()).decode()
    template = jinja2.Template(Path(__file__).with_name("telegram.html").read_text(encoding="utf-8"), autoescape=True)
    page = await browser.new_page(**PHONE)
    await page.set_content(template.render(language=UKRAINIAN, icon=icon, messages=messages))
    await keep(await page.locator("body").screenshot(), "telegram-transcript.png")


def from_telegram(text: str) -> IncomingMessage:
    """A first message as the Telegram door would hand it in."""
    name = secrets.token_hex(8)
    return IncomingMessage(
        channel=Channel.TELEGRAM,
        source="picture",
        message_id=name,
        conversation=ConversationId(name),
        content=Text(text=text),
        received_at=datetime.now(UTC),
        language_hint=UKRAINIAN,
    )


def to_bubble(reply: Reply) -> dict[str, Any]:
    """A reply as the template takes it."""
    rows = [[button.label for button in row] for row in to_rows(reply.choices)]
    return {"text": Markup(MARKDOWN.render(reply.text)), "source": reply.source, "rows": rows}  # noqa: S704


async def keep(picture: bytes, name: str) -> None:
    """Write a picture unless it is too big for a README."""
    if len(picture) > BIGGEST_BYTES:
        raise ValueError(f"{name} has {len(picture)} bytes; take less of the page.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / name).write_bytes(picture)


if __name__ == "__main__":
    asyncio.run(main())
