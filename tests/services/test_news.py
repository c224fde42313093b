"""Who wants news gets them in Telegram, in their language, once; and no more from the moment they say so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.errors import ConflictError, UnreachableError
from bot.domain.knowledge import EntryId, MunicipalityId, ProgrammeDeadline, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, Choice, ConversationId, Text
from bot.domain.news import NEWS_TOPICS, Announcement, Audience, Occasion, Subscription
from bot.services.announce_deadlines import announce_deadlines
from bot.services.carry_announcements import BATCH, MOST_WAITING, carry_announcements
from bot.services.ports import OutgoingMessage
from bot.services.send_outbox import send_outbox
from tests.fakes.person import Person
from tests.fakes.world import World
from tests.services.test_reporting import begin

ENTRY = "discrimination.deadline"
HALLE, DRESDEN, WIESBADEN = map(MunicipalityId, ("halle", "dresden", "wiesbaden"))
WIR = "wir.vielfaltszentrum"


def announcement_of(entry: str, world: World) -> Announcement:
    topic = world.ports.published.knowledge.entries[EntryId(entry)].topic
    occasion = Occasion(kind="entry", subject=entry, day=world.clock().date())
    return Announcement(occasion=occasion, topic=topic, announced_by=None, announced_at=world.clock())


async def announce(entry: str, world: World) -> None:
    async with world.ports.unit_of_work() as work:
        assert await work.announcements.add(announcement_of(entry, world))
        await work.commit()


async def subscribe(world: World, number: int, *, topic: Topic = Topic.DISCRIMINATION, **about: object) -> None:
    """Somebody else who wants news."""
    somebody = Subscription(
        conversation=ConversationId(f"{number}"),
        channel=Channel.TELEGRAM,
        topic=topic,
        language=Language("de"),
        municipality=None,
        address=str(number),
        subscribed_on=world.clock().date(),
    )
    async with world.ports.unit_of_work() as work:
        await work.subscriptions.add(replace(somebody, **about))
        await work.commit()


def empty_outbox(world: World) -> list[OutgoingMessage]:
    """Everything that waits to be sent; it is gone from there."""
    waiting = [row.message for row in world.tables.outbox.values() if row.message]
    world.tables.outbox.clear()
    return waiting


async def carry_all(world: World) -> list[OutgoingMessage]:
    sent = []
    while any(each.ended_at is None for each in world.tables.announcements):
        await carry_announcements(world.ports)
        sent += empty_outbox(world)
    return sent


def topics_of(world: World) -> set[Topic]:
    return {each.topic for each in world.tables.subscriptions}


async def test_topics_are_offered_and_toggle_in_place(world: World, tele: Person) -> None:
    await tele.commands("subscribe")
    assert tele.read == world.words("news.offer")
    assert tele.offered == [*(f"news:on:{topic}" for topic in NEWS_TOPICS), "menu"]
    await tele.sees_and_presses("news:on:wir-funding")
    assert topics_of(world) == {Topic.WIR_FUNDING}
    assert [button.label for button in tele.buttons if button.value == "news:off:wir-funding"] == ["✓ WIR funding"]
    assert tele.seen
    assert tele.seen.replies[0].replaces
    await tele.sees_and_presses("news:on:contacts", "news:off:wir-funding")
    assert topics_of(world) == {Topic.CONTACTS}
    await tele.presses("news:on:contacts", "news:on:contacts", "news:off:wir-funding")
    assert [each.topic for each in world.tables.subscriptions] == [Topic.CONTACTS]


async def test_what_is_stored_is_what_sending_needs(world: World, tele: Person) -> None:
    await tele.presses("city:halle")
    await tele.presses("news:on:wir-funding")
    (stored,) = world.tables.subscriptions
    assert replace(stored, reference="") == Subscription(
        conversation=tele.chat,
        channel=Channel.TELEGRAM,
        topic=Topic.WIR_FUNDING,
        language=Language("en"),
        municipality=HALLE,
        address="4711",
        subscribed_on=world.clock().date(),
    )


async def test_all_end_at_once_and_can_be_chosen_again(world: World, tele: Person) -> None:
    await tele.presses("news:on:wir-funding", "news:on:contacts")
    await tele.sees_and_presses("news:off:all")
    assert (topics_of(world), tele.read) == (set(), world.words("news.stopped-all"))
    await tele.sees_and_presses("news:on:contacts")
    await tele.commands("unsubscribe")
    assert (topics_of(world), tele.read) == (set(), world.words("news.stopped-all"))


async def test_one_press_under_the_news_ends_them_and_another_brings_them_back(world: World, tele: Person) -> None:
    await tele.presses("news:on:discrimination", "news:on:contacts")
    empty_outbox(world)
    await announce(ENTRY, world)
    (message,) = await carry_all(world)
    assert [button.value for button in message.reply.choices] == ["unsubscribe:discrimination"]
    await tele.presses("unsubscribe:discrimination")
    assert topics_of(world) == {Topic.CONTACTS}
    assert tele.seen
    assert not tele.seen.replies[0].replaces
    assert tele.read == world.words("news.stopped", topic="Discrimination: your rights")
    await tele.presses("unsubscribe:discrimination")
    assert topics_of(world) == {Topic.CONTACTS}
    await tele.sees_and_presses("news:on:discrimination")
    assert topics_of(world) == {Topic.CONTACTS, Topic.DISCRIMINATION}


async def test_who_was_silent_for_long_is_still_spoken_to_in_the_language_of_the_news(world: World, tele: Person) -> None:
    await tele.presses("language:ar", "news:on:discrimination")
    world.tables.conversations.clear()
    await tele.presses("unsubscribe:discrimination")
    assert tele.seen
    assert tele.seen.language == "ar"
    assert topics_of(world) == set()


async def test_the_web_chat_says_that_news_come_in_telegram(world: World, alex: Person) -> None:
    for press in ("news", "news:on:wir-funding", "unsubscribe:wir-funding"):
        await alex.presses(press)
        assert alex.read.replace("\u2066", "") == world.words("news.only-telegram")
    await alex.commands("subscribe")
    assert alex.read == world.words("news.only-telegram")
    assert world.tables.subscriptions == []
    await alex.presses("topic:wir-funding")
    assert "news" not in alex.offered


async def test_a_group_is_pointed_to_the_private_chat(world: World, person) -> None:
    world.with_ports(bot_name="wegweiser_bot")
    group = person("group", channel=Channel.TELEGRAM, hint="en", in_group=True)
    for press in ("news", "news:on:wir-funding", "news:off:all", "unsubscribe:wir-funding"):
        await group.presses(press)
        assert [button.url for button in group.buttons] == ["https://t.me/wegweiser_bot?start=news"]
    await group.commands("subscribe")
    assert group.read == world.words("group.private")
    assert world.tables.subscriptions == []
    await group.presses("topic:wir-funding")
    assert "news" not in group.offered


async def test_the_way_there_is_short(world: World, tele: Person) -> None:
    await tele.presses("topic:wir-funding")
    await tele.sees_and_presses("news")
    assert tele.read == world.words("news.offer")
    await tele.commands("start", "news")
    assert tele.read == world.words("news.offer")


@pytest.mark.parametrize(
    "forged", ["news:", "news:on", "news:on:", "news:on:about-the-bot", "news:maybe:contacts", "news:off:x", "unsubscribe:"]
)
async def test_a_forged_button_is_harmless(world: World, tele: Person, forged: str) -> None:
    await tele.presses("news:on:wir-funding", forged)
    assert tele.read == world.words("page.expired")
    assert topics_of(world) == {Topic.WIR_FUNDING}


async def test_a_report_that_is_being_written_waits(world: World, tele: Person) -> None:
    await tele.presses("news:on:wir-funding")
    await begin(tele, "My draft about the flat.")
    await tele.presses("unsubscribe:wir-funding")
    assert topics_of(world) == set()
    assert "report" in tele.offered
    assert tele.remembered.report


async def test_language_and_city_follow_the_chat(world: World, tele: Person) -> None:
    await tele.presses("news:on:wir-funding")
    await tele.presses("language:ar", "city:dresden")
    (stored,) = world.tables.subscriptions
    assert (stored.language, stored.municipality) == ("ar", DRESDEN)


async def test_the_language_follows_when_somebody_just_writes_in_another(world: World, tele: Person) -> None:
    await tele.presses("news:on:wir-funding")
    await tele.says("¿Dónde puedo denunciar una discriminación en mi trabajo?")
    assert tele.seen
    assert tele.seen.language == "es"
    assert [each.language for each in world.tables.subscriptions] == ["es"]


async def test_my_data_names_it_and_deleting_ends_it(world: World, tele: Person) -> None:
    await tele.commands("mydata")
    assert "News about" not in tele.read
    await tele.presses("news:on:wir-funding", "news:on:contacts")
    await subscribe(world, 1)
    await tele.commands("mydata")
    assert world.words("my-data.news", topics="Contacts and offices; WIR funding") in tele.read
    await tele.presses("forget:yes")
    assert [each.conversation for each in world.tables.subscriptions] == ["1"]


class Blocked:
    async def send(self, message: OutgoingMessage) -> None:
        raise UnreachableError("Forbidden: bot was blocked by the user")


async def test_who_blocks_the_bot_gets_no_more(world: World) -> None:
    await subscribe(world, 1)
    await subscribe(world, 1, topic=Topic.CONTACTS)
    await subscribe(world, 2)
    await announce(ENTRY, world)
    await carry_announcements(world.ports)
    row = next(number for number, row in world.tables.outbox.items() if row.conversation == "1")
    world.database.tables.outbox = {row: world.tables.outbox[row]}
    assert await send_outbox(world.ports, {Channel.TELEGRAM: Blocked()})
    assert [each.conversation for each in world.tables.subscriptions] == ["2"]


async def test_news_say_what_where_from_and_how_to_end_them_in_the_subscribers_language(world: World) -> None:
    for number, language in enumerate(world.ports.wording.languages):
        await subscribe(world, number, language=language)
    await announce(ENTRY, world)
    messages = {message.language: message.reply for message in await carry_all(world)}
    assert set(messages) == set(world.ports.wording.languages)
    entry = world.ports.published.knowledge.entries[EntryId(ENTRY)]
    german, arabic = messages[Language("de")], messages[Language("ar")]
    assert german.text.startswith("Neues zum Thema „Diskriminierung: Ihre Rechte“:")
    assert f"**{entry.title[Language('de')]}**" in german.text
    assert entry.answers[Language("de")].strip() in german.text
    assert german.source
    assert "AGG" in german.source
    assert "\u2066" in arabic.text
    assert entry.title[Language("ar")] in arabic.text.replace("\u2066", "").replace("\u2069", "")
    assert all(len(reply.choices) == 1 for reply in messages.values())


async def test_an_answer_that_is_not_translated_comes_with_a_word_about_it(world: World) -> None:
    knowledge = world.ports.published.knowledge
    entry = knowledge.entries[EntryId(ENTRY)]
    bare = replace(entry, answers={language: text for language, text in entry.answers.items() if language in ("de", "en")})
    world.ports.published.knowledge = replace(knowledge, entries={**knowledge.entries, entry.id: bare})
    await subscribe(world, 1, language=Language("tr"))
    await announce(ENTRY, world)
    (message,) = await carry_all(world)
    assert world.words("answer.other-language", "tr") in message.reply.text
    assert entry.answers[Language("en")].strip() in message.reply.text


async def test_news_of_a_city_go_to_it_and_to_those_without_one(world: World) -> None:
    entry = next(
        each for each in world.ports.published.knowledge.entries.values() if each.topic is Topic.CONTACTS and each.municipality == HALLE
    )
    for number, city in enumerate((HALLE, DRESDEN, None)):
        await subscribe(world, number, topic=Topic.CONTACTS, municipality=city)
    await announce(entry.id, world)
    sent = await carry_all(world)
    assert sorted(message.conversation for message in sent) == ["0", "2"]
    assert all("Halle" in message.reply.text.split("**")[1] for message in sent)


async def test_batches_reach_everybody_once_and_count_them(world: World) -> None:
    for number in range(2 * BATCH + 3):
        await subscribe(world, number)
    await announce(ENTRY, world)
    assert await carry_announcements(world.ports) == BATCH
    assert len(empty_outbox(world)) == BATCH
    rest = await carry_all(world)
    assert len(rest) == BATCH + 3
    (announcement,) = world.tables.announcements
    assert (announcement.recipients, announcement.ended_at) == (2 * BATCH + 3, world.clock())
    assert await carry_announcements(world.ports) == 0


async def test_a_crash_in_between_loses_and_doubles_nothing(world: World) -> None:
    for number in range(BATCH + 3):
        await subscribe(world, number)
    await announce(ENTRY, world)
    world.database.conflicts = 1
    with pytest.raises(ConflictError):
        await carry_announcements(world.ports)
    assert (world.tables.outbox, world.tables.announcements[0].sent_after) == ({}, "")
    assert sorted(message.conversation for message in await carry_all(world)) == sorted(str(number) for number in range(BATCH + 3))


async def test_news_wait_while_replies_pile_up(world: World, tele: Person) -> None:
    await subscribe(world, 1)
    for number in range(MOST_WAITING):
        await Person(world, f"p{number}", channel=Channel.TELEGRAM, hint="en").sends(tele.message(Choice(value="menu")))
    await announce(ENTRY, world)
    assert await carry_announcements(world.ports) == 0
    empty_outbox(world)
    assert await carry_announcements(world.ports) == 1


async def test_an_answer_overtakes_the_news(world: World, tele: Person) -> None:
    for number in range(BATCH):
        await subscribe(world, number)
    await announce(ENTRY, world)
    await carry_announcements(world.ports)
    await tele.sends(tele.message(Text(text="what will the weather be like")))
    async with world.ports.unit_of_work() as work:
        parcel = await work.outbox.claim(world.clock(), timedelta(seconds=1))
    assert parcel
    assert parcel.message.conversation == tele.chat


async def test_what_is_no_longer_published_is_not_sent(world: World) -> None:
    await subscribe(world, 1)
    await announce(ENTRY, world)
    knowledge = world.ports.published.knowledge
    world.ports.published.knowledge = replace(knowledge, entries={key: each for key, each in knowledge.entries.items() if key != ENTRY})
    assert await carry_announcements(world.ports) == 0
    assert (world.tables.outbox, world.tables.announcements[0].ended_at) == ({}, world.clock())


async def test_the_present_dates_are_past_and_send_nothing(world: World) -> None:
    await subscribe(world, 1, topic=Topic.WIR_FUNDING)
    assert await announce_deadlines(world.ports) == 0
    assert world.tables.announcements == []


def let_end(world: World, day: date) -> None:
    """A deadline on a day, and the programme's support ends on it, too."""
    knowledge = world.ports.published.knowledge
    programme = knowledge.programmes[WIR]
    due = ProgrammeDeadline(what={Language("de"): "Antrag stellen", Language("en"): "apply"}, date=day)
    amounts = (replace(programme.amounts[0], until=day), *programme.amounts[1:])
    changed = replace(programme, deadlines=(due,), amounts=amounts)
    world.ports.published.knowledge = replace(knowledge, programmes={**knowledge.programmes, WIR: changed})


async def test_a_deadline_is_announced_30_and_7_days_before_once_each(world: World) -> None:
    let_end(world, world.clock().date() + timedelta(days=32))
    await subscribe(world, 1, topic=Topic.WIR_FUNDING, municipality=WIESBADEN, language=Language("en"))
    await subscribe(world, 2, topic=Topic.WIR_FUNDING, municipality=HALLE)
    announced = {}
    for day in range(40):
        for _ in range(3):
            if await announce_deadlines(world.ports):
                announced[32 - day] = await carry_all(world)
        world.clock.pass_time(days=1)
    assert list(announced) == [30, 7]
    for messages in announced.values():
        (message,) = messages
        assert message.conversation == "1"
        assert "apply" in message.reply.text
        assert "The funding ends on December 22, 2026" in message.reply.text
    assert [str(each.occasion) for each in world.tables.announcements] == [f"deadline:{WIR}:2026-12-22:{days}" for days in (30, 7)]


@pytest.mark.parametrize(("days", "announced"), [(31, []), (30, [30]), (8, [30]), (7, [7]), (0, [7]), (-1, [])])
async def test_a_bot_that_was_not_running_makes_up_for_it_once(world: World, days: int, announced: list[int]) -> None:
    let_end(world, world.clock().date() + timedelta(days=days))
    for _ in range(2):
        await announce_deadlines(world.ports)
    assert [each.occasion.days for each in world.tables.announcements] == announced


async def test_a_programme_without_entries_counts_as_funding(world: World) -> None:
    let_end(world, world.clock().date() + timedelta(days=5))
    knowledge = world.ports.published.knowledge
    world.ports.published.knowledge = replace(knowledge, entries={})
    await announce_deadlines(world.ports)
    assert [each.topic for each in world.tables.announcements] == [Topic.WIR_FUNDING]
    async with world.ports.unit_of_work() as work:
        assert await work.subscriptions.count(Audience(topic=Topic.WIR_FUNDING)) == 0
