"""Announcing an entry: seen before it is sent, sent once, by publishers; and the record of it."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.knowledge import EntryId, MunicipalityId, ProgrammeDeadline, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.news import Subscription
from bot.domain.staff import Role
from bot.services.announce_deadlines import announce_deadlines
from bot.services.carry_announcements import carry_announcements
from tests.console.conftest import DRESDEN, HALLE, Browser, Desk

ENTRY = EntryId("discrimination.deadline")
PAGE = f"/knowledge/news?entry={ENTRY}"
FINGERPRINT = re.compile(r'name="fingerprint" value="(\w+)"')


async def subscribe(desk: Desk, *cities: MunicipalityId | None, topic: Topic = Topic.DISCRIMINATION) -> None:
    """Somebody for each city."""
    async with desk.database.unit_of_work() as work:
        for number, city in enumerate(cities):
            await work.subscriptions.add(
                Subscription(
                    conversation=ConversationId(f"{topic} {number}"),
                    channel=Channel.TELEGRAM,
                    topic=topic,
                    language=Language("de"),
                    municipality=city,
                    address="4711",
                    subscribed_on=desk.world.clock().date(),
                )
            )
        await work.commit()


async def send(browser: Browser, **changes: str) -> int:
    """Press the button of the preview; the status."""
    found = FINGERPRINT.search(await browser.read(PAGE))
    assert found
    fields = {"entry": ENTRY, "fingerprint": found[1], "checked": "yes", **changes}
    return (await browser.post("/knowledge/news", **{name: value for name, value in fields.items() if value})).status


async def announced(desk: Desk) -> int:
    async with desk.database.unit_of_work() as work:
        return len(await work.announcements.newest(9))


async def test_the_page_names_what_can_be_announced(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    page = await editor.read("/knowledge/news")
    assert f'<option value="{ENTRY}">' in page
    knowledge = desk.world.ports.published.knowledge
    internal = [entry for entry in knowledge.entries.values() if entry.audience == "staff" or entry.topic is Topic.ABOUT_THE_BOT]
    assert internal
    for entry in internal:
        assert f'<option value="{entry.id}">' not in page
        assert (await editor.get(f"/knowledge/news?entry={entry.id}")).status == 404
    assert (await editor.get("/knowledge/news?entry=nothing")).status == 404
    assert "Bisher wurde nichts angekündigt." in page
    assert "keine Frist, die noch bevorsteht" in page


async def test_the_preview_shows_the_message_in_any_language(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    german = await editor.read(PAGE)
    entry = desk.world.ports.published.knowledge.entries[ENTRY]
    assert "Neues zum Thema „Diskriminierung: Ihre Rechte“:" in german
    assert f"<strong>{entry.title[Language('de')]}</strong>" in german
    assert "Dieses Thema abbestellen" in german
    arabic = await editor.read(f"{PAGE}&preview=ar")
    assert 'lang="ar" dir="rtl"' in arabic
    assert entry.title[Language("ar")] in arabic
    assert 'lang="de" dir="ltr"' in await editor.read(f"{PAGE}&preview=<x>")


async def test_small_numbers_are_not_told(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    await subscribe(desk, *[None] * 4)
    page = await editor.read(PAGE)
    assert "weniger als 5 Personen" in page
    await subscribe(desk, *[None] * 6)
    page = await editor.read(PAGE)
    assert "Das sind zurzeit 6 Personen." in page
    assert page.count("<dd>weniger als 5</dd>") == 3


async def test_news_of_a_city_say_whom_they_reach(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    entries = desk.world.ports.published.knowledge.entries.values()
    entry = next(each for each in entries if each.topic is Topic.CONTACTS and each.municipality == HALLE)
    await subscribe(desk, *[HALLE] * 4, *[DRESDEN] * 5, *[None] * 3, topic=Topic.CONTACTS)
    page = await editor.read(f"/knowledge/news?entry={entry.id}")
    assert "aus Halle (Saale) sind oder keine Stadt gewählt haben. Das sind zurzeit 7 Personen." in page


async def test_missing_translations_are_named(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    assert "fehlt die Antwort" not in await editor.read(PAGE)
    published = desk.world.ports.published
    entry = published.knowledge.entries[ENTRY]
    bare = replace(entry, answers={language: text for language, text in entry.answers.items() if language != "tr"})
    published.knowledge = replace(published.knowledge, entries={**published.knowledge.entries, ENTRY: bare})
    page = await editor.read(PAGE)
    assert "fehlt die Antwort" in page
    assert "Türkisch" in page


async def test_a_publisher_sends_it_and_sees_how_far_it_is(desk: Desk) -> None:
    publisher = await desk.meet(Role.PUBLISHER)
    await subscribe(desk, *[None] * 30)
    assert await send(publisher) == 303
    assert "wird gerade gesendet: 0 von 30" in await publisher.read("/knowledge/news?done=announced")
    assert await carry_announcements(desk.world.ports) == 25
    assert "wird gerade gesendet: 25 von 30" in await publisher.read("/knowledge/news")
    assert await carry_announcements(desk.world.ports) == 5
    page = await publisher.read("/knowledge/news")
    assert "an 30 Personen gesendet" in page
    assert page.count(publisher.member.name if publisher.member else "?") == 2
    async with desk.database.unit_of_work() as work:
        assert await work.outbox.waiting() == 30


async def test_few_recipients_are_not_counted_in_the_record_either(desk: Desk) -> None:
    publisher = await desk.meet(Role.PUBLISHER)
    await subscribe(desk, *[None] * 3)
    assert await send(publisher) == 303
    assert '<td data-label="Stand">wird gerade gesendet</td>' in await publisher.read("/knowledge/news")
    await carry_announcements(desk.world.ports)
    assert "fertig, an weniger als 5 Personen" in await publisher.read("/knowledge/news")


async def test_it_goes_out_once_a_day(desk: Desk) -> None:
    publisher = await desk.meet(Role.PUBLISHER)
    fingerprint = FINGERPRINT.search(await publisher.read(PAGE))
    assert fingerprint
    fields = {"entry": ENTRY, "fingerprint": fingerprint[1], "checked": "yes"}
    first, second = await publisher.post("/knowledge/news", **fields), await publisher.post("/knowledge/news", **fields)
    assert (first.status, second.status) == (303, 422)
    assert "heute schon angekündigt" in await second.text()
    page = await publisher.read(PAGE)
    assert "heute schon angekündigt" in page
    assert not FINGERPRINT.search(page)
    desk.world.clock.pass_time(days=1)
    publisher = await desk.meet(Role.PUBLISHER)
    assert await send(publisher) == 303
    assert await announced(desk) == 2


async def test_it_is_sent_only_as_it_was_looked_at(desk: Desk) -> None:
    publisher = await desk.meet(Role.PUBLISHER)
    assert await send(publisher, checked="") == 422
    assert await send(publisher, fingerprint="other") == 409
    assert await send(publisher, entry="nothing") == 404
    found = FINGERPRINT.search(await publisher.read(PAGE))
    assert found
    published = desk.world.ports.published
    entry = published.knowledge.entries[ENTRY]
    changed = replace(entry, answers={**entry.answers, Language("vi"): "khác"})
    published.knowledge = replace(published.knowledge, entries={**published.knowledge.entries, ENTRY: changed})
    response = await publisher.post("/knowledge/news", entry=ENTRY, fingerprint=found[1], checked="yes")
    assert response.status == 409
    assert await announced(desk) == 0


async def test_an_editor_looks_and_does_not_send(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    page = await editor.read(PAGE)
    assert "Senden können nur Personen mit der Rolle" in page
    assert not FINGERPRINT.search(page)
    assert (await editor.post("/knowledge/news", entry=ENTRY, checked="yes")).status == 403
    assert await announced(desk) == 0


async def test_deadlines_to_come_are_listed_and_recorded(desk: Desk) -> None:
    editor = await desk.meet(Role.EDITOR)
    published = desk.world.ports.published
    programme = published.knowledge.programmes["wir.vielfaltszentrum"]
    day = desk.world.clock().date() + timedelta(days=20)
    due = ProgrammeDeadline(what={Language("de"): "Antrag"}, date=day)
    changed = {**published.knowledge.programmes, programme.id: replace(programme, deadlines=(due,))}
    published.knowledge = replace(published.knowledge, programmes=changed)
    await announce_deadlines(desk.world.ports)
    page = await editor.read("/knowledge/news")
    assert "10.12.2026: WIR-Vielfaltszentrum" in page
    assert "Frist: WIR-Vielfaltszentrum, 10. Dezember 2026 (30 Tage vorher)" in page


async def test_what_is_no_longer_published_stays_in_the_record(desk: Desk) -> None:
    publisher = await desk.meet(Role.PUBLISHER)
    assert await send(publisher) == 303
    published = desk.world.ports.published
    published.knowledge = replace(
        published.knowledge, entries={key: entry for key, entry in published.knowledge.entries.items() if key != ENTRY}
    )
    await carry_announcements(desk.world.ports)
    page = await publisher.read("/knowledge/news")
    assert ENTRY in page
    assert "fertig, an weniger als 5 Personen" in page
