"""What is stored about a person can be seen and deleted by them."""

from datetime import timedelta

from bot.domain.messages import Channel, Status
from bot.services.delete_overdue import Deleted, delete_overdue
from tests.fakes.person import Person
from tests.fakes.world import World
from tests.services.test_reporting import begin, file


async def test_my_data_shows_language_city_and_draft(world: World, alex: Person) -> None:
    await alex.presses("city:halle")
    await begin(alex, "My draft about the flat.")
    await alex.commands("mydata")
    assert world.words("my-data.language", language="English") in alex.read
    assert "Halle (Saale)" in alex.read
    assert "My draft about the flat." in alex.read


async def test_my_data_of_a_stranger_is_nothing(world: World, alex: Person) -> None:
    await alex.commands("mydata")
    assert world.words("my-data.city", city=world.words("my-data.nothing")) in alex.read
    assert world.words("my-data.draft", text=world.words("my-data.nothing")) in alex.read


async def test_deleting_asks_first_and_then_forgets_everything_of_the_chat(world: World, alex: Person) -> None:
    await begin(alex, "My draft about the flat.")
    await alex.commands("delete")
    assert alex.read == world.words("page.forget") + "\n\n" + world.words("report.waiting")
    assert alex.chat in world.tables.conversations
    await alex.sees_and_presses("forget:yes")
    assert alex.read == world.words("forget.done")
    assert world.tables.conversations == {}
    assert "flat" not in repr(world.tables)
    assert world.tables.inbox == {}


async def test_in_telegram_only_the_goodbye_is_left_to_be_sent(world: World, tele: Person) -> None:
    await begin(tele, "My draft about the flat.")
    await tele.presses("forget:yes")
    assert [row.message.reply.text for row in world.tables.outbox.values()] == [world.words("forget.done")]
    assert "flat" not in repr(world.tables)
    assert all(row.conversation is None for row in world.tables.inbox.values())


async def test_a_forgotten_chat_is_no_longer_linked_to_its_case_which_stays(world: World, tele: Person) -> None:
    await file(tele)
    await tele.presses("forget:yes")
    (row,) = world.tables.cases.values()
    assert (row.chat, row.case.reply_address) == (None, None)
    assert row.case.statement is not None


async def test_others_are_not_forgotten(world: World, alex: Person, tele: Person) -> None:
    await tele.presses("city:halle")
    await alex.presses("forget:yes")
    assert tele.remembered.municipality == "halle"


async def test_who_wants_no_answer_in_the_chat_is_not_linked_to_the_case(world: World, tele: Person) -> None:
    await begin(tele)
    await tele.presses("form:when:skip", "form:place:skip", "form:area:other", "form:grounds:skip", "form:form:skip", "form:wish:skip")
    await tele.presses("form:contact:anonymous", "form:summary:send")
    (row,) = world.tables.cases.values()
    assert (row.chat, row.case.reply_address, row.case.contact) == (None, None, None)


async def test_what_is_overdue_is_deleted(world: World, alex: Person, tele: Person) -> None:
    await file(alex)
    await tele.says("what will the weather be like")
    assert await delete_overdue(world.ports) == Deleted(messages=0, failed=0, replies=0, conversations=0, questions=0)
    messages = len(world.tables.inbox)
    world.clock.pass_time(days=1, seconds=1)
    await tele.says("what will the weather be like")
    assert await delete_overdue(world.ports) == Deleted(messages=messages, failed=0, replies=0, conversations=0, questions=0)
    world.clock.pass_time(days=29)
    assert (await delete_overdue(world.ports)).conversations == 1
    assert list(world.tables.conversations) == [tele.chat]
    assert len(world.tables.cases) == 1
    assert world.clock() - tele.remembered.updated_at < timedelta(days=30)


async def test_imprint_and_privacy_lead_to_their_pages(world: World, alex: Person) -> None:
    world.with_ports(operator="Stadt Musterstadt")
    await alex.commands("imprint")
    assert alex.read == world.words("page.imprint", operator="Stadt Musterstadt")
    await alex.commands("privacy")
    assert [button.url for button in alex.buttons] == ["https://wegweiser.example/privacy?language=en"]


async def test_in_a_group_the_pages_about_oneself_stay_closed(world: World, person) -> None:
    group = person("group", channel=Channel.TELEGRAM, hint="en", in_group=True)
    assert (await group.commands("mydata")).status is Status.MENU
    assert group.read == world.words("group.private")
