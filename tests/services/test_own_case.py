"""Coming back to a report with its code, from whichever chat."""

import pytest

from bot.domain.cases import CaseStatus
from bot.domain.messages import Channel, Status
from tests.domain.chain import find_break
from tests.fakes.person import Person
from tests.fakes.world import World
from tests.services.test_reporting import STORY, file

WRONG = "ZZZZ-ZZZZ-ZZZZ-ZZZ{}"


async def open_elsewhere(person, code: str) -> Person:
    """Type the code in the other channel."""
    tele = person("elsewhere", channel=Channel.TELEGRAM, hint="en")
    await tele.commands("status")
    await tele.says(code)
    return tele


def the_case(world: World):
    """The only case there is."""
    (row,) = world.tables.cases.values()
    return row.case


async def test_the_status_is_shown_in_the_other_channel(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    assert tele.seen.status is Status.FORM
    assert world.words("case.status", status=world.words("case.status.new"), filed_on=world.clock().date()) in tele.read
    assert "November 27, 2026" in tele.read
    assert "February 19, 2027" in tele.read


async def test_a_code_in_its_written_form_opens_the_case_anywhere(world: World, alex: Person, tele: Person) -> None:
    code = await file(alex)
    await tele.says(f"my code is {code}")
    assert world.words("case.status.new") in tele.read


async def test_a_code_may_be_typed_carelessly(world: World, alex: Person, tele: Person) -> None:
    code = await file(alex)
    await tele.commands("status")
    await tele.says(code.replace("-", " ").lower().replace("0", "o").replace("1", "l"))
    assert world.words("case.status.new") in tele.read


@pytest.mark.parametrize("asked_for", [True, False])
async def test_a_code_is_no_cry_for_help_whatever_its_letters_resemble(world: World, alex: Person, tele: Person, asked_for: bool) -> None:
    code = await file(alex)
    for written in (code, code.lower(), code.replace("-", " ")):
        world.understander.learn(written, ("emergency", 0.6))
        if asked_for:
            await tele.commands("status")
        assert (await tele.says(written)).status is not Status.EMERGENCY
        assert world.words("case.status.new") in tele.read


async def test_something_is_added(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    await tele.sees_and_presses("case:add")
    assert tele.read == world.words("case.ask-addition")
    await tele.says("There was a witness.")
    await tele.says("She is my neighbour.")
    assert [message.text for message in world.tables.case_messages] == ["There was a witness.", "She is my neighbour."]
    await tele.presses("case:status")
    assert "There was a witness." in tele.read


async def test_an_emergency_while_adding_brings_the_numbers_and_is_kept(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    await tele.sees_and_presses("case:add")
    answer = await tele.says("he has a knife and hits me right now")
    assert answer.status is Status.EMERGENCY
    assert "110" in answer.replies[0].text
    assert [message.text for message in world.tables.case_messages] == ["he has a knife and hits me right now"]


async def test_a_question_in_between_is_no_addition(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    await tele.sees_and_presses("case:add")
    await tele.presses("topic:contacts")
    await tele.says("what will the weather be like")
    assert tele.seen.status is Status.UNANSWERED
    assert world.tables.case_messages == []
    await tele.presses("case:add")
    assert tele.read == world.words("case.ask-addition")


async def test_a_report_is_withdrawn_after_asking(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    await tele.sees_and_presses("case:withdraw")
    assert the_case(world).status is CaseStatus.NEW
    await tele.sees_and_presses("case:withdraw-yes")
    assert (the_case(world).status, the_case(world).closed_reason) == (CaseStatus.CLOSED, "withdrawn")
    await tele.presses("case:withdraw-yes", "case:status")
    assert world.words("case.status.closed") in tele.read
    assert "case:withdraw" not in tele.offered
    assert [stored.entry.event for stored in world.tables.case_log] == ["opened", "withdrawn"]


async def test_a_typed_yes_or_no_answers_whether_to_delete_or_withdraw(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    await tele.sees_and_presses("case:delete")
    await tele.says("No!")
    assert world.words("case.status.new") in tele.read
    assert the_case(world).statement.story == STORY
    await tele.sees_and_presses("case:withdraw")
    await tele.says("yes please")
    assert the_case(world).closed_reason == "withdrawn"
    await tele.sees_and_presses("case:delete")
    await tele.says("Yes")
    assert tele.read == world.words("case.deleted")
    assert the_case(world).erased_at


async def test_a_report_is_deleted_after_asking(world: World, alex: Person, person) -> None:
    code = await file(alex)
    tele = await open_elsewhere(person, code)
    await tele.sees_and_presses("case:delete")
    assert the_case(world).statement.story == STORY
    await tele.sees_and_presses("case:delete-yes")
    assert tele.read == world.words("case.deleted")
    assert (the_case(world).statement, the_case(world).erased_at) == (None, world.clock())
    assert "landlord" not in repr((world.tables.cases, world.tables.case_messages, world.tables.case_log))
    await tele.says(code)
    assert tele.read == world.words("case.wrong-code")
    assert find_break(world.tables.case_log) is None


async def test_who_keeps_a_deleted_case_open_elsewhere_is_told(world: World, alex: Person, person) -> None:
    code = await file(alex)
    tele = await open_elsewhere(person, code)
    await tele.sees_and_presses("case:add")
    await alex.says(code)
    await alex.presses("case:delete", "case:delete-yes")
    await tele.says("one more thing")
    assert tele.read == world.words("case.deleted")


@pytest.mark.parametrize("purpose", ["add", "withdraw", "delete"])
async def test_the_wish_comes_first_and_then_the_code(world: World, alex: Person, tele: Person, purpose: str) -> None:
    code = await file(alex)
    await tele.presses(f"case:{purpose}")
    assert tele.read == world.words("case.ask-code")
    await tele.says(code)
    assert tele.read == world.words("case.ask-addition" if purpose == "add" else f"case.ask-{purpose}")


async def test_an_open_case_closes_by_itself(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    world.clock.pass_time(minutes=15)
    await tele.presses("case:delete-yes")
    assert tele.read == world.words("case.ask-code")
    assert the_case(world).erased_at is None


async def test_done_closes_it_at_once(world: World, alex: Person, person) -> None:
    tele = await open_elsewhere(person, await file(alex))
    await tele.sees_and_presses("case:close")
    await tele.presses("case:status")
    assert tele.read == world.words("case.ask-code")


async def test_after_five_wrong_codes_even_the_right_one_has_to_wait(world: World, alex: Person, tele: Person) -> None:
    code = await file(alex)
    for number in range(4):
        await tele.says(WRONG.format(number))
        assert tele.read == world.words("case.wrong-code")
    await tele.says(WRONG.format(4))
    assert tele.read == world.words("case.too-many-codes", count=15)
    await tele.says(code)
    assert tele.read == world.words("case.too-many-codes", count=15)
    await tele.commands("status")
    assert tele.read == world.words("case.too-many-codes", count=15)
    world.clock.pass_time(minutes=15)
    await tele.says(code)
    assert world.words("case.status.new") in tele.read


async def test_the_right_code_begins_the_count_anew(world: World, alex: Person, tele: Person) -> None:
    code = await file(alex)
    for _ in range(2):
        for number in range(4):
            await tele.says(WRONG.format(number))
        await tele.says(code)
        assert world.words("case.status.new") in tele.read


async def test_a_word_is_no_wrong_code(world: World, tele: Person) -> None:
    await tele.commands("status")
    world.understander.learn("hello", ("greeting", 0.99))
    assert (await tele.says("hello")).status is Status.SMALLTALK
    assert tele.remembered.wrong_codes == ()


@pytest.mark.parametrize("elsewhere", ["entry:bot.privacy", "menu", "topic:discrimination"])
async def test_a_code_is_no_longer_expected_after_another_subject(world: World, tele: Person, elsewhere: str) -> None:
    await tele.commands("status")
    await tele.presses(elsewhere)
    await tele.says("abcd 1234")
    assert tele.seen.status is Status.UNANSWERED
    assert tele.remembered.wrong_codes == ()
