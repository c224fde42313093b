"""Make the pictures of the guides to the desk from the training desk: `python -m tests.journeys.browser.make_desk_pictures`."""

import asyncio
import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import BrowserContext, async_playwright

from bot.assemble.folders import ROOT
from bot.console.entrance import COOKIE
from bot.demo.run_demo import Demo, open_demo
from bot.domain.cases import Case, CaseStatus
from bot.domain.languages import RIGHT_TO_LEFT
from bot.services.desk.people.open_session import open_session
from tests.journeys.browser.conftest import ARGUMENTS, NAMES
from tests.journeys.browser.staff import Staff, give_cookie
from tests.journeys.desk_pages import all_numbers

PICTURES = ROOT / "docs" / "pictures"
BIGGEST_BYTES, COLOURS = 150_000, 256
SIZE = {"width": 1280, "height": 820}
CASEWORKER, LEAD, AUDITOR = "halle@demo.example", "leitung@demo.example", "pruefung@demo.example"
EDITOR, PUBLISHER = "redaktion@demo.example", "freigabe@demo.example"
KNOWLEDGE = (
    (EDITOR, "overview", "?topic=discrimination", 820),
    (EDITOR, "editor", "/entry/discrimination.school?translation=ar", 1180),
    (EDITOR, "history", "/entry/discrimination.complaint-at-work/history", 800),
    (PUBLISHER, "contact", "/contact/ads", 820),
    (PUBLISHER, "review", "/review/entry/discrimination.housing", 900),
    (PUBLISHER, "publish", "/publish", 1000),
    (EDITOR, "questions", "/questions", 700),
    (EDITOR, "links", "/links", 620),
    (EDITOR, "usage", "/usage", 980),
)
"""Who opens which page of the knowledge desk, and how much of it is in the picture of that name."""


async def main() -> None:
    """Open the training desk, take the pictures, close it."""
    program = next(filter(None, map(shutil.which, NAMES)))
    with tempfile.TemporaryDirectory() as folder:
        async with open_demo(print, data=Path(folder) / "desk", port=0) as demo, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            people = {
                email: await meet(demo, await browser.new_context(viewport=SIZE, locale="de-DE"), email)
                for email in ("", CASEWORKER, LEAD, AUDITOR, EDITOR, PUBLISHER)
            }
            await picture_entry(people[""])
            await picture_cases(demo, people[CASEWORKER])
            await picture_chats(people[LEAD])
            await picture_statistics(people[LEAD])
            await picture_log(people[AUDITOR])
            for email, name, path, height in KNOWLEDGE:
                await picture_knowledge(people[email], name, path, height)
            await browser.close()


async def meet(demo: Demo, context: BrowserContext, email: str) -> Staff:
    """Somebody of the training desk, signed in; a stranger without an address."""
    address = demo.address.removesuffix("console")
    if email:
        member = next(member for member in demo.filled.office.staff if member.email == email)
        session = await open_session(member.id, demo.ports, device="Bild", is_multi_factor=True)
        await give_cookie(context, address, COOKIE, session.token)
    return Staff(page=await context.new_page(), address=address)


async def picture_entry(stranger: Staff) -> None:
    """Where one signs in."""
    await stranger.open("/sign-in")
    await keep(await stranger.page.locator("main section").screenshot(), "desk-sign-in.png")


async def picture_cases(demo: Demo, kim: Staff) -> None:
    """The list, a case, a message to the person, and the form for a report by phone."""
    await kim.open("/cases")
    await keep(await kim.page.screenshot(), "desk-list.png")
    case = await find_case(demo)
    await kim.open(f"/cases/{case.number}")
    await keep(await top_of(kim, 700), "desk-case.png")
    await kim.page.locator("#template").select_option("ask-details")
    await kim.press_in("messages/preview")
    await keep(await top_of(kim, 600), "desk-message.png")
    await kim.open("/cases/new")
    await keep(await kim.page.screenshot(), "desk-intake.png")


async def find_case(demo: Demo) -> Case:
    """One of Halle whose person is reached in the chat and reads from right to left: the liveliest."""
    found = []
    async with demo.ports.bot.unit_of_work() as work:
        for number in await all_numbers(demo):
            case = await work.cases.get(number)
            if case.municipality == "halle" and not case.erased_at and await work.cases.chat_of(case.number):
                is_worked_on = case.status in (CaseStatus.CLARIFYING, CaseStatus.ACCOMPANYING)
                found.append((case.language in RIGHT_TO_LEFT, is_worked_on, case.version, case.number, case))
    return max(found)[-1]


async def picture_chats(leyla: Staff) -> None:
    """People who wait for an answer, and one who has got it."""
    await leyla.open("/chats")
    await keep(await top_of(leyla, 400), "desk-chats.png")


async def top_of(somebody: Staff, height: int) -> bytes:
    """The upper part of the page."""
    return await somebody.page.screenshot(clip={"x": 0, "y": 0, "width": SIZE["width"], "height": height})


async def picture_statistics(leyla: Staff) -> None:
    """This year's report, from the top."""
    await leyla.open("/statistics?city=halle")
    await keep(await leyla.page.screenshot(), "desk-statistics.png")


async def picture_log(udo: Staff) -> None:
    """The log after it was checked."""
    await udo.open("/log")
    await udo.page.locator("form[action$='/log/verify'] button").click()
    await udo.page.locator("section.notice").wait_for()
    await keep(await udo.page.screenshot(), "desk-log.png")


async def picture_knowledge(somebody: Staff, name: str, path: str, height: int) -> None:
    """The upper part of a page of the knowledge desk, with the number of what waits for a review."""
    await somebody.page.set_viewport_size({**SIZE, "height": height})
    await somebody.open(f"/knowledge{path}")
    await somebody.page.locator(".tabs .count").wait_for()
    await keep(await somebody.page.screenshot(), f"knowledge-{name}.png")


async def keep(picture: bytes, name: str) -> None:
    """Write a picture with as few colours as the eye needs. Raises ValueError when it is too big for a guide."""
    written = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(written, "PNG", optimize=True)
    if written.tell() > BIGGEST_BYTES:
        raise ValueError(f"{name} has {written.tell()} bytes; take less of the page.")
    (PICTURES / name).write_bytes(written.getvalue())


if __name__ == "__main__":
    asyncio.run(main())
