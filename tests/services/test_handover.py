"""Talking to a human: offered where somebody answers, relayed in silence, and ended by either side."""

from datetime import UTC, datetime

import pytest

from bot.domain.alerts import AlertKind
from bot.domain.errors import ConflictError
from bot.domain.handovers import HandoverState, end_handover, take_handover
from bot.domain.knowledge import MunicipalityId
from bot.domain.messages import Channel, Status, Unsupported
from bot.domain.office_hours import read_hours
from bot.domain.staff import Role, StaffId, StaffMember
from bot.services.delete_overdue import delete_overdue
from bot.services.desk.chats.answer_chat import answer_chat
from bot.services.desk.chats.end_chat import end_chat
from bot.services.desk.chats.take_chat import take_chat
from bot.services.end_stale_handovers import end_stale_handovers
from bot.services.fetch_updates import fetch_updates
from tests.fakes.person import Person
from tests.fakes.world import World
from tests.services.test_reporting import begin, file

HALLE, DRESDEN = MunicipalityId("halle"), MunicipalityId("dresden")
ZOE, YAN = StaffId("zoe"), StaffId("yan")
CODE = "0123-4567-89AB-CDEF"


@pytest.fixture(autouse=True)
async def staff(world: World) -> None:
    """Two people answer chats in Halle."""
    world.understander.learn("is there a human?", ("human", 0.95))
    world.understander.learn("I am being beaten", ("emergency", 0.9))
    for name in (ZOE, YAN):
        await employ(world, name)


async def employ(world: World, name: StaffId, *cities: MunicipalityId, role: Role = Role.CASEWORKER) -> StaffMember:
    member = StaffMember(
        id=name, name=name, email="", roles=frozenset({role}), municipalities=frozenset(cities or (HALLE,)), created_at=world.clock()
    )
    async with world.ports.unit_of_work() as work:
        await work.staff.add(member, None)  # type: ignore[arg-type]
        await work.commit()
    return member


class Desk:
    """What the desk's services need of it here."""

    def __init__(self, world: World) -> None:
        self.bot = world.ports


def the_chat(world: World):
    [chat] = world.tables.handovers.values()
    return chat


def texts(world: World) -> list[str]:
    return [message.text for message in world.tables.handover_messages]


async def hand_over(somebody: Person) -> None:
    await somebody.presses("city:halle", "human")
    await somebody.sees_and_presses("handover")


class TestTheOffer:
    async def test_a_city_is_asked_for_first(self, world: World, alex: Person) -> None:
        assert (await alex.says("is there a human?")).status is Status.HANDOVER
        assert world.words("page.human") in alex.read
        assert world.words("handover.ask-city") in alex.read
        assert [value for value in alex.offered if value.startswith("human:")] == ["human:halle"]
        await alex.sees_and_presses("human:halle")
        assert alex.remembered.municipality == HALLE
        assert "handover" in alex.offered
        assert "Halle (Saale)" in alex.read
        assert world.words("handover.no-hours") in alex.read
        assert world.words("report.telegram-warning") not in alex.read
        assert world.tables.handovers == {}

    async def test_none_where_nobody_would_read_it(self, world: World, alex: Person) -> None:
        await alex.presses("city:dresden", "human")
        assert world.words("page.human") in alex.read
        assert "handover" not in alex.offered
        assert (await alex.presses("handover")).status is Status.HANDOVER
        assert (alex.remembered.handover, world.tables.handovers) == (None, {})
        await alex.presses("human:nowhere")
        assert alex.read.startswith(world.words("page.expired"))

    async def test_the_hours_are_told_in_the_persons_language(self, world: World, person) -> None:
        week = [span for day in range(4) for span in read_hours("9-12, 13-16", day)]
        async with world.ports.unit_of_work() as work:
            await work.office_hours.put(HALLE, (*week, *read_hours("9-12", 4)))
            await work.commit()
        tele = person("tele", channel=Channel.TELEGRAM, hint="de")
        await tele.presses("city:halle", "human")
        assert "Bürozeiten: Mo–Do 09:00–12:00, 13:00–16:00; Fr 09:00–12:00" in tele.read
        assert world.words("report.telegram-warning", "de") in tele.read

    async def test_never_in_groups(self, world: World, person) -> None:
        group = person("group", channel=Channel.TELEGRAM, hint="en", in_group=True)
        await group.presses("city:halle", "human")
        assert "handover" not in group.offered
        await group.presses("handover")
        assert group.read == world.words("group.private")
        assert world.tables.handovers == {}


class TestItBegins:
    async def test_it_waits_at_the_desk_and_the_staff_is_told(self, world: World, tele: Person) -> None:
        await hand_over(tele)
        chat = the_chat(world)
        assert (chat.state, chat.municipality, chat.language, chat.channel, chat.address) == ("waiting", HALLE, "en", "telegram", "4711")
        assert tele.remembered.handover == chat.reference
        assert {(alert.staff, alert.kind, alert.case) for alert in world.tables.alerts} == {
            (name, AlertKind.CHAT_WAITING, None) for name in (ZOE, YAN)
        }

    @pytest.mark.parametrize(
        ("now", "key", "values"),
        [
            (datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "handover.opened-in-hours", {}),
            (
                datetime(2026, 11, 20, 18, 0, tzinfo=UTC),
                "handover.opened-out-of-hours",
                {"day": "Mon", "date": datetime(2026, 11, 23, tzinfo=UTC).date(), "time": "09:00"},
            ),
        ],
    )
    async def test_the_answer_depends_on_the_hour(self, world: World, alex: Person, now: datetime, key: str, values: dict) -> None:
        async with world.ports.unit_of_work() as work:
            await work.office_hours.put(HALLE, tuple(span for day in range(5) for span in read_hours("9-16", day)))
            await work.commit()
        world.clock.now = now
        await hand_over(alex)
        assert alex.read == f"{world.words(key, 'en', **values)}\n\n{world.words('handover.how-to-stop')}"
        assert alex.offered == ["bot"]

    async def test_without_hours_nothing_is_promised(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        assert alex.read.startswith(world.words("handover.opened"))

    async def test_pressed_twice_it_is_one(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.presses("handover")
        assert alex.read == world.words("handover.open-already")
        assert len(world.tables.handovers) == 1

    async def test_a_report_waits_meanwhile(self, world: World, alex: Person) -> None:
        await alex.presses("city:halle")
        await begin(alex, "My draft about the flat.")
        await alex.presses("human", "handover")
        await alex.says("hello")
        assert texts(world) == ["hello"]
        assert alex.remembered.report is not None
        assert world.words("report.waiting") not in alex.read


class TestWhileAHumanAnswers:
    async def test_texts_go_there_and_the_bot_is_silent(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.says("Hello, I need help")
        assert alex.read == world.words("handover.received")
        for text in ("what will the weather be like", "👍", "Halle", "is there a human?"):
            assert (await alex.says(text)).replies == ()
        assert texts(world) == ["Hello, I need help", "what will the weather be like", "👍", "Halle", "is there a human?"]
        assert world.tables.unanswered_questions == []
        assert alex.remembered.question is None

    async def test_an_emergency_is_answered_at_once_and_relayed(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.says("hello")
        answer = await alex.says("I am being beaten")
        assert answer.status is Status.EMERGENCY
        assert alex.read == world.words("emergency").replace("\\", "")
        assert texts(world) == ["hello", "I am being beaten"]

    async def test_who_deletes_their_report_deletes_what_they_told_a_human(self, world: World, alex: Person, tele: Person) -> None:
        await hand_over(alex)
        await alex.says("my story, once more")
        await alex.presses("menu")
        await alex.presses("bot")
        code = await file(alex)
        await alex.says(code)
        await alex.presses("case:delete", "case:delete-yes")
        assert alex.read == world.words("case.deleted")
        assert world.tables.handovers == {}
        assert texts(world) == []

    async def test_buttons_and_commands_still_work(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.presses("menu")
        assert alex.read == world.words("page.menu")
        assert alex.offered[-1] == "bot"
        await alex.presses("language:de")
        assert alex.remembered.language == "de"
        await alex.says("Guten Tag")
        assert the_chat(world).language == "de"
        await begin(alex, "A story for the form.")
        assert texts(world) == ["Guten Tag"]
        assert "bot" not in alex.offered

    async def test_another_language_in_between_changes_nothing(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.says("Ich schreibe jetzt lieber auf Deutsch, weil Sie das besser verstehen.")
        assert (alex.remembered.language, the_chat(world).language) == ("en", "en")
        assert alex.offered == ["bot"]

    async def test_a_receipt_code_is_not_for_the_staff(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.says(f"my code is {CODE}")
        assert texts(world) == []
        assert alex.read == world.words("case.wrong-code")
        await alex.presses("status")
        await alex.says("0123-4567-89AB")
        assert texts(world) == []

    async def test_what_cannot_be_read_is_told(self, world: World, tele: Person) -> None:
        await hand_over(tele)
        await tele.sends(tele.message(Unsupported(what="media")))
        assert tele.read == world.words("unsupported.media")

    async def test_when_the_nlu_server_is_down_nothing_changes(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        world.understander.is_down = True
        await alex.says("hello")
        assert texts(world) == ["hello"]

    async def test_my_data_tells_of_it_and_delete_deletes_it(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.says("hello")
        await alex.commands("mydata")
        assert world.words("my-data.handover", number=1) in alex.read
        await alex.presses("forget:yes")
        assert (world.tables.handovers, world.tables.handover_messages) == ({}, [])


class TestTheDeskAnswers:
    async def test_to_and_fro_in_the_web_chat(self, world: World, alex: Person) -> None:
        zoe, yan = world.tables.staff[ZOE], world.tables.staff[YAN]
        await hand_over(alex)
        await alex.says("hello")
        chat = the_chat(world).reference
        await take_chat(chat, "", zoe, Desk(world))
        with pytest.raises(ConflictError):
            await take_chat(chat, "", yan, Desk(world))
        with pytest.raises(ConflictError):
            await answer_chat(chat, "from the wrong one", yan, Desk(world))
        await answer_chat(chat, "How can I *help*?", zoe, Desk(world))
        alerts = len(world.tables.alerts)
        world.clock.pass_time(hours=1)
        assert (await alex.says("with a letter")).replies == ()
        assert (await alex.says("from the office")).replies == ()
        assert [alert.staff for alert in world.tables.alerts[alerts:]] == [ZOE]
        waiting = [each.message.reply.text for each in await fetch_updates(alex.chat, "", world.ports)]
        assert waiting == [world.words("handover.taken"), world.words("handover.message", text="How can I *help*?")]
        await end_chat(chat, zoe, Desk(world))
        [*_, goodbye] = await fetch_updates(alex.chat, "", world.ports)
        assert goodbye.message.reply.text == world.words("handover.ended-by-office")
        assert (await alex.presses("menu")).status is Status.MENU
        assert "bot" not in alex.offered
        assert (await alex.says("what will the weather be like")).status is Status.UNANSWERED
        assert alex.remembered.handover is None

    async def test_in_telegram_it_goes_through_the_outbox(self, world: World, tele: Person) -> None:
        await hand_over(tele)
        await tele.says("hello")
        await take_chat(the_chat(world).reference, "", world.tables.staff[ZOE], Desk(world))
        last = list(world.tables.outbox.values())[-1].message
        assert (last.address, last.conversation, last.reply.text) == ("4711", tele.chat, world.words("handover.taken"))

    async def test_ended_in_the_very_moment_the_message_is_the_bots(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        taken = take_handover(the_chat(world), ZOE, world.clock())
        world.tables.handovers[taken.reference] = end_handover(taken, world.clock())
        assert (await alex.says("what will the weather be like")).status is Status.UNANSWERED
        assert texts(world) == []


class TestItEnds:
    @pytest.mark.parametrize("word", ["stop", "Stop!", "/stop"])
    async def test_by_a_word(self, world: World, alex: Person, word: str) -> None:
        await hand_over(alex)
        await (alex.commands("stop") if word.startswith("/") else alex.says(word))
        assert alex.read == world.words("handover.ended")
        assert (the_chat(world).state, alex.remembered.handover) == (HandoverState.ENDED, None)
        await alex.presses("bot")
        assert alex.read == world.words("page.menu")

    async def test_by_the_button(self, world: World, tele: Person) -> None:
        await hand_over(tele)
        await tele.sees_and_presses("bot")
        assert not the_chat(world).is_open()
        await tele.presses("city:halle", "human")
        await tele.sees_and_presses("handover")
        assert len(world.tables.handovers) == 2

    async def test_by_itself_after_a_day(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        world.clock.pass_time(hours=23)
        await alex.says("still there")
        world.clock.pass_time(hours=23)
        assert await end_stale_handovers(world.ports) == 0
        world.clock.pass_time(hours=1, minutes=1)
        assert await end_stale_handovers(world.ports) == 1
        [told] = await fetch_updates(alex.chat, "", world.ports)
        assert told.message.reply.text == world.words("handover.expired")
        assert [button.value for button in told.message.reply.choices] == ["human", "menu"]
        assert await end_stale_handovers(world.ports) == 0
        assert (await alex.says("what will the weather be like")).status is Status.UNANSWERED

    async def test_not_while_the_office_is_closed(self, world: World, alex: Person) -> None:
        async with world.ports.unit_of_work() as work:
            await work.office_hours.put(HALLE, read_hours("9-16", 0))
            await work.commit()
        await hand_over(alex)
        world.clock.pass_time(days=2)
        assert await end_stale_handovers(world.ports) == 0
        world.clock.pass_time(days=2)
        assert await end_stale_handovers(world.ports) == 1

    async def test_it_is_kept_for_thirty_days(self, world: World, alex: Person) -> None:
        await hand_over(alex)
        await alex.presses("bot")
        world.clock.pass_time(days=30)
        assert (await delete_overdue(world.ports)).handovers == 0
        world.clock.pass_time(seconds=1)
        assert (await delete_overdue(world.ports)).handovers == 1
        assert world.tables.handovers == {}


async def test_what_somebody_left_open_survives_a_conflict(world: World, alex: Person) -> None:
    await hand_over(alex)
    world.database.conflicts = 1
    await alex.says("hello")
    assert texts(world) == ["hello"]
    assert the_chat(world).touched_at == world.clock()
