"""The desk's side of a chat with a human: a real chat in the real database, answered by staff on pages."""

import pytest

from bot.domain.languages import Language
from bot.domain.messages import Channel
from bot.domain.staff import Role
from bot.services.fetch_updates import fetch_updates
from tests.console.conftest import DRESDEN, HALLE, Desk
from tests.fakes.person import Person

SECRET = "Geheimnis <b>der</b> Person"
POLL = {"X-Poll": "1"}


async def meet_person(desk: Desk, *, channel: Channel = Channel.WEB, language: str = "tr") -> tuple[Person, str]:
    """Somebody who waits for a human in Halle, and the name of the chat."""
    person = Person(desk.world, "alex", channel=channel, hint=language)
    await person.presses("city:halle", "human")
    await person.sees_and_presses("handover")
    await person.says(SECRET)
    async with desk.database.unit_of_work() as work:
        [handover] = await work.handovers.of_conversation(person.chat)
    return person, handover.reference


async def told(desk: Desk, person: Person) -> list[str]:
    """What waits for the person's page."""
    return [each.message.reply.text for each in await fetch_updates(person.chat, "", desk.world.ports)]


async def test_from_waiting_to_ended(desk: Desk) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    person, chat = await meet_person(desk)
    words = desk.world.words
    page = await zoe.read("/chats")
    assert "wartet auf einen Menschen" in page
    assert "Türkisch" in page
    assert "Geheimnis" not in page
    page = await zoe.read(f"/chats/{chat}")
    assert "Geheimnis &lt;b&gt;der&lt;/b&gt; Person" in page
    assert f"/console/cases/new?spoken=tr&amp;city={HALLE}" in page
    assert f'action="/console/chats/{chat}/answer"' not in page
    assert (await zoe.post(f"/chats/{chat}/take", holder="")).headers["Location"].endswith("?done=chat-taken")
    page = await zoe.read(f"/chats/{chat}?done=chat-taken")
    assert "Die Person schreibt auf Türkisch" in page
    assert "Sie führen dieses Gespräch" in page
    assert (await zoe.post(f"/chats/{chat}/answer", text="Guten Tag, *wie* kann ich helfen?")).status == 303
    assert "Guten Tag, *wie* kann ich helfen?" in await zoe.read(f"/chats/{chat}")
    said = [words("handover.taken", "tr"), words("handover.message", "tr", text="Guten Tag, *wie* kann ich helfen?")]
    assert await told(desk, person) == said
    assert (await zoe.post(f"/chats/{chat}/end")).status == 303
    assert await told(desk, person) == [*said, words("handover.ended-by-office", "tr")]
    page = await zoe.read("/chats?tab=ended")
    assert zoe.member.name in page
    page = await zoe.read(f"/chats/{chat}")
    assert "Beendet am" in page
    assert "chat-poll" not in page
    assert (await zoe.post(f"/chats/{chat}/answer", text="zu spät")).status == 422


async def test_in_telegram_the_answer_is_sent_to_the_persons_chat(desk: Desk) -> None:
    zoe = await desk.meet(Role.LEAD)
    _, chat = await meet_person(desk, channel=Channel.TELEGRAM)
    assert "Telegram kann hier mitlesen" in await zoe.read(f"/chats/{chat}")
    await zoe.post(f"/chats/{chat}/take", holder="")
    async with desk.database.unit_of_work() as work:
        while parcel := await work.outbox.claim(desk.world.clock(), desk.world.clock() - desk.world.clock()):
            last = parcel.message
            await work.outbox.mark_sent(parcel, desk.world.clock())
    assert (last.channel, last.address, last.language) == (Channel.TELEGRAM, "4711", "tr")
    assert last.reply.text == desk.world.words("handover.taken", "tr")


async def test_another_city_sees_nothing(desk: Desk) -> None:
    await desk.meet(Role.CASEWORKER)
    _, chat = await meet_person(desk)
    stranger = await desk.meet(Role.CASEWORKER, Role.LEAD, cities=(DRESDEN,))
    assert chat not in await stranger.read("/chats")
    assert (await stranger.get(f"/chats/{chat}")).status == 404
    for path in ("take", "hand-on", "answer", "end"):
        assert (await stranger.post(f"/chats/{chat}/{path}", text="x", holder="", to=stranger.member.id)).status == 404
    gone = await (await stranger.get(f"/chats/{chat}/news")).text()
    assert "Geheimnis" not in gone


@pytest.mark.parametrize("role", [Role.ADMIN, Role.EDITOR, Role.ANALYST, Role.AUDITOR])
async def test_only_who_answers_chats_comes_in(desk: Desk, role: Role) -> None:
    assert (await (await desk.meet(role)).get("/chats")).status == 403


async def test_two_people_on_one_chat(desk: Desk) -> None:
    zoe, yan = await desk.meet(Role.CASEWORKER), await desk.meet(Role.CASEWORKER)
    _, chat = await meet_person(desk)
    assert (await zoe.post(f"/chats/{chat}/take", holder="")).status == 303
    assert (await yan.post(f"/chats/{chat}/take", holder="")).status == 409
    assert (await yan.post(f"/chats/{chat}/answer", text="auch ich")).status == 409
    assert (await yan.post(f"/chats/{chat}/end")).status == 409
    page = await yan.read(f"/chats/{chat}")
    assert f"{zoe.member.name} führt dieses Gespräch" in page
    assert (await yan.post(f"/chats/{chat}/take", holder=zoe.member.id)).status == 303
    assert (await zoe.post(f"/chats/{chat}/answer", text="noch ich")).status == 409


async def test_handing_on_to_a_colleague_of_the_city(desk: Desk) -> None:
    zoe, yan = await desk.meet(Role.CASEWORKER), await desk.meet(Role.LEAD)
    stranger = await desk.meet(Role.CASEWORKER, cities=(DRESDEN,))
    person, chat = await meet_person(desk)
    await zoe.post(f"/chats/{chat}/take", holder="")
    page = await zoe.read(f"/chats/{chat}")
    assert yan.member.name in page
    assert stranger.member.name not in page
    assert (await zoe.post(f"/chats/{chat}/hand-on", holder=zoe.member.id, to=stranger.member.id)).status == 422
    assert (await zoe.post(f"/chats/{chat}/hand-on", holder=zoe.member.id, to=yan.member.id)).status == 303
    assert (await yan.post(f"/chats/{chat}/answer", text="Jetzt ich")).status == 303
    assert len(await told(desk, person)) == 2


async def test_news_are_added_to_the_thread(desk: Desk) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    person, chat = await meet_person(desk)
    await zoe.post(f"/chats/{chat}/take", holder="")
    mark = f"running-{zoe.member.id}"
    assert (await zoe.get(f"/chats/{chat}/news?seen=1&mark={mark}")).status == 204
    await person.says("und noch etwas")
    news = await zoe.read(f"/chats/{chat}/news?seen=1&mark={mark}")
    assert "und noch etwas" in news
    assert "Geheimnis" not in news
    assert "seen=2&amp;mark=" in news
    await person.presses("bot")
    ended = await zoe.get(f"/chats/{chat}/news?seen=2&mark={mark}")
    assert ended.status == 286
    assert "Beendet am" in await ended.text()
    await person.presses("forget:yes")
    gone = await zoe.get(f"/chats/{chat}/news?seen=2&mark={mark}")
    assert (gone.status, "hat es gelöscht" in await gone.text()) == (286, True)


async def test_the_list_is_sent_again_only_when_it_changed(desk: Desk) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    assert "möchte niemand mit einem Menschen schreiben" in await zoe.read("/chats")
    person, _ = await meet_person(desk)
    page = await zoe.read("/chats")
    mark = page.partition("list?mark=")[2][:8]
    assert (await zoe.get(f"/chats/list?mark={mark}")).status == 204
    await person.says("mehr")
    assert (await zoe.get(f"/chats/list?mark={mark}")).status == 200


async def test_looking_for_news_does_not_keep_a_session(desk: Desk) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    for _ in range(4):
        desk.world.clock.pass_time(minutes=10)
        response = await desk.client.get(
            "/console/chats/list", headers={"Cookie": f"__Host-wegweiser-desk={zoe.token}", **POLL}, allow_redirects=False
        )
    assert response.status == 286


@pytest.mark.parametrize("text", ["", " \u202e ", "x" * 4001])
async def test_what_cannot_be_sent(desk: Desk, text: str) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    person, chat = await meet_person(desk)
    await zoe.post(f"/chats/{chat}/take", holder="")
    assert (await zoe.post(f"/chats/{chat}/answer", text=text)).status == 422
    assert len(await told(desk, person)) == 1


async def test_the_words_keep_lines_and_joiners(desk: Desk) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    person, chat = await meet_person(desk)
    await zoe.post(f"/chats/{chat}/take", holder="")
    await zoe.post(f"/chats/{chat}/answer", text="می\u200cخواهم\r\nzwei")
    assert (await told(desk, person))[-1] == desk.world.words("handover.message", "tr", text="می\u200cخواهم\nzwei")


async def test_to_german_speakers_no_translation_is_spoken_of(desk: Desk) -> None:
    zoe = await desk.meet(Role.CASEWORKER)
    _, chat = await meet_person(desk, language="de-simple")
    await zoe.post(f"/chats/{chat}/take", holder="")
    assert "nicht übersetzt" not in await zoe.read(f"/chats/{chat}")


class TestOfficeHours:
    async def test_a_lead_sets_them_and_the_bot_tells_them(self, desk: Desk) -> None:
        lead = await desk.meet(Role.LEAD)
        assert 'href="/console/chats/hours"' in await lead.read("/chats")
        assert "Feiertage" in await lead.read("/chats/hours")
        assert (await lead.post("/chats/hours", city=HALLE, mo="9-12, 13-16", fr="9 bis 12 Uhr")).status == 303
        assert 'value="09:00–12:00, 13:00–16:00"' in await lead.read(f"/chats/hours?city={HALLE}&done=hours-saved")
        person = Person(desk.world, "alex", hint="en")
        await person.presses("city:halle", "human")
        assert "Mon 09:00–12:00, 13:00–16:00; Fri 09:00–12:00" in person.read

    async def test_what_cannot_be_read_is_told_and_nothing_is_lost(self, desk: Desk) -> None:
        lead = await desk.meet(Role.LEAD)
        await lead.post("/chats/hours", city=HALLE, mo="9-12")
        response = await lead.post("/chats/hours", city=HALLE, mo="morgens", tu="12-9", we="9-12, 11-13")
        page = await response.text()
        assert response.status == 422
        for fault in ("Bitte schreiben Sie Uhrzeiten wie", "Das Ende muss nach dem Anfang liegen", "überschneiden sich", 'value="morgens"'):
            assert fault in page
        assert 'value="09:00–12:00"' in await lead.read("/chats/hours")

    async def test_of_ones_own_cities_only(self, desk: Desk) -> None:
        lead = await desk.meet(Role.LEAD)
        assert (await lead.get(f"/chats/hours?city={DRESDEN}")).status == 404
        assert (await lead.post("/chats/hours", city=DRESDEN, mo="9-12")).status == 404
        both = await desk.meet(Role.LEAD, cities=(HALLE, DRESDEN))
        assert (await both.post("/chats/hours", city=DRESDEN, mo="9-12")).status == 303

    async def test_by_leads_only(self, desk: Desk) -> None:
        zoe = await desk.meet(Role.CASEWORKER)
        assert 'href="/console/chats/hours"' not in await zoe.read("/chats")
        assert (await zoe.get("/chats/hours")).status == 403


async def test_pages_in_english(desk: Desk) -> None:
    zoe = await desk.meet(Role.LEAD, language=Language("en"))
    _, chat = await meet_person(desk)
    assert "waiting for a human" in await zoe.read("/chats")
    assert "Take the chat" in await zoe.read(f"/chats/{chat}")
    assert "Office hours: Halle" in await zoe.read("/chats/hours")
