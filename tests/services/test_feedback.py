"""People say whether an answer helped, and the editors get to see the questions that had no good answer, without the person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Channel, Status
from bot.domain.questions import QuestionKind
from bot.services.delete_overdue import delete_overdue
from tests.fakes.person import Person
from tests.fakes.world import World, real_knowledge
from tests.services.test_reporting import begin

MONEY = "is there money for our project in wiesbaden"
WHO = "who is responsible for integration"
WEATHER = "what will the weather be like"
ENTRY = "wiesbaden.wir-project-money"
YES, NO = f"helped:{ENTRY}", f"unhelpful:{ENTRY}"


def kept(world: World) -> list[tuple[str, str, tuple[str, ...]]]:
    """What the editors will see."""
    return [(each.kind.value, each.text, each.entries) for each in world.tables.unanswered_questions]


@pytest.fixture(autouse=True)
def readings(world: World) -> None:
    entry = real_knowledge().entries[ENTRY]
    world.understander.learn(MONEY, (entry.intent, 0.93), cities=("wiesbaden",))
    world.understander.learn("money", (entry.intent, 0.55), ("wiesbaden.wir-amounts", 0.2))
    world.understander.learn(WHO, ("city.contact", 0.9))
    world.understander.learn("in Magdeburg", cities=("magdeburg",))


async def test_every_answer_asks_whether_it_helped_last_of_all(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    assert alex.offered[-2:] == [YES, NO]
    assert [button.label for button in alex.buttons[-2:]] == [world.words("answer.helped"), world.words("answer.unhelpful")]
    for entry in real_knowledge().entries:
        await alex.presses(f"entry:{entry}")
        assert alex.offered[-2:] == [f"helped:{entry}", f"unhelpful:{entry}"]
        assert all(len(value.encode()) <= 64 for value in alex.offered)


async def test_thanks_and_no_more_buttons_however_often(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    for _ in range(2):
        assert (await alex.presses(YES)).status is Status.SMALLTALK
        assert (alex.read, alex.buttons) == (world.words("feedback.thanks"), [])
    assert kept(world) == []
    assert alex.remembered.question is None


async def test_what_did_not_help_leads_to_other_entries_and_then_to_people(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    answer = await alex.sees_and_presses(NO)
    assert (answer.status, alex.read) == (Status.SUGGESTED, world.words("feedback.others"))
    *others, human = alex.offered
    assert human == "human"
    assert 1 <= len(others) <= 3
    assert f"entry:{ENTRY}" not in others
    await alex.sees_and_presses(others[0])
    second = await alex.sees_and_presses(others[0].replace("entry:", "unhelpful:"))
    assert second.status is Status.HANDOVER
    assert world.words("page.human") in alex.read
    texts = [("unhelpful", MONEY, (ENTRY,)), ("unhelpful", MONEY, (others[0].removeprefix("entry:"),))]
    assert kept(world) == texts


async def test_pressing_it_again_shows_the_same_and_keeps_nothing_twice(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    first = await alex.presses(NO)
    again = await alex.presses(NO)
    assert again.replies == first.replies
    assert len(kept(world)) == 1


async def test_the_runners_up_of_the_reading_come_first(world: World, alex: Person) -> None:
    entry = next(entry for entry in real_knowledge().entries.values() if entry.topic == "discrimination" and not entry.municipality)
    world.understander.learn("money or rights", (real_knowledge().entries[ENTRY].intent, 0.8), (entry.intent, 0.15), cities=("wiesbaden",))
    await alex.says("money or rights")
    await alex.presses(NO)
    assert alex.offered[0] == f"entry:{entry.id}"


async def test_the_button_of_an_earlier_answer_does_not_blame_the_last_one(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    await alex.says(f"{WHO} in Magdeburg")
    await alex.presses("entry:halle.contact")
    assert (await alex.presses(NO)).status is Status.SUGGESTED
    assert [text for kind, text, _ in kept(world) if kind == "unhelpful"] == []


async def test_where_nothing_else_is_near_there_are_people(world: World, alex: Person) -> None:
    known = real_knowledge()
    lonely = replace(known.entries[ENTRY], related=())
    world.ports.published.knowledge = replace(known, entries={**known.entries, lonely.id: lonely})
    await alex.presses(f"entry:{ENTRY}")
    assert (await alex.presses(NO)).status is Status.HANDOVER


@pytest.mark.parametrize("value", ["helped:", "unhelpful:gone", "helped:../x", "unhelpful"])
async def test_a_forged_one_changes_nothing(world: World, alex: Person, value: str) -> None:
    await alex.says(MONEY)
    await alex.presses(value)
    assert alex.read == world.words("page.expired")
    assert kept(world) == []


async def test_the_unknown_is_kept_with_language_city_and_day_and_nothing_else(world: World, alex: Person) -> None:
    await alex.presses("city:halle")
    await alex.says(WEATHER)
    (question,) = world.tables.unanswered_questions
    assert (question.kind, question.text, question.entries) == (QuestionKind.UNANSWERED, WEATHER, ())
    assert (question.language, question.municipality, question.asked_on) == ("en", "halle", world.clock().date())
    assert alex.chat not in repr(question)


async def test_suggestions_that_were_passed_over_are_kept_and_a_chosen_one_is_not(world: World, alex: Person) -> None:
    await alex.says("money")
    await alex.sees_and_presses(f"entry:{ENTRY}")
    assert kept(world) == []
    await alex.says("money")
    await alex.sees_and_presses("menu")
    ((kind, text, offered),) = kept(world)
    assert (kind, text, offered[:2]) == ("not-chosen", "money", (ENTRY, "wiesbaden.wir-amounts"))
    await alex.presses("menu")
    assert len(kept(world)) == 1


@pytest.mark.parametrize("told", ["city:magdeburg", "in Magdeburg"])
async def test_a_question_that_waits_for_its_city_is_kept_as_it_was_asked(world: World, alex: Person, told: str) -> None:
    await alex.says(WHO)
    await (alex.presses(told) if ":" in told else alex.says(told))
    await alex.sees_and_presses("unhelpful:magdeburg.contact")
    assert kept(world) == [("unhelpful", WHO, ("magdeburg.contact",))]
    assert world.tables.unanswered_questions[0].municipality == "magdeburg"


async def test_nothing_from_a_report_is_kept_even_when_it_waits(world: World, alex: Person) -> None:
    await begin(alex, "They refused me the flat.")
    await alex.says("and then he laughed")
    world.clock.pass_time(hours=7)
    await alex.says("I forgot to say that he shouted")
    await alex.presses("entry:halle.contact", "unhelpful:halle.contact")
    assert kept(world) == []
    assert alex.remembered.question is None


async def test_a_question_that_becomes_a_report_is_not_kept(world: World, alex: Person) -> None:
    world.understander.learn("they refused me the flat", ("housing", 0.5), ("wiesbaden.wir-amounts", 0.45), ("report", 0.42))
    await alex.says("they refused me the flat")
    await alex.sees_and_presses("report")
    assert kept(world) == []
    assert alex.remembered.question is None


async def test_nor_an_emergency_nor_a_mistyped_code(world: World, alex: Person) -> None:
    await alex.says("help he has a knife and hits me")
    await alex.says("0123-4567-89AB-CDE")
    await alex.commands("status")
    await alex.says("what do you want me to write here")
    assert kept(world) == []


async def test_nor_anything_from_a_group(world: World, person) -> None:
    group = person("group", channel=Channel.TELEGRAM, hint="en", in_group=True)
    await group.says(WEATHER)
    await group.says(MONEY)
    await group.presses(NO)
    assert kept(world) == []
    assert group.remembered.question is None


async def test_nor_what_could_not_be_read_while_the_nlu_server_was_down(world: World, alex: Person) -> None:
    world.understander.is_down = True
    assert (await alex.says("qwrtz plmk")).status is Status.UNANSWERED
    assert kept(world) == []


async def test_the_last_question_can_be_seen_and_goes_with_the_chat(world: World, alex: Person) -> None:
    await alex.says(MONEY)
    await alex.commands("mydata")
    assert world.words("my-data.question", text=MONEY).replace("\\", "") in alex.read
    await alex.presses("forget:yes")
    assert MONEY not in repr(world.tables)


async def test_who_is_forgotten_leaves_no_link_and_after_ninety_days_no_question(world: World, alex: Person) -> None:
    await alex.says(WEATHER)
    await alex.presses("forget:yes")
    assert kept(world) == [("unanswered", WEATHER, ())]
    world.clock.now = (world.clock.now + timedelta(days=90)).replace(hour=23, minute=59)
    assert (await delete_overdue(world.ports)).questions == 0
    world.clock.pass_time(minutes=1)
    assert (await delete_overdue(world.ports)).questions == 1
    assert kept(world) == []


async def test_a_retried_turn_keeps_its_question_once(world: World, alex: Person) -> None:
    world.database.conflicts = 2
    await alex.says(WEATHER)
    assert len(kept(world)) == 1
