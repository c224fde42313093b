"""What people and staff of the training desk do, by the same services as everywhere, at the time that its clock shows."""

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PIL import Image, ImageDraw

from bot.domain.case_records import RecordKind
from bot.domain.cases import Case, CaseChannel, CaseNumber, CaseStatus
from bot.domain.conversations import Conversation, Idle, WithCase
from bot.domain.handovers import HandoverId
from bot.domain.intake import Intake
from bot.domain.knowledge import MunicipalityId
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId, IncomingMessage, Text
from bot.domain.report_form import CONSENT_VERSION, Draft
from bot.domain.staff import Role, StaffId, StaffMember
from bot.domain.understanding import Understanding
from bot.services.desk.cases.add_attachment import add_attachment
from bot.services.desk.cases.add_record import add_record
from bot.services.desk.cases.assess_case import assess_case
from bot.services.desk.cases.assign_case import assign_case
from bot.services.desk.cases.correct_case import correct_case
from bot.services.desk.cases.decline_closing import decline_closing
from bot.services.desk.cases.message_person import message_person
from bot.services.desk.cases.move_case import move_case
from bot.services.desk.cases.propose_closing import propose_closing
from bot.services.desk.cases.take_in import take_in
from bot.services.desk.chats.answer_chat import answer_chat
from bot.services.desk.chats.take_chat import take_chat
from bot.services.desk.ports import DeskPorts
from bot.services.desk.records.hold_case import hold_case
from bot.services.desk.records.stored_records import LogFilter
from bot.services.file_report import file_report
from bot.services.hand_over import hand_over
from bot.services.relay_to_human import relay_to_human
from bot.services.turn import Turn
from bot.services.work_on_own_case import work_on_own_case


class Clock:
    """Shows the time of the story that is being told, and the real time once it is over."""

    def __init__(self, now: datetime) -> None:
        """Begin at a moment."""
        self.now: datetime | None = now

    def __call__(self) -> datetime:
        """What time it is."""
        return self.now or datetime.now(UTC)


@dataclass(kw_only=True)
class Office:
    """The invented office. A case is named by its number; every step reads it as it is then."""

    ports: DeskPorts
    clock: Clock
    staff: Sequence[StaffMember]
    until: datetime
    """When its story ends."""

    @property
    def lead(self) -> StaffMember:
        """Who leads it."""
        return next(member for member in self.staff if Role.LEAD in member.roles)

    @property
    def editors(self) -> list[StaffMember]:
        """Who writes and reviews the knowledge."""
        return [member for member in self.staff if Role.EDITOR in member.roles]

    @property
    def publisher(self) -> StaffMember:
        """Who publishes it."""
        return next(member for member in self.staff if Role.PUBLISHER in member.roles)

    def caseworkers(self, city: MunicipalityId | None) -> list[StaffMember]:
        """Who works on the cases of a city; the lead where nobody else does."""
        found = [member for member in self.staff if Role.CASEWORKER in member.roles and member.sees_case_of(city)]
        return found or [self.lead]

    async def case(self, number: CaseNumber) -> Case:
        """A case as it is now."""
        async with self.ports.bot.unit_of_work() as work:
            return await work.cases.get(number)

    async def assignee(self, number: CaseNumber) -> StaffMember:
        """Who works on it."""
        case = await self.case(number)
        return next((member for member in self.staff if member.id == case.assignee), self.lead)

    # What people do

    def turn(
        self, channel: Channel, language: Language, *, municipality: MunicipalityId | None = None, own: CaseNumber | None = None
    ) -> Turn:
        """A message in a new chat: one that knows its city, or in which somebody's own case is open."""
        chat = ConversationId(secrets.token_hex(32))
        now, words = self.clock(), Text(text="")
        message = IncomingMessage(
            channel=channel,
            source="demo",
            message_id=chat,
            conversation=chat,
            content=words,
            received_at=now,
            address="0" if channel is Channel.TELEGRAM else None,
        )
        activity = WithCase(case=own, since=now) if own else Idle()
        opened = Conversation(id=chat, channel=channel, language=language, municipality=municipality, activity=activity)
        return Turn(
            ports=self.ports.bot,
            message=message,
            conversation=opened,
            language=language,
            reading=Understanding(),
            now=now,
            knowledge=self.ports.bot.published.knowledge,
        )

    async def report(self, draft: Draft, channel: Channel, language: Language) -> CaseNumber:
        """Somebody sends the form in the chat."""
        turn = self.turn(channel, language)
        agreed = replace(draft, consent=(CONSENT_VERSION, language, turn.now))
        async with self.ports.bot.unit_of_work() as work:
            await file_report(agreed, turn, work)
            (opened,) = await work.log_pages.page(LogFilter(event="opened"), below=None, limit=1)
            await work.commit()
        return CaseNumber(opened.entry.case if opened.entry else "")

    async def do_as_person(self, number: CaseNumber, action: str, text: str = "") -> None:
        """Somebody opens their own case with the receipt code and adds to it, withdraws it or deletes it."""
        case = await self.case(number)
        channel = Channel.TELEGRAM if case.channel is CaseChannel.TELEGRAM else Channel.WEB
        turn = self.turn(channel, case.language, own=number)
        async with self.ports.bot.unit_of_work() as work:
            await work_on_own_case(action, turn, work, text)
            await work.commit()

    async def ask_for_human(self, city: MunicipalityId, language: Language, words: Sequence[str]) -> HandoverId:
        """Somebody wants to speak to a human and begins to write."""
        turn = self.turn(Channel.WEB, language, municipality=city)
        async with self.ports.bot.unit_of_work() as work:
            turn = replace(turn, conversation=(await hand_over(turn, work)).conversation)
            for each in words:
                await relay_to_human(each, turn, work)
            await work.conversations.save(turn.conversation)
            await work.commit()
        return HandoverId(turn.conversation.handover or "")

    # What staff does

    async def take_down(self, intake: Intake, member: StaffMember) -> CaseNumber:
        """Take down a report by phone, on a visit, or out of a letter."""
        case, _ = await take_in(intake, secrets.token_hex(16), member, self.ports.bot)
        return case.number

    async def give(self, number: CaseNumber, to: StaffMember, by: StaffMember) -> None:
        """Let somebody work on a case."""
        await assign_case(number, (await self.case(number)).version, StaffId(to.id), by, self.ports)

    async def write(self, number: CaseNumber, template: str, by: StaffMember) -> None:
        """Send a ready text to the person."""
        await message_person(number, (await self.case(number)).version, template, by, self.ports)

    async def move(self, number: CaseNumber, to: CaseStatus, by: StaffMember, *, reason: str = "") -> None:
        """Let a case go on to its next status."""
        await move_case(number, (await self.case(number)).version, to, by, self.ports, reason=reason)

    async def correct(self, number: CaseNumber, by: StaffMember, **codes: object) -> None:
        """Correct codes or city."""
        await correct_case(number, (await self.case(number)).version, codes, by, self.ports)

    async def assess(self, number: CaseNumber, by: StaffMember, text: str) -> None:
        """Write down the office's own view."""
        await assess_case(number, (await self.case(number)).version, text, by, self.ports)

    async def keep(self, number: CaseNumber, by: StaffMember, kind: RecordKind, text: str, *, code: str = "") -> None:
        """Keep a note, an intervention or a referral."""
        day: date | None = None if kind is RecordKind.NOTE else self.clock().date()
        version = (await self.case(number)).version
        await add_record(number, version, by, self.ports, kind=kind, code=code, happened_on=day, text=text)

    async def propose(self, number: CaseNumber, by: StaffMember, reason: str) -> None:
        """Propose to close."""
        await propose_closing(number, (await self.case(number)).version, reason, by, self.ports)

    async def decline(self, number: CaseNumber, by: StaffMember) -> None:
        """Let the case go on."""
        await decline_closing(number, (await self.case(number)).version, by, self.ports)

    async def hold(self, number: CaseNumber, by: StaffMember, reason: str) -> None:
        """Keep the case from retention."""
        await hold_case(number, (await self.case(number)).version, reason, by, self.ports)

    async def attach(self, number: CaseNumber, by: StaffMember) -> None:
        """Keep a made-up letter with the case."""
        version = (await self.case(number)).version
        await add_attachment(number, version, by, self.ports, name="Beispielbrief.png", content=draw_letter())

    async def answer_chat(self, chat: HandoverId, by: StaffMember, text: str) -> None:
        """Take a chat and write in it."""
        await take_chat(chat, "", by, self.ports)
        await answer_chat(chat, text, by, self.ports)


def draw_letter() -> bytes:
    """A picture of a letter on which is nothing but that it is made up."""
    page = Image.new("RGB", (620, 400), "white")
    ImageDraw.Draw(page).text((40, 40), "Beispiel\n\nDieser Brief ist erfunden.", fill="black", font_size=32)
    written = io.BytesIO()
    page.save(written, "PNG")
    return written.getvalue()
