"""The office writes to the person who reported."""

from datetime import datetime

from bot.domain.case_messages import Way, find_way
from bot.domain.case_work import Step, write_to_person
from bot.domain.cases import Case, CaseMessage
from bot.domain.messages import Channel
from bot.domain.staff import StaffMember
from bot.services.desk.cases.find_case_to_change import find_case_to_change
from bot.services.desk.cases.word_message import Worded, to_chat, word_message
from bot.services.desk.ports import DeskPorts
from bot.services.ports import OutgoingMessage, UnitOfWork, Wording


async def message_person(
    number: str, version: int, template: str, member: StaffMember, ports: DeskPorts, *, german: str = "", translated: str = ""
) -> Way:
    """Keep the message with the case and send it where the person wants replies; by which way it goes.

    Raises LookupError, ConflictError, NotAllowedError.
    """
    now, wording = ports.bot.now(), ports.bot.wording
    async with ports.bot.unit_of_work() as work:
        case = await find_case_to_change(work, number, member, version)
        worded = word_message(case, template, wording, german=german, translated=translated)
        way = await _send(case, worded, work, wording, now)
        changed, entries = write_to_person(
            case, Step(by=member.id, at=now), way=way.value, language=worded.language, template=worded.template
        )
        await work.cases.save(changed)
        await work.cases.add_message(_to_message(case, worded, member, now))
        for entry in entries:
            await work.case_log.append(entry)
        await work.commit()
    return way


async def _send(case: Case, worded: Worded, work: UnitOfWork, wording: Wording, now: datetime) -> Way:
    chat = await work.cases.chat_of(case.number)
    way = find_way(case, chat)
    if chat is None or way is Way.CODE:
        return Way.CODE
    outgoing = OutgoingMessage(
        channel=Channel(way.value),
        conversation=chat,
        address=case.reply_address or "",
        language=case.language,
        reply=to_chat(case, worded, wording),
    )
    await work.outbox.add(outgoing, now)
    return way


def _to_message(case: Case, worded: Worded, member: StaffMember, now: datetime) -> CaseMessage:
    return CaseMessage(
        case=case.number,
        author="office",
        language=worded.language,
        written_at=now,
        text=worded.text,
        staff=member.id,
        german=worded.german,
    )
