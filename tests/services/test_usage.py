"""What happened is counted, once for each question and without the person; and it reaches the database."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import NotAvailableError
from bot.domain.messages import Channel
from bot.domain.usage import Happening, UsageKind
from bot.services.delete_overdue import delete_overdue
from bot.services.store_usage import store_usage
from tests.fakes.person import Person
from tests.fakes.world import MORNING, World, real_knowledge
from tests.services.test_reporting import begin

MONEY = "is there money for our project in wiesbaden"
ENTRY = "wiesbaden.wir-project-money"
TODAY = MORNING.date()


@pytest.fixture(autouse=True)
def readings(world: World) -> None:
    world.understander.learn(MONEY, (real_knowledge().entries[ENTRY].intent, 0.93), cities=("wiesbaden",))
    world.understander.learn("money", (real_knowledge().entries[ENTRY].intent, 0.55), ("wiesbaden.wir-amounts", 0.2))
    world.understander.learn("who is responsible", ("city.contact", 0.9))
    world.understander.learn("in Magdeburg", cities=("magdeburg",))


def counted(world: World) -> dict[tuple[str, str, str], int]:
    """Kind, entry and city, and how often."""
    return {(each.kind.value, each.entry, each.municipality): times for each, times in world.ports.usage.items()}


async def test_an_answer_and_what_was_thought_of_it(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    await alex.presses(f"helped:{ENTRY}")
    await alex.presses(f"unhelpful:{ENTRY}")
    assert counted(world) == {(kind, ENTRY, "wiesbaden"): 1 for kind in ("answered", "helped", "unhelpful")}
    assert {(each.day, each.language) for each in world.ports.usage} == {(TODAY, "en")}


async def test_a_suggestion_counts_as_the_question_and_its_choice_as_a_view(world: World, alex: Person) -> None:
    await alex.says("money")
    await alex.presses(f"entry:{ENTRY}")
    assert counted(world) == {("suggested", "", ""): 1, ("shown", ENTRY, ""): 1}


async def test_the_city_that_was_asked_for_is_no_second_question(world: World, alex: Person) -> None:
    await alex.says("who is responsible")
    await alex.says("in Magdeburg")
    kinds = {kind: city for kind, _, city in counted(world)}
    assert kinds == {"suggested": "", "shown": "magdeburg"}


async def test_what_nobody_knows_is_declined(world: World, alex: Person) -> None:
    await alex.says("what will the weather be like")
    assert counted(world) == {("declined", "", ""): 1}


async def test_an_emergency_is_no_question(world: World, alex: Person) -> None:
    await alex.says("help he is beating me right now, call the police")
    assert counted(world) == {("emergency", "", ""): 1}


async def test_menus_forms_and_reports_are_not_counted(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.says("At the office they laughed at me and did not give me the form.")
    assert counted(world) == {}


async def test_the_same_message_again_counts_once(world: World, alex: Person) -> None:
    world.database.conflicts = 1  # the first try fails at its commit
    await alex.says(MONEY)
    assert counted(world) == {("answered", ENTRY, "wiesbaden"): 1}


async def test_the_day_is_the_german_one(world: World, person) -> None:
    world.clock.now = MORNING.replace(hour=23, minute=30)
    await person("night", channel=Channel.TELEGRAM).says(MONEY)
    assert {each.day for each in world.ports.usage} == {TODAY + timedelta(days=1)}


async def test_what_was_counted_is_stored_and_added_up(world: World, alex: Person) -> None:
    for _ in range(2):
        await alex.says(MONEY)
        await store_usage(world.ports)
    await store_usage(world.ports)
    assert world.ports.usage == {}
    assert world.tables.usage == {Happening(TODAY, UsageKind.ANSWERED, ENTRY, "en", "wiesbaden"): 2}


async def test_nothing_is_lost_while_the_database_is_down(world: World, alex: Person) -> None:
    await alex.says(MONEY)

    def fail() -> None:
        raise NotAvailableError("The database does not answer.")

    with pytest.raises(NotAvailableError):
        await store_usage(world.with_ports(unit_of_work=fail).ports)
    world.with_ports(unit_of_work=world.database.unit_of_work)
    await alex.says(MONEY)
    await store_usage(world.ports)
    assert list(world.tables.usage.values()) == [2]


async def test_counts_go_after_three_years(world: World) -> None:
    happening = Happening(date(2023, 1, 1), UsageKind.DECLINED, "", "de", "")
    world.ports.usage.update({happening: 3, happening._replace(day=TODAY): 1})
    await store_usage(world.ports)
    assert (await delete_overdue(world.ports)).usage == 1
    assert [each.day for each in world.tables.usage] == [TODAY]
