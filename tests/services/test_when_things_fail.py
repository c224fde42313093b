"""Repeated messages, other writers in the way, and an NLU server that is down."""

import asyncio

import pytest

from bot.domain.errors import ConflictError
from bot.domain.messages import Choice, Status, Text
from bot.services.answer_message import TRIES, answer_message
from tests.fakes.person import Person
from tests.fakes.world import World
from tests.services.test_reporting import CODE, begin, file


async def test_the_same_message_gets_the_same_answer_and_makes_one_case(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:skip", "form:place:skip", "form:area:other", "form:grounds:skip", "form:form:skip", "form:wish:skip")
    await alex.presses("form:contact:anonymous")
    message = alex.message(Choice(value="form:summary:send"))
    first = await alex.sends(message)
    version = alex.remembered.version
    again = [await alex.sends(message), await alex.sends(message)]
    assert again == [first, first]
    assert CODE.search(alex.read)
    assert len(world.tables.cases) == len(world.tables.case_log) == 1
    assert alex.remembered.version == version


async def test_the_same_message_at_the_same_time_makes_one_case(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:skip", "form:place:skip", "form:area:other", "form:grounds:skip", "form:form:skip", "form:wish:skip")
    await alex.presses("form:contact:anonymous")
    message = alex.message(Choice(value="form:summary:send"))
    answers = await asyncio.gather(*(answer_message(message, world.ports) for _ in range(3)))
    assert answers[0] == answers[1] == answers[2]
    assert len(world.tables.cases) == 1


async def test_when_somebody_else_was_quicker_it_is_done_again(world: World, alex: Person) -> None:
    world.database.conflicts = TRIES - 1
    answer = await alex.presses("city:halle")
    assert answer.status is Status.MENU
    assert (alex.remembered.municipality, alex.remembered.version) == ("halle", 1)


async def test_after_three_conflicts_it_is_said_and_nothing_is_half_done(world: World, alex: Person) -> None:
    world.database.conflicts = TRIES
    with pytest.raises(ConflictError):
        await alex.presses("city:halle")
    assert world.tables.conversations == {}
    assert world.tables.inbox == {}


async def test_no_transaction_is_open_while_the_nlu_server_reads(world: World, alex: Person) -> None:
    seen = []

    class Watchful:
        async def understand(self, text: str):
            seen.append(world.database.open_units)
            return await world.understander.understand(text)

    world.with_ports(understander=Watchful())
    await alex.says("what will the weather be like")
    assert seen == [0]


async def test_without_nlu_the_search_suggests_and_says_why(world: World, alex: Person) -> None:
    world.understander.is_down = True
    answer = await alex.says("phone number of the integration office in halle")
    assert answer.status is Status.SUGGESTED
    assert alex.read == world.words("suggest.offline")
    assert "entry:halle.contact" in alex.offered
    assert (await alex.sees_and_presses("entry:halle.contact")).entry == "halle.contact"


async def test_without_nlu_gibberish_is_admitted_and_the_menu_is_there(world: World, alex: Person) -> None:
    world.understander.is_down = True
    answer = await alex.says("xqztwvkkjjpf")
    assert (answer.status, alex.read) == (Status.UNANSWERED, world.words("unknown.offline"))
    assert (await alex.sees_and_presses("menu")).status is Status.MENU


async def test_without_nlu_an_emergency_is_still_recognised(world: World, alex: Person) -> None:
    world.understander.is_down = True
    assert (await alex.says("er schlägt mich und hat ein messer")).status is Status.EMERGENCY


async def test_without_nlu_a_report_is_taken_and_found_again(world: World, alex: Person, tele: Person) -> None:
    world.understander.is_down = True
    code = await file(alex)
    await tele.says(code)
    assert world.words("case.status.new") in tele.read


async def test_without_nlu_a_city_is_still_found_in_the_place(world: World, alex: Person) -> None:
    world.understander.is_down = True
    await begin(alex)
    await alex.presses("form:when:today")
    await alex.says("in a shop in Wiesbaden")
    assert alex.remembered.report.draft.municipality == "wiesbaden"


async def test_in_telegram_the_replies_wait_in_the_outbox_in_their_order(world: World, tele: Person) -> None:
    await tele.says("what will the weather be like")
    await tele.says("and a recipe for soup")
    waiting = [row.message.reply.text for row in world.tables.outbox.values()]
    assert waiting == [world.words(key) for key in ("unknown.far", "unknown.far", "unknown.again")]
    assert {row.message.address for row in world.tables.outbox.values()} == {"4711"}


async def test_a_text_keeps_its_words_only_as_long_as_it_waits(world: World, tele: Person) -> None:
    message = await tele.waits_in_line(Text(text="my secret question"))
    assert "my secret question" in repr(world.tables.inbox)
    async with world.ports.unit_of_work() as work:
        ticket, claimed = await work.inbox.claim(world.clock(), world.clock() - world.clock())
        await work.commit()
    assert claimed == message
    await answer_message(claimed, world.ports, ticket)
    assert "my secret question" not in repr(world.tables)
