"""Alerts in Telegram: a chat is linked with a one-time code, each alert goes out once, and never with content."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.alerts import AlertKind
from bot.domain.messages import Answer, Channel, Command, ConversationId, IncomingMessage
from bot.domain.staff import Role
from bot.services.answer_message import answer_message
from bot.services.desk.alerts.tell_staff import tell_staff
from bot.services.forget_person import forget_chat
from bot.services.ports import OutgoingMessage
from tests.console.alerts.samples import add_case, alert
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk

NUMBERS = count(1)


async def send(desk: Desk, name: str, argument: str = "", *, chat: str = "chat-1", **changes: object) -> Answer:
    """A command in a Telegram chat."""
    message = IncomingMessage(
        channel=Channel.TELEGRAM,
        source="telegram:1",
        message_id=str(next(NUMBERS)),
        conversation=ConversationId(chat),
        content=Command(name=name, argument=argument),
        received_at=desk.world.clock(),
        address=f"address of {chat}",
        language_hint="en",
    )
    return await answer_message(replace(message, **changes), desk.ports.bot)


async def get_code(browser: Browser) -> str:
    page = await (await browser.post("/account/alerts/code")).text()
    return re.search(r"/link ([A-Z]{4}-[A-Z]{4})<", page)[1]


async def link(desk: Desk, browser: Browser, chat: str = "chat-1") -> None:
    answer = await send(desk, "link", await get_code(browser), chat=chat)
    assert answer.replies[0].text == desk.world.words("desk-chat.linked")


async def sent(desk: Desk) -> list[OutgoingMessage]:
    """What waits in the outbox, in order; nothing is left there."""
    messages = []
    async with desk.database.unit_of_work() as work:
        while parcel := await work.outbox.claim(desk.world.clock(), timedelta(seconds=60)):
            messages.append(parcel.message)
            await work.outbox.mark_sent(parcel, desk.world.clock())
        await work.commit()
    return messages


async def test_an_alert_goes_to_the_linked_chat_exactly_once(desk: Desk) -> None:
    worker, unlinked = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    await alert(desk, AlertKind.NEW_CASE, await add_case(desk, "W-AAAA-0009"))
    desk.world.clock.pass_time(seconds=5)
    await link(desk, worker)
    assert "Verbunden seit" in await worker.read("/account/alerts")
    assert "Nicht verbunden" in await unlinked.read("/account/alerts")
    case = await add_case(desk)
    await alert(desk, AlertKind.ANSWER, case)
    assert [await tell_staff(desk.ports) for _ in range(3)] == [1, 0, 0]
    [message] = await sent(desk)
    assert (message.channel, message.conversation, message.address) == (Channel.TELEGRAM, "chat-1", "address of chat-1")
    assert message.reply.text == "Wegweiser: Neue Antwort in einem Fall. Am Fallpult ansehen."
    assert [button.url for button in message.reply.choices] == [f"https://wegweiser.example/console/cases/{case.number}"]


async def test_several_at_once_become_one_message(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    await link(desk, worker)
    for number in range(3):
        await alert(desk, AlertKind.NEW_CASE, await add_case(desk, f"W-AAAA-000{number}"))
    assert await tell_staff(desk.ports) == 1
    [message] = await sent(desk)
    assert message.reply.text == "Wegweiser: 3 Neuigkeiten am Fallpult."
    assert message.reply.choices[0].url == "https://wegweiser.example/console/alerts"


async def test_without_an_address_of_the_desk_there_is_no_number(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    await link(desk, worker)
    await alert(desk, AlertKind.NEW_CASE, await add_case(desk))
    await tell_staff(replace(desk.ports, bot=replace(desk.ports.bot, public_url=None)))
    [message] = await sent(desk)
    assert message.reply.choices == ()
    assert "W-" not in message.reply.text


async def test_what_was_seen_at_the_desk_is_not_told_again(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    await link(desk, worker)
    await alert(desk, AlertKind.NEW_CASE, await add_case(desk))
    await worker.post("/alerts/seen")
    assert await tell_staff(desk.ports) == 0


@pytest.mark.parametrize("change", [{"municipalities": frozenset({DRESDEN})}, {"roles": frozenset({Role.ADMIN})}, {"disabled_at": "now"}])
async def test_who_may_not_see_the_case_any_more_is_not_told(desk: Desk, change: dict[str, object]) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    await link(desk, worker)
    await alert(desk, AlertKind.NEW_CASE, await add_case(desk))
    changed = {name: desk.world.clock() if value == "now" else value for name, value in change.items()}
    async with desk.database.unit_of_work() as work:
        await work.staff.save(replace(worker.member, **changed))
        await work.commit()
    await tell_staff(desk.ports)
    assert await sent(desk) == []


async def test_a_code_works_once_and_for_ten_minutes(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    wrong = desk.world.words("desk-chat.wrong-code")
    old = await get_code(worker)
    code = await get_code(worker)
    assert (await send(desk, "link", old)).replies[0].text == wrong
    assert (await send(desk, "link", code.lower().replace("-", " "))).replies[0].text != wrong
    assert (await send(desk, "link", code, chat="chat-2")).replies[0].text == wrong
    late = await get_code(worker)
    desk.world.clock.pass_time(minutes=11)
    assert (await send(desk, "link", late, chat="chat-2")).replies[0].text == wrong


async def test_guessing_is_limited(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    for _ in range(5):
        await send(desk, "link", "AAAAAAAA")
    assert (await send(desk, "link", await get_code(worker))).replies[0].text == desk.world.words("case.too-many-codes", count=15)
    desk.world.clock.pass_time(minutes=16)
    await link(desk, worker)


async def test_a_link_ends_from_both_sides_and_with_the_chat(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)

    async def is_linked() -> bool:
        async with desk.database.unit_of_work() as work:
            return await work.staff_chats.find(worker.member.id) is not None

    await link(desk, worker)
    assert (await worker.post("/account/alerts/unlink")).status == 303
    assert not await is_linked()
    await link(desk, worker)
    assert (await send(desk, "unlink")).replies[0].text == desk.world.words("desk-chat.unlinked")
    assert not await is_linked()
    await link(desk, worker)
    async with desk.database.unit_of_work() as work:
        await forget_chat(ConversationId("chat-1"), work)
        await work.commit()
    assert not await is_linked()
    await link(desk, worker)
    await link(desk, worker, chat="chat-2")
    colleague = await desk.meet(Role.LEAD)
    await link(desk, colleague, chat="chat-2")
    assert not await is_linked()


async def test_only_a_private_telegram_chat_can_be_linked(desk: Desk) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    code = await get_code(worker)
    in_group = await send(desk, "link", code, chat="group", in_group=True)
    assert in_group.replies[0].text == desk.world.words("group.private")
    on_web = await send(desk, "link", code, chat="web", channel=Channel.WEB, source="web")
    assert on_web.replies[0].text == desk.world.words("page.help")
    await send(desk, "link", code)
    assert "Verbunden seit" in await worker.read("/account/alerts")


async def test_nothing_of_the_chat_is_stored_in_clear(desk: Desk, tmp_path) -> None:
    worker = await desk.meet(Role.CASEWORKER)
    code = await get_code(worker)
    await send(desk, "link", code)
    async with desk.database.unit_of_work() as work:
        assert (await work.staff_chats.find(worker.member.id)).address == "address of chat-1"
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("desk.db*"))
    assert b"address of chat-1" not in stored
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored
    assert HALLE.encode() in stored
