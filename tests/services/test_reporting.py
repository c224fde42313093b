"""A report is taken step by step and becomes a case."""

import re
from datetime import date

import pytest

from bot.domain.messages import Channel, Status
from bot.domain.report_form import STORY_CHARACTERS, Step
from tests.fakes.person import Person
from tests.fakes.world import World

CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
STORY = "The landlord said that he does not rent to people from abroad."


async def begin(someone: Person, story: str = STORY) -> None:
    """Give consent and tell the story."""
    await someone.presses("report")
    await someone.sees_and_presses("form:consent:yes")
    await someone.says(story)
    await someone.sees_and_presses("form:story:next")


async def file(someone: Person) -> str:
    """A whole report; the receipt code."""
    await begin(someone)
    await someone.says("12.11.2026")
    await someone.sees_and_presses("form:place:halle", "form:area:housing", "form:area-detail:search")
    await someone.sees_and_presses("form:grounds:agg.ethnic-origin", "form:grounds:next", "form:form:access-refused")
    await someone.sees_and_presses("form:wish:advice", "form:contact:here")
    assert STORY in someone.read
    filed = await someone.sees_and_presses("form:summary:send")
    assert filed.status is Status.FILED
    found = CODE.search(someone.read)
    assert found
    return found.group()


async def test_a_report_becomes_a_case_with_everything_that_was_said(world: World, tele: Person) -> None:
    await file(tele)
    (row,) = world.tables.cases.values()
    case = row.case
    assert (case.statement.story, case.municipality, case.area, case.area_detail) == (STORY, "halle", "housing", "search")
    assert (case.grounds, case.form, case.wish) == (("agg.ethnic-origin",), "access-refused", "advice")
    assert (case.incident.since, case.frame, case.channel, case.language) == (date(2026, 11, 12), "agg-civil", Channel.TELEGRAM, "en")
    assert (case.reply_address, row.chat) == ("4711", tele.chat)
    assert (case.consent.language, case.consent.given_at) == ("en", world.clock())
    assert [deadline.due for deadline in case.deadlines] == [date(2027, 1, 12)]
    (opened,) = world.tables.case_log
    assert (opened.entry.case, opened.entry.event) == (case.number, "opened")
    assert "rent" not in repr(opened)


async def test_the_receipt_is_shown_once_and_never_stored_in_clear(world: World, alex: Person) -> None:
    code = await file(alex)
    assert code in alex.read
    stored = repr((world.tables.cases, world.tables.conversations, world.tables.case_log))
    assert code not in stored
    assert code.replace("-", "") not in stored
    await alex.sees_and_presses("saved")
    assert code not in alex.read


async def test_nothing_is_a_case_before_it_is_sent(world: World, alex: Person) -> None:
    await begin(alex)
    assert world.tables.cases == {}
    assert world.tables.case_log == []


async def test_the_deadline_is_told_after_the_day_and_at_filing(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.says("12.11.2026")
    assert world.words("report.deadline", due=date(2027, 1, 12)) in alex.read.replace("\\", "")
    await alex.presses("form:place:skip", "form:area:work", "form:area-detail:skip", "form:grounds:skip", "form:form:skip")
    await alex.presses("form:wish:skip", "form:contact:anonymous", "form:summary:send")
    assert "January 12, 2027" in alex.seen.replies[0].text


async def test_a_deadline_that_has_passed_is_told_as_passed(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.says("3.5.2026")
    assert world.words("report.deadline-passed", due=date(2026, 7, 3)) in alex.read


async def test_without_a_day_the_period_itself_is_told(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.sees_and_presses("form:when:unknown")
    assert world.words("report.deadline-general", count=2) in alex.read
    await alex.presses("form:place:back")
    await alex.says("some time in spring, I do not know")
    assert world.words("report.deadline-general", count=2) in alex.read
    assert alex.remembered.report.draft.incident.words == "some time in spring, I do not know"


async def test_a_story_is_told_in_several_messages(world: World, alex: Person) -> None:
    await alex.presses("report", "form:consent:yes")
    await alex.says("First this happened.")
    await alex.says("Then that.")
    assert alex.remembered.report.draft.story == "First this happened.\nThen that."
    assert alex.remembered.report.step is Step.STORY
    assert world.words("report.progress", number=1, total=8) in alex.read


async def test_a_story_that_grows_too_long_is_refused_in_words_and_kept(world: World, alex: Person) -> None:
    await alex.presses("report", "form:consent:yes")
    for _ in range(STORY_CHARACTERS // 4000):
        await alex.says("x" * 3900)
    before = alex.remembered.report.draft.story
    await alex.says("y" * 3900)
    assert world.words("report.story-full", characters=STORY_CHARACTERS) in alex.read
    assert alex.remembered.report.draft.story == before


async def test_the_message_that_began_it_is_kept_as_the_beginning_of_the_story(world: World, alex: Person) -> None:
    text = "yesterday the woman at the office laughed about my headscarf"
    world.understander.learn(text, ("report", 0.5))
    await alex.says(text)
    assert world.words("report.consent") in alex.read
    await alex.sees_and_presses("form:consent:yes")
    assert alex.remembered.report.draft.story == text
    assert text in alex.read


async def test_a_short_wish_to_report_is_no_story(world: World, alex: Person) -> None:
    world.understander.learn("I want to report", ("report", 0.9))
    await alex.says("I want to report")
    assert alex.remembered.report.draft.story == ""


async def test_words_before_the_consent_are_kept_but_are_no_report(world: World, alex: Person) -> None:
    await alex.presses("report")
    await alex.says("my boss insulted me")
    assert world.words("report.consent-first") in alex.read
    assert alex.remembered.report.step is Step.CONSENT
    await alex.sees_and_presses("form:consent:yes")
    assert alex.remembered.report.draft.story == "my boss insulted me"


async def test_before_the_consent_a_story_cannot_grow_without_end_either(world: World, alex: Person) -> None:
    await alex.presses("report")
    for _ in range(STORY_CHARACTERS // 4000 + 2):
        await alex.says("x" * 3900)
    assert len(alex.remembered.report.draft.story) <= STORY_CHARACTERS


async def test_without_consent_nothing_is_kept(world: World, alex: Person) -> None:
    await alex.presses("report")
    await alex.says("my boss insulted me")
    await alex.sees_and_presses("form:consent:cancel-yes")
    assert alex.read == world.words("report.cancelled")
    assert "insulted" not in repr(world.tables.conversations)


async def test_only_my_rights_stores_nothing_and_tells_them(world: World, alex: Person) -> None:
    await alex.presses("report")
    await alex.sees_and_presses("form:consent:rights")
    assert world.words("topic.discrimination") in alex.read
    assert any(value.startswith("entry:discrimination.") for value in alex.offered)
    assert alex.remembered.report is None


async def test_grounds_that_are_told_one_by_one_are_all_kept_and_shown(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:skip", "form:place:skip", "form:area:skip")
    for told in ("because I am from Eritrea", "and because of my child"):
        await alex.says(told)
        assert told in alex.read
    assert dict(alex.remembered.report.draft.notes)["grounds"] == "because I am from Eritrea\nand because of my child"
    for _ in range(6):
        await alex.says("x" * 3900)
    assert world.words("report.story-full", characters=20_000) in alex.read
    assert dict(alex.remembered.report.draft.notes)["grounds"].startswith("because I am from Eritrea\nand because of my child\nxxx")


async def test_consent_and_sending_take_a_typed_yes(world: World, alex: Person) -> None:
    await alex.presses("report")
    await alex.says("Yes, I agree.")
    assert alex.remembered.report.step is Step.STORY
    await alex.says(STORY)
    await alex.presses("form:story:next", "form:when:skip", "form:place:skip", "form:area:skip", "form:grounds:skip", "form:form:skip")
    await alex.presses("form:wish:skip", "form:contact:anonymous")
    assert (await alex.says("ok")).status is Status.FILED
    (row,) = world.tables.cases.values()
    assert row.case.statement.story == STORY


async def test_a_typed_no_at_the_consent_ends_the_form(world: World, alex: Person) -> None:
    await alex.presses("report")
    await alex.says("no thanks")
    assert alex.remembered.report is None
    assert alex.read.startswith(world.words("report.cancelled"))


async def test_in_the_story_yes_and_no_are_part_of_it(world: World, alex: Person) -> None:
    await alex.presses("report", "form:consent:yes")
    await alex.says("I asked whether it was my name. He said:")
    await alex.says("yes")
    assert alex.remembered.report.draft.story.endswith("He said:\nyes")


async def test_grounds_are_ticked_one_by_one(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:skip", "form:place:skip", "form:area:other")
    for value in ("agg.age", "agg.religion", "beyond.language", "agg.age"):
        await alex.sees_and_presses(f"form:grounds:{value}")
    assert alex.remembered.report.draft.grounds == ("agg.religion", "beyond.language")
    ticked = {button.value for button in alex.buttons if button.label.startswith("✓ ")}
    assert ticked == {"form:grounds:agg.religion", "form:grounds:beyond.language"}
    assert alex.seen.replies[0].replaces


async def test_other_words_at_a_list_are_kept_as_a_note(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:skip", "form:place:skip")
    await alex.says("at the swimming pool of my village")
    draft = alex.remembered.report.draft
    assert (draft.area, draft.notes) == ("other", (("area", "at the swimming pool of my village"),))


async def test_a_typed_label_counts_as_the_button(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.says("yesterday")
    assert alex.remembered.report.draft.incident.since == date(2026, 11, 19)
    await alex.says("Back")
    assert alex.remembered.report.step is Step.WHEN
    await alex.says("skip")
    assert alex.remembered.report.step is Step.PLACE


async def test_back_and_skip_work_as_commands_too(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.commands("skip")
    assert alex.remembered.report.step is Step.PLACE
    await alex.commands("back")
    assert alex.remembered.report.step is Step.WHEN


@pytest.mark.parametrize("way", ["press", "type"])
async def test_cancelling_is_asked_twice_and_deletes_the_draft(world: World, alex: Person, way: str) -> None:
    await begin(alex)
    await alex.commands("cancel")
    assert alex.read == world.words("report.ask-cancel")
    assert alex.remembered.report.draft.story == STORY
    await (alex.sees_and_presses("form:when:cancel-yes") if way == "press" else alex.says("yes, delete it"))
    assert alex.remembered.report is None
    assert "landlord" not in repr(world.tables.conversations)


async def test_who_does_not_cancel_goes_on_and_an_old_yes_deletes_nothing(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.sees_and_presses("form:when:cancel", "form:when:cancel-no")
    assert world.words("report.ask.when") in alex.read
    await alex.presses("form:when:cancel-yes")
    assert alex.remembered.report.draft.story == STORY
    await alex.presses("form:when:cancel", "form:when:back", "form:story:next", "form:when:cancel-yes")
    assert alex.remembered.report.draft.story == STORY


async def test_a_button_of_an_earlier_question_changes_nothing(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:today", "form:place:skip")
    before = alex.remembered.report
    await alex.presses("form:when:yesterday")
    assert world.words("report.stale-button") in alex.read
    assert alex.remembered.report == before


@pytest.mark.parametrize(
    "old", ["form:area:other", "form:when:skip", "form:story:next", "form:place:back", "form:consent:yes", "form::", "form:form:"]
)
async def test_not_even_when_its_answer_would_fit_the_question_of_now(world: World, alex: Person, old: str) -> None:
    await begin(alex)
    await alex.presses("form:when:today", "form:place:skip", "form:area:other", "form:grounds:agg.age", "form:grounds:next")
    before = alex.remembered.report
    assert before.step is Step.FORM
    await alex.presses(old)
    assert alex.remembered.report == before


@pytest.mark.parametrize(("step", "value"), [("place", "paris"), ("place", "halle:x"), ("place", "")])
async def test_a_forged_city_changes_nothing(world: World, alex: Person, step: str, value: str) -> None:
    await begin(alex)
    await alex.presses("form:when:today")
    await alex.says("in the tram to Neustadt")
    await alex.presses("form:area:back")
    await alex.presses(f"form:{step}:{value}")
    assert alex.remembered.report.step is Step.PLACE
    assert alex.remembered.report.draft.place == "in the tram to Neustadt"


async def test_going_on_after_going_back_keeps_the_answer(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:today")
    await alex.says("in the tram to Neustadt")
    await alex.presses("form:area:back")
    await alex.sees_and_presses("form:place:next")
    assert alex.remembered.report.step is Step.AREA
    assert alex.remembered.report.draft.place == "in the tram to Neustadt"
    await alex.presses("form:area:back", "form:place:skip")
    assert alex.remembered.report.draft.place == ""


async def test_the_place_is_understood_as_a_city_where_it_names_one(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("form:when:today")
    world.understander.learn("at the station in Dresden", cities=("dresden",))
    await alex.says("at the station in Dresden")
    draft = alex.remembered.report.draft
    assert (draft.place, draft.municipality) == ("at the station in Dresden", "dresden")


async def test_a_question_in_between_pauses_the_form_and_it_goes_on(world: World, alex: Person) -> None:
    await begin(alex)
    await alex.presses("entry:discrimination.deadline")
    assert world.words("report.waiting") in alex.read
    assert alex.remembered.report.paused
    await alex.says("what will the weather be like")
    assert alex.remembered.report.draft.incident.words == ""
    answer = await alex.sees_and_presses("report")
    assert (answer.status, alex.remembered.report.step) == (Status.FORM, Step.WHEN)
    await alex.says("12.11.2026")
    assert alex.remembered.report.draft.incident.words == "12.11.2026"


async def test_a_report_is_resumed_after_days(world: World, alex: Person) -> None:
    await begin(alex)
    world.clock.pass_time(days=3)
    world.understander.learn("hello again", ("greeting", 0.99))
    greeted = await alex.says("hello again")
    assert greeted.status is Status.SMALLTALK
    assert world.words("report.waiting") in alex.read
    await alex.sees_and_presses("report")
    assert world.words("report.ask.when") in alex.read
    assert alex.remembered.report.draft.story == STORY
    await alex.says("12.11.2026")
    assert alex.remembered.report.step is Step.PLACE


async def test_an_emergency_in_the_form_brings_the_numbers_and_the_form_goes_on(world: World, alex: Person) -> None:
    await alex.presses("report", "form:consent:yes")
    answer = await alex.says("he has a knife and hits me right now")
    assert answer.status is Status.EMERGENCY
    assert "110" in answer.replies[0].text
    assert world.words("report.ask.story") in answer.replies[1].text
    assert alex.remembered.report.draft.story == "he has a knife and hits me right now"


async def test_in_telegram_it_is_said_that_telegram_reads_along(world: World, tele: Person, alex: Person) -> None:
    await tele.presses("report")
    assert world.words("report.telegram-warning") in tele.read
    await alex.presses("report")
    assert world.words("report.telegram-warning") not in alex.read


async def test_a_link_into_the_web_chat_works_once_and_for_an_hour(world: World, tele: Person, person) -> None:
    await tele.presses("city:halle", "report")
    url = next(button.url for button in tele.buttons if button.url)
    token = url.partition("link=")[2].partition("&")[0]
    assert url.startswith("https://wegweiser.example/?link=")
    assert token not in repr(world.tables.web_links)
    first, second = person("first"), person("second")
    await first.presses(f"link:{token}")
    assert first.remembered.report.draft.municipality == "halle"
    await second.presses(f"link:{token}")
    assert second.read == world.words("report.link-expired", second.seen.language)
    await tele.presses("form:consent:cancel-yes", "report")
    late = next(button.url for button in tele.buttons if button.url).partition("link=")[2].partition("&")[0]
    world.clock.pass_time(hours=1)
    await second.presses(f"link:{late}")
    assert second.read == world.words("report.link-expired", second.seen.language)


async def test_a_house_may_take_reports_in_the_web_chat_only(world: World, tele: Person) -> None:
    world.with_ports(reports_in_telegram=False)
    await tele.presses("report")
    assert tele.read == world.words("report.only-in-web-chat")
    assert [button.url[:30] for button in tele.buttons] == ["https://wegweiser.example/?link="[:30]]
    assert tele.remembered.report is None


async def test_a_group_never_takes_a_report(world: World, person) -> None:
    world.with_ports(bot_name="wegweiser_bot")
    group = person("group", channel=Channel.TELEGRAM, hint="en", in_group=True)
    for value in ("report", "status", "my-data", "forget", "link:abc", "form:consent:yes", "forget:yes"):
        await group.presses(value)
        if value != "form:consent:yes":
            assert group.read == world.words("group.private"), value
            assert [button.url for button in group.buttons] == ["https://t.me/wegweiser_bot?start=report"]
    await group.says("0123-4567-89AB-CDEF")
    assert group.read == world.words("group.private")
    assert group.remembered.report is None
