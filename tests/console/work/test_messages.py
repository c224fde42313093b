"""Messages of the office reach the person, and their answers come back."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web as http
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web_chat.conversation_token import make_token
from bot.channels.web_chat.problems import answer_problems
from bot.channels.web_chat.rate_limit import RateLimit
from bot.channels.web_chat.updates import UpdatesApi
from bot.domain.case_messages import TEMPLATES
from bot.domain.cases import CaseStatus
from bot.domain.messages import Channel, Status
from bot.domain.staff import Role
from bot.services.delete_overdue import delete_overdue
from bot.services.send_outbox import send_outbox
from tests.console.conftest import HALLE, Desk
from tests.console.work.conftest import Office, WebPerson
from tests.fakes.person import Person
from tests.fakes.world import CIPHER

GERMAN = "Können Sie am Dienstag? *Wir* sind in der Marktstr. 3 [2. OG]."
ARABIC = "هل يناسبكم يوم الثلاثاء؟"


class Mailbag:
    """A Telegram sender that keeps what it carries."""

    def __init__(self) -> None:
        self.carried = []

    async def send(self, message) -> None:
        self.carried.append(message)

    async def empty(self, desk: Desk):
        """Everything that was waiting to be sent."""
        while await send_outbox(desk.ports.bot, {Channel.TELEGRAM: self}):
            pass
        return self.carried


@pytest.fixture
async def page(desk: Desk) -> AsyncIterator[TestClient]:
    """The API that the page of the web chat asks."""
    app = http.Application(middlewares=[answer_problems])
    UpdatesApi(ports=desk.ports.bot, limit=RateLimit(0)).add_to(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def fetch(page: TestClient, person: WebPerson, **more: str) -> list[dict]:
    """What waits for the person's page."""
    response = await page.post("/api/v1/updates", json={"conversation": person.token, **more})
    assert response.status == 200, await response.text()
    return (await response.json())["updates"]


async def messages_of(office: Office) -> list[tuple[str, str, str]]:
    async with office.desk.database.unit_of_work() as work:
        return [(message.author, message.text, message.german) for message in await work.cases.messages(office.number)]


async def test_a_message_to_telegram_leaves_by_the_outbox_and_its_answer_comes_back(telegram: Office) -> None:
    me, bag = await telegram.desk.meet(Role.CASEWORKER), Mailbag()
    assert await telegram.do(me, "messages", template="free", german=GERMAN, translated="Could you come on Tuesday?") == 303
    (sent,) = await bag.empty(telegram.desk)
    assert (sent.channel, sent.address, sent.language, sent.conversation) == (Channel.TELEGRAM, "4711", "en", telegram.person.chat)
    assert "Could you come on Tuesday?" in sent.reply.text.replace("\\", "")
    assert [button.value for button in sent.reply.choices] == [f"answer:{telegram.number}"]
    await telegram.person.presses(f"answer:{telegram.number}")
    assert telegram.person.read == telegram.desk.world.words("office.ask-answer")
    await telegram.person.says("Yes, at ten.")
    await telegram.person.says("Please with an interpreter.")
    assert telegram.person.read == telegram.desk.world.words("office.answered").replace("\\", "")
    await telegram.person.sees_and_presses("case:close")
    await telegram.person.says("what is the weather like")
    assert telegram.person.seen.status is Status.UNANSWERED
    assert await messages_of(telegram) == [
        ("office", "Could you come on Tuesday?", GERMAN),
        ("person", "Yes, at ten.", ""),
        ("person", "Please with an interpreter.", ""),
    ]
    shown = await me.read(f"/cases/{telegram.number}")
    assert shown.index("Could you come on Tuesday?") < shown.index("Yes, at ten.")
    events = [(entry.event, entry.actor) for entry in await telegram.log()][1:]
    assert events == [
        ("message-to-person", me.member.id),
        ("status-changed", me.member.id),
        ("message-from-person", "person"),
        ("message-from-person", "person"),
    ]
    logged = repr(await telegram.log())
    assert not any(word in logged for word in ("Tuesday", "Dienstag", "ten."))


async def test_a_message_to_the_web_chat_waits_there_and_is_fetched_once(web: Office, page: TestClient) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    assert await fetch(page, web.person) == []
    assert await web.do(me, "messages", template="received") == 303
    assert await Mailbag().empty(web.desk) == []
    (update,) = await fetch(page, web.person)
    assert web.desk.world.words("office.template.received", "ar") in update["text"]
    assert update["language"] == "ar"
    assert [choice["value"] for choice in update["choices"]] == [f"answer:{web.number}"]
    assert await fetch(page, web.person) == [update]
    assert await fetch(page, web.person, after=update["id"]) == []
    assert await fetch(page, web.person, after=update["id"]) == []
    assert await fetch(page, web.person) == []


async def test_a_message_that_comes_meanwhile_is_not_lost(web: Office, page: TestClient) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    await web.do(me, "messages", template="received")
    (first,) = await fetch(page, web.person)
    await web.do(me, "messages", template="ask-details")
    (second,) = await fetch(page, web.person, after=first["id"])
    assert second["id"] != first["id"]
    assert await fetch(page, web.person, after="something-else") == [second]


async def test_only_the_linked_chat_gets_anything_and_may_answer(web: Office, page: TestClient) -> None:
    me, stranger = await web.desk.meet(Role.CASEWORKER), WebPerson(web.desk.world, "mallory", hint="en", token=make_token(CIPHER))
    await web.do(me, "messages", template="ask-details")
    assert await fetch(page, stranger) == []
    for forged in ({"conversation": "made.up"}, {}, {"conversation": web.person.token, "after": ""}):
        assert (await page.post("/api/v1/updates", json=forged)).status == 400
    for somebody in (stranger, Person(web.desk.world, "eve", channel=Channel.TELEGRAM, hint="en")):
        await somebody.presses(f"answer:{web.number}")
        assert somebody.read == web.desk.world.words("page.expired")
        await somebody.says("I am the person, believe me")
    assert [author for author, _, _ in await messages_of(web)] == ["office"]


async def test_an_answer_opens_nothing_else_of_the_case(telegram: Office) -> None:
    for action in ("delete-yes", "withdraw-yes", "status"):
        await telegram.person.presses(f"answer:{telegram.number}", f"case:{action}")
        assert telegram.person.read == telegram.desk.world.words("case.ask-code")
    case = await telegram.case()
    assert (case.erased_at, case.status) == (None, CaseStatus.NEW)


async def test_an_emergency_in_an_answer_brings_the_numbers_and_is_kept(telegram: Office) -> None:
    await telegram.person.presses(f"answer:{telegram.number}")
    answer = await telegram.person.says("he has a knife and hits me right now")
    assert answer.status is Status.EMERGENCY
    assert [text for _, text, _ in await messages_of(telegram)] == ["he has a knife and hits me right now"]


async def test_an_answer_ends_by_itself_and_with_another_subject(telegram: Office) -> None:
    await telegram.person.presses(f"answer:{telegram.number}", "topic:contacts")
    await telegram.person.says("what is the weather like")
    await telegram.person.presses(f"answer:{telegram.number}")
    telegram.desk.world.clock.pass_time(hours=1)
    await telegram.person.says("what is the weather like")
    assert await messages_of(telegram) == []


async def test_without_a_linked_chat_the_message_waits_for_the_code(web: Office, page: TestClient) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    async with web.desk.database.unit_of_work() as work:
        await work.cases.unlink_chat(web.number)
        await work.commit()
    assert "Kein Chat ist verbunden" in await me.read(f"/cases/{web.number}")
    response = await me.post(f"/cases/{web.number}/messages", version=str((await web.case()).version), template="received")
    assert "done=message-waits" in response.headers["Location"]
    assert await fetch(page, web.person) == []
    await web.person.presses(f"answer:{web.number}")
    assert web.person.read == web.desk.world.words("page.expired", "ar")
    await web.person.says(web.code)
    assert web.desk.world.words("office.template.received", "ar") in web.person.read


async def test_who_is_forgotten_or_deletes_the_report_gets_nothing_more(web: Office, telegram: Office, page: TestClient) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    for office in (web, telegram):
        await office.do(me, "messages", template="received")
    await web.person.says(web.code)
    await web.person.presses("case:delete", "case:delete-yes")
    assert await fetch(page, web.person) == []
    await telegram.person.presses("forget:yes")
    assert not [sent for sent in await Mailbag().empty(web.desk) if "office" in repr(sent) or "read your report" in sent.reply.text]


async def test_what_nobody_fetches_is_deleted_after_thirty_days(web: Office, page: TestClient) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    await web.do(me, "messages", template="received")
    web.desk.world.clock.pass_time(days=29)
    await delete_overdue(web.desk.ports.bot)
    assert len(await fetch(page, web.person)) == 1
    web.desk.world.clock.pass_time(days=2)
    await delete_overdue(web.desk.ports.bot)
    assert await fetch(page, web.person) == []


@pytest.mark.parametrize("template", TEMPLATES)
async def test_a_ready_text_is_shown_in_both_languages_before_it_goes(web: Office, template: str) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    page = await (await me.post(f"/cases/{web.number}/messages/preview", template=template)).text()
    for language in ("de", "ar"):
        assert web.desk.world.words(f"office.template.{template}", language) in page
    assert await messages_of(web) == []


async def test_own_words_need_a_translation_or_the_wish_to_do_without(web: Office) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    path = f"/cases/{web.number}/messages/preview"
    for fields, status in (
        ({}, 422),
        ({"german": "a" * 4001, "only_german": "yes"}, 422),
        ({"german": GERMAN}, 422),
        ({"german": GERMAN, "translated": "a" * 4001}, 422),
        ({"german": GERMAN, "translated": ARABIC}, 200),
        ({"german": GERMAN, "translated": ARABIC, "only_german": "yes"}, 200),
        ({"template": "nonsense", "german": GERMAN}, 422),
    ):
        response = await me.post(path, **{"template": "free", **fields})
        assert response.status == status, fields
        if fields.get("german") == GERMAN:
            assert "Marktstr. 3" in await response.text()
    back = await (await me.post(f"/cases/{web.number}/messages/write", template="free", german=GERMAN, translated=ARABIC)).text()
    assert ARABIC in back
    assert await web.do(me, "messages", template="free", german=GERMAN, only_german="yes", translated=ARABIC) == 303
    assert await messages_of(web) == [("office", GERMAN, "")]


async def test_when_the_case_changed_meanwhile_one_looks_again_before_it_goes(web: Office) -> None:
    me, other = await web.desk.meet(Role.CASEWORKER), await web.desk.meet(Role.CASEWORKER, cities=(HALLE,))
    seen = (await web.case()).version
    await web.do(other, "take")
    response = await me.post(f"/cases/{web.number}/messages", version=str(seen), template="free", german=GERMAN, translated=ARABIC)
    page = await response.text()
    assert response.status == 409
    assert "die Nachricht ist noch nicht gesendet" in page
    assert ARABIC in page
    assert await messages_of(web) == []
    assert await web.do(me, "messages", template="free", german=GERMAN, translated=ARABIC) == 303
    assert (await me.post(f"/cases/{web.number}/messages", version=str(seen + 1), template="received")).status == 409
    assert len(await messages_of(web)) == 1


async def test_clocks_stop_as_the_office_writes(web: Office) -> None:
    me = await web.desk.meet(Role.CASEWORKER)
    await web.do(me, "messages", template="received")
    case = await web.case()
    assert (case.status, case.acknowledged_at, case.feedback_given_at) == (CaseStatus.ACKNOWLEDGED, web.desk.world.clock(), None)
    await web.do(me, "status", to="clarifying")
    web.desk.world.clock.pass_time(days=1)
    await web.do(await web.desk.meet(Role.CASEWORKER), "messages", template="next-steps")
    assert (await web.case()).feedback_given_at == web.desk.world.clock()
