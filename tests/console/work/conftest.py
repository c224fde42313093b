"""A report from a real chat, and what the desk does about it."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.channels.web_chat.conversation_token import conversation_of, make_token
from bot.domain.case_log import CaseEvent, LogEntry
from bot.domain.cases import Case, CaseNumber
from bot.domain.messages import Channel, ConversationId
from tests.console.conftest import Browser, Desk
from tests.fakes.person import Person
from tests.fakes.world import CIPHER
from tests.services.test_reporting import file


@dataclass
class WebPerson(Person):
    """Somebody in the web chat, with the secret that their page keeps."""

    token: str = ""

    @property
    def chat(self) -> ConversationId:
        return conversation_of(self.token, CIPHER)


@dataclass
class Office:
    """The desk with one case, the person behind it and their receipt code."""

    desk: Desk
    person: Person
    number: CaseNumber
    code: str

    async def case(self) -> Case:
        async with self.desk.database.unit_of_work() as work:
            return await work.cases.get(self.number)

    async def log(self) -> list[LogEntry]:
        """What was done, not who looked."""
        async with self.desk.database.unit_of_work() as work:
            entries = [stored.entry async for stored in work.case_log.entries()]
        return [entry for entry in entries if entry.event is not CaseEvent.CASE_READ]

    async def do(self, browser: Browser, step: str, **fields: Any) -> int:
        """Send a form of the case's page as it is now."""
        version = fields.pop("version", (await self.case()).version)
        return (await browser.post(f"/cases/{self.number}/{step}", version=str(version), **fields)).status


async def open_office(desk: Desk, channel: Channel, hint: str) -> Office:
    """Somebody files a report and wants replies in the chat."""
    if channel is Channel.WEB:
        person: Person = WebPerson(desk.world, "alex", hint=hint, token=make_token(CIPHER))
    else:
        person = Person(desk.world, "alex", channel=channel, hint=hint)
    code = await file(person)
    async with desk.database.unit_of_work() as work:
        while parcel := await work.outbox.claim(desk.world.clock(), desk.world.clock() - desk.world.clock()):
            await work.outbox.mark_sent(parcel, desk.world.clock())
        number = [stored.entry.case async for stored in work.case_log.entries()][-1]
        await work.commit()
    return Office(desk=desk, person=person, number=CaseNumber(number), code=code)


@pytest.fixture
async def web(desk: Desk) -> Office:
    """A case from the web chat, in Arabic."""
    return await open_office(desk, Channel.WEB, "ar")


@pytest.fixture
async def telegram(desk: Desk) -> Office:
    """A case from Telegram, in English."""
    return await open_office(desk, Channel.TELEGRAM, "en")
