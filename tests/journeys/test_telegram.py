"""People in Telegram, through a Bot API server on loopback, to the real Rasa and the real database."""

import asyncio
import re
import socket
import unicodedata

from bot.assemble.house import House
from bot.domain.errors import NotAvailableError
from bot.domain.knowledge import EntryId, Topic
from bot.domain.languages import Language
from bot.domain.news import Announcement, Audience, Occasion
from tests.fake_bot_api.people import Line, Person
from tests.journeys.conftest import OpenTelegram

PATIENCE = 30
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


async def hears(person: Person) -> Line:
    return await person.hears(timeout=PATIENCE)


async def test_an_arabic_speaker_asks_for_the_wir_money_for_projects(telegram: OpenTelegram) -> None:
    async with telegram() as api:
        amal = api.person(1, language_code="ar")
        amal.says("كم يبلغ تمويل WIR للمشاريع؟")
        answer = await hears(amal)
    assert re.search(r"10[.,٬]000", answer.text)
    assert "20-V-33-0003" in answer.text
    assert "programme:wir.vielfaltszentrum" in answer.values


async def test_a_staff_member_asks_for_a_budget_line(telegram: OpenTelegram) -> None:
    async with telegram() as api:
        person = api.person(2, language_code="de")
        person.says("Was steht bei der Haushaltsstelle 1.11120.01 im Ansatz 2021?")
        answer = await hears(person)
    assert "240.950" in answer.text
    assert "Produkt 1.11120" in answer.text


async def report(person: Person, story: str) -> str:
    """Go through the form; the receipt code."""
    person.says("/report")
    consent = await hears(person)
    assert "Telegram" in consent.text
    person.presses("form:consent:yes")
    await hears(person)
    person.says(story)
    assert story in (await hears(person)).text
    for press in ("story:next", "when:yesterday", "place:halle", "area:work", "area-detail:at-work", "grounds:agg.religion"):
        person.presses(f"form:{press}")
        await hears(person)
    for press in ("grounds:next", "form:harassment", "wish:advice", "contact:here"):
        person.presses(f"form:{press}")
        line = await hears(person)
    assert story in line.text
    person.presses("form:summary:send")
    await hears(person)
    receipt = await hears(person)
    found = CODE.search(receipt.text)
    assert found
    return found.group()


async def test_an_english_speaker_reports_and_asks_for_the_status_from_another_chat(telegram: OpenTelegram, house: House) -> None:
    async with telegram() as api:
        code = await report(api.person(3, language_code="en"), "My boss said that nobody with a headscarf gets promoted here.")
        friend = api.person(4, language_code="en")
        friend.says("/status")
        await hears(friend)
        friend.says(code.lower().replace("-", " "))
        status = await hears(friend)
        assert "arrived" in status.text
        friend.presses("case:delete")
        await hears(friend)
        friend.presses("case:delete-yes")
        await hears(friend)
        friend.says(code)
        assert "no report" in (await hears(friend)).text
    async with house.ports.unit_of_work() as work:
        events = [stored.entry.event.value async for stored in work.case_log.entries()]
    assert events[-2:] == ["opened", "erased"]


async def test_the_web_hook_takes_updates_in_with_its_secret(telegram: OpenTelegram) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    async with telegram(public_url=f"http://127.0.0.1:{port}", port=port) as api:
        person = api.person(5, language_code="uk")
        person.says("Хто вирішує про план дій у Дрездені?")
        answer = await hears(person)
        async with api.session.post(f"http://127.0.0.1:{port}/telegram", json={"update_id": 1}) as response:
            assert response.status == 403
        person.says("/report")
        consent = await hears(person)
    assert "12.05.2022" in answer.text
    assert any("/?link=" in button.get("url", "") for row in consent.buttons for button in row)
    assert api.delivered["200"] >= 2


async def test_everything_delivered_three_times_out_of_order_while_rasa_dies_is_answered_once(telegram: OpenTelegram, house: House) -> None:
    async with telegram() as api:
        api.deliver_times, api.shuffles_chats = 3, True
        people = [api.person(100 + number, language_code="en") for number in range(8)]
        for person in people:
            person.says("/help")
            person.says("Who decides about the action plan in Dresden?")
        assert house.nlu
        house.nlu.kill()
        for person in people:
            person.says("/contacts")
            person.says("/privacy")
        for person in people:
            for _ in range(4):
                await hears(person)
        await asyncio.sleep(1)
        assert all(person.heard_nothing_more() for person in people)
        for person in people:
            said = [line.text for line in person.transcript if line.speaker == "bot"]
            assert "This is what I can do" in said[0]
            assert "These offices can help you" in said[2]
            assert "What I store" in said[3]
    await until_rasa_is_back(house)


async def until_rasa_is_back(house: House) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                await house.ports.understander.understand("Hello")
            except NotAvailableError:
                await asyncio.sleep(0.5)
            else:
                return


async def test_a_report_pressed_three_times_is_one_case(telegram: OpenTelegram, house: House) -> None:
    async with house.ports.unit_of_work() as work:
        before = [stored async for stored in work.case_log.entries()]
    async with telegram() as api:
        api.deliver_times = 3
        await report(api.person(6, language_code="en"), "They laughed at my accent in the shop.")
    async with house.ports.unit_of_work() as work:
        after = [stored async for stored in work.case_log.entries()]
    assert [stored.entry.event.value for stored in after[len(before) :]] == ["opened"]


async def test_groups_hear_answers_but_never_take_a_report(telegram: OpenTelegram) -> None:
    async with telegram() as api:
        group = api.person(7, language_code="de").in_group()
        group.says("Wir reden hier nur untereinander.")
        group.says("@wegweiser_test_bot Was steht bei der Haushaltsstelle 1.11120.01?")
        assert "240.950" in (await hears(group)).text
        group.says("/report")
        refusal = await hears(group)
    assert [button["url"] for row in refusal.buttons for button in row] == ["https://t.me/wegweiser_test_bot?start=report"]


async def test_what_cannot_be_read_is_answered_kindly(telegram: OpenTelegram) -> None:
    async with telegram() as api:
        person = api.person(8, language_code="en")
        person.sends_photo()
        assert "cannot open pictures" in (await hears(person)).text
        person.edits(person.says("/help"), "/contacts")
        await hears(person)
        assert "changed a message" in (await hears(person)).text
        person.says("x" * 4096)
        assert "too long" in (await hears(person)).text
        person.says("😀😀😀")
        assert "no words" in (await hears(person)).text
        person.forges("form:summary:send")
        assert "no longer works" in (await hears(person)).text
        person.forges("entry:../../etc/passwd\u202e")
        assert "no longer works" in (await hears(person)).text


async def test_a_deep_link_names_the_city_or_starts_the_report(telegram: OpenTelegram) -> None:
    async with telegram() as api:
        person = api.person(9, language_code="pl")
        person.says("/start halle")
        await hears(person)
        assert "Halle" in (await hears(person)).text
        person.says("/start report")
        assert "form:consent:yes" in (await hears(person)).values


async def test_a_person_who_blocks_the_bot_and_one_whom_telegram_slows_down(telegram: OpenTelegram, house: House) -> None:
    async with telegram() as api:
        leaving, waiting = api.person(10, language_code="en"), api.person(11, language_code="en")
        leaving.chat.blocked = True
        leaving.says("/help")
        api.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
        waiting.says("/help")
        assert "This is what I can do" in (await hears(waiting)).text
    async with house.ports.unit_of_work() as work:
        assert await work.inbox.waiting() == 0


async def test_commands_are_announced_in_every_language(telegram: OpenTelegram, house: House) -> None:
    async with telegram() as api, asyncio.timeout(PATIENCE):
        wanted = {"", *(code for code in house.ports.wording.languages if "-" not in code)}
        while wanted:
            await asyncio.sleep(0.05)
            wanted -= {params.get("language_code", "") for method, params in api.calls if method == "setMyCommands"}


async def test_who_subscribes_gets_news_with_a_button_that_ends_them(telegram: OpenTelegram, house: House) -> None:
    entry = house.ports.published.knowledge.entries[EntryId("wiesbaden.wir-what")]
    async with telegram() as api:
        amal, other = api.person(12, language_code="ar"), api.person(13, language_code="en")
        amal.says("/subscribe")
        await hears(amal)
        amal.presses("news:on:wir-funding")
        chosen = await hears(amal)
        assert (chosen.edited, "news:off:wir-funding" in chosen.values) == (True, True)
        other.says("/subscribe")
        await hears(other)
        announcement = Announcement(
            occasion=Occasion(kind="entry", subject=entry.id, day=house.ports.now().date()),
            topic=Topic.WIR_FUNDING,
            announced_by=None,
            announced_at=house.ports.now(),
        )
        async with house.ports.unit_of_work() as work:
            assert await work.announcements.add(announcement)
            await work.commit()
        news = await hears(amal)
        assert entry.title[Language("ar")] in without_marks(news.text)
        assert news.values == ["unsubscribe:wir-funding"]
        amal.presses("unsubscribe:wir-funding")
        goodbye = await hears(amal)
        assert (goodbye.edited, "news:on:wir-funding" in goodbye.values) == (False, True)
        assert other.heard_nothing_more()
    async with house.ports.unit_of_work() as work:
        stored = await work.announcements.find(announcement.occasion)
        assert await work.subscriptions.count(Audience(topic=Topic.WIR_FUNDING)) == 0
    assert stored
    assert (stored.recipients, stored.ended_at is not None) == (1, True)


def without_marks(text: str) -> str:
    """The letters without what only steers their direction."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")
