"""Three people who look after the knowledge: what each of them does at the desk, in a browser."""

from dataclasses import dataclass

from playwright.async_api import Locator, Response, expect

from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.desk.people.open_session import open_session
from bot.services.desk.people.stored_people import Credentials
from bot.services.desk.ports import DeskPorts
from tests.fakes.world import MORNING
from tests.journeys.browser.staff import Staff

TEAM = {"author": ("Elif Probe", Role.EDITOR), "reviewer": ("Noor Muster", Role.EDITOR), "publisher": ("Pavel Beispiel", Role.PUBLISHER)}
"""Who writes, who reads it after her, and who publishes."""
TRAINING_MS = 180_000


@dataclass(kw_only=True)
class Editor(Staff):
    """Somebody at the knowledge desk."""

    async def edit(self, entry: str, translation: str = "en") -> None:
        """Open an entry in the editor, German beside a translation."""
        await self.open(f"/knowledge/entry/{entry}?translation={translation}")
        await expect(self.field("answer.de")).to_be_visible()

    def field(self, name: str) -> Locator:
        """A field of the editor."""
        return self.page.locator(f"[name='{name}']")

    async def write(self, name: str, text: str) -> None:
        """Write into a field, and see it saved by itself."""
        async with self.page.expect_response(is_saving) as saving:
            await self.field(name).fill(text)
        assert (await saving.value).status == 200
        await expect(self.page.locator("#saved")).to_contain_text("Gespeichert")

    async def add_phrasing(self, language: str, phrasing: str) -> None:
        """Write one more phrasing below the others."""
        there = await self.field(f"phrasings.{language}").input_value()
        await self.write(f"phrasings.{language}", f"{there}\n{phrasing}")

    async def press_button(self, label: str, within: str = "main") -> None:
        """Press a button by what it says."""
        await self.page.locator(within).get_by_role("button", name=label, exact=True).click()

    async def submit(self) -> None:
        """Hand the open draft to somebody else, who reads it."""
        await self.press_button("Zur Prüfung geben")
        await self.is_told("Der Entwurf ist jetzt in Prüfung.")

    async def accept(self, title: str) -> None:
        """Find a change among those that wait, and accept it."""
        await self.open("/knowledge/review")
        await self.page.locator("section[aria-labelledby=to-review] [data-row]", has_text=title).click()
        await self.press_button("Annehmen")
        await self.is_told("Angenommen.")

    async def publish(self, outcome: str, *, trains: bool = False) -> None:
        """Press the button, watch what becomes of it, and see how it ended."""
        await self.open("/knowledge/publish")
        await self.press_button("Veröffentlichen")
        if trains:
            await self.is_told("Die Veröffentlichung läuft.")
            await expect(self.page.locator("#run [aria-current=step]")).to_have_text("Lernen")
        await expect(self.page.locator("#last + .row .tag")).to_have_text(outcome, timeout=TRAINING_MS)
        if trains:
            await expect(self.page.locator("main")).not_to_contain_text("Die Veröffentlichung läuft.")

    async def confirm(self, label: str) -> None:
        """Press a button that asks whether that is really meant."""
        self.page.once("dialog", lambda dialog: dialog.accept())
        await self.press_button(label)


def is_saving(response: Response) -> bool:
    """Whether this is the answer to an editor that saves by itself."""
    return response.url.endswith("/draft") and "hx-request" in response.request.headers


async def hire_team(desk: DeskPorts) -> None:
    """An account for each."""
    async with desk.bot.unit_of_work() as work:
        for who, (name, role) in TEAM.items():
            email = f"{who}@stadt.example"
            member = StaffMember(id=StaffId(who), name=name, email=email, roles=frozenset({role}), created_at=MORNING)
            await work.staff.add(member, Credentials(password_hash=None))
        await work.commit()


async def open_token(who: str, desk: DeskPorts) -> str:
    """The token of a session of one of the team who has just signed in."""
    return (await open_session(StaffId(who), desk, device="Test", is_multi_factor=True)).token
