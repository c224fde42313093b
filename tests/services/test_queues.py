"""Working off the inbox and emptying the outbox: in order, with patience, and never losing anything silently."""

from dataclasses import dataclass, field

import pytest

from bot.domain.errors import NotAvailableError, RetryLaterError, UnreachableError
from bot.domain.messages import Channel, Choice, Reply, Text
from bot.services import send_outbox as sending
from bot.services.ports import OutgoingMessage
from bot.services.send_outbox import send_outbox
from bot.services.work_inbox import LEASE, MOST_ATTEMPTS, work_inbox
from tests.fakes.person import Person, work_off
from tests.fakes.world import World


@dataclass
class FakeSender:
    """Carries replies into a list, unless it has troubles; each trouble is met once."""

    world: World
    troubles: list[Exception] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    open_units: list[int] = field(default_factory=list)

    async def send(self, message: OutgoingMessage) -> None:
        self.open_units.append(self.world.database.open_units)
        if self.troubles:
            raise self.troubles.pop(0)
        self.carried.append(message.reply.text)

    async def send_all(self) -> int:
        """Send until nothing is due; how many tries that took."""
        tries = 0
        while await send_outbox(self.world.ports, {Channel.TELEGRAM: self}):
            tries += 1
        return tries


@pytest.fixture
def sender(world: World) -> FakeSender:
    return FakeSender(world)


async def say(world: World, tele: Person, *texts: str) -> None:
    """Put replies to somebody into the outbox."""
    async with world.ports.unit_of_work() as work:
        for text in texts:
            reply = OutgoingMessage(channel=Channel.TELEGRAM, conversation=tele.chat, address="4711", language="en", reply=Reply(text=text))
            await work.outbox.add(reply, world.clock())
        await work.commit()


async def test_replies_leave_in_order_and_no_transaction_waits_for_the_network(world: World, tele: Person, sender: FakeSender) -> None:
    await say(world, tele, "one", "two", "three")
    assert await sender.send_all() == 3
    assert sender.carried == ["one", "two", "three"]
    assert sender.open_units == [0, 0, 0]


async def test_retry_after_is_honoured_and_holds_up_this_chat_only(world: World, tele: Person, person, sender: FakeSender) -> None:
    await say(world, tele, "one", "two")
    await say(world, person("other"), "hello")
    sender.troubles = [RetryLaterError(30)]
    await sender.send_all()
    assert sender.carried == ["hello"]
    world.clock.pass_time(seconds=29)
    assert await sender.send_all() == 0
    world.clock.pass_time(seconds=1)
    await sender.send_all()
    assert sender.carried == ["hello", "one", "two"]


async def test_a_network_that_is_away_is_tried_again_with_growing_pauses(world: World, tele: Person, sender: FakeSender) -> None:
    await say(world, tele, "one")
    sender.troubles = [NotAvailableError("away")] * 4
    pauses = []
    while not sender.carried:
        assert await sender.send_all() == 1
        (row,) = world.tables.outbox.values()
        pauses.append((row.due - world.clock()).total_seconds() if not sender.carried else 0)
        world.clock.pass_time(seconds=pauses[-1])
    assert pauses == [2, 4, 8, 16, 0]


async def test_a_network_that_stays_away_makes_a_dead_letter_at_last(world: World, tele: Person, sender: FakeSender) -> None:
    await say(world, tele, "one", "two")
    sender.troubles = [NotAvailableError("away")] * sending.MOST_ATTEMPTS
    for _ in range(sending.MOST_ATTEMPTS - 1):
        await sender.send_all()
        world.clock.pass_time(seconds=sending.LONGEST_PAUSE_SECONDS)
    assert not any(row.reason for row in world.tables.outbox.values())
    await sender.send_all()
    assert [row.reason for row in world.tables.outbox.values()] == ["failed", None]
    assert sender.carried == ["two"]


@pytest.mark.parametrize(("trouble", "reason"), [(UnreachableError("blocked"), "blocked"), (ValueError("refused"), "failed")])
async def test_what_can_never_arrive_is_buried_at_once(
    world: World, tele: Person, sender: FakeSender, trouble: Exception, reason: str
) -> None:
    await say(world, tele, "one", "two")
    sender.troubles = [trouble]
    await sender.send_all()
    assert sender.carried == ["two"]
    assert [row.reason for row in world.tables.outbox.values()] == [reason, None]


async def test_the_inbox_is_worked_off_in_order(world: World, tele: Person) -> None:
    await tele.waits_in_line(Choice(value="city:halle"))
    await tele.waits_in_line(Choice(value="city:dresden"))
    assert await work_off(world) == 2
    assert tele.remembered.municipality == "dresden"
    assert not await work_inbox(world.ports)


async def test_a_message_that_fails_five_times_is_set_aside_and_kept_and_the_next_one_passes(world: World, tele: Person) -> None:
    await tele.waits_in_line(Text(text="this one is poison"))
    await tele.waits_in_line(Choice(value="city:halle"))

    class Choking:
        async def understand(self, text: str):
            raise ZeroDivisionError

    world.with_ports(understander=Choking())
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            await work_inbox(world.ports)
        assert not await work_inbox(world.ports) or tele.chat in world.tables.conversations
        world.clock.pass_time(seconds=LEASE.total_seconds())
    await work_off(world)
    poison, _ = world.tables.inbox.values()
    assert (poison.failed, poison.message.content) == (True, Text(text="this one is poison"))
    assert tele.remembered.municipality == "halle"


async def test_a_claim_that_another_worker_took_over_changes_nothing(world: World, tele: Person) -> None:
    await tele.waits_in_line(Text(text="what will the weather be like"))

    class Slow:
        async def understand(self, text: str):
            world.clock.pass_time(seconds=LEASE.total_seconds())
            await work_inbox(quick)
            return await world.understander.understand(text)

    quick = world.ports
    world.with_ports(understander=Slow())
    assert await work_inbox(world.ports)
    assert [row.message.reply.text for row in world.tables.outbox.values()] == [world.words("unknown.far")]
    assert tele.remembered.version == 1
