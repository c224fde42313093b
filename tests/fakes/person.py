"""Somebody who writes to Wegweiser, in the web chat or in Telegram."""

from dataclasses import dataclass, field
from itertools import count

from bot.domain.conversations import Conversation
from bot.domain.languages import Language
from bot.domain.messages import Answer, Button, Channel, Choice, Command, Content, ConversationId, IncomingMessage, Text
from bot.services.answer_message import answer_message
from bot.services.work_inbox import work_inbox
from tests.fakes.world import World

MESSAGE_IDS = count(1)


@dataclass
class Person:
    """One chat. What is said is answered at once; `seen` is the last answer."""

    world: World
    name: str
    channel: Channel = Channel.WEB
    hint: str | None = None
    in_group: bool = False
    seen: Answer | None = field(default=None, init=False)

    @property
    def chat(self) -> ConversationId:
        return ConversationId(f"{self.channel}:{self.name}".ljust(64, "."))

    @property
    def remembered(self) -> Conversation:
        """What is stored of this chat."""
        return self.world.tables.conversations[self.chat]

    async def says(self, text: str, *, choosing: str | None = None) -> Answer:
        return await self.sends(self.message(Text(text=text), choosing=choosing))

    async def commands(self, name: str, argument: str = "") -> Answer:
        return await self.sends(self.message(Command(name=name, argument=argument)))

    async def presses(self, *values: str) -> Answer:
        """Press buttons by their value, one after the other; each has to be offered or to have been offered."""
        for value in values:
            answer = await self.sends(self.message(Choice(value=value)))
        return answer

    async def sees_and_presses(self, *values: str) -> Answer:
        """Press buttons that are offered right now."""
        for value in values:
            assert value in self.offered, f"{value} is not offered; there are {self.offered}"
            answer = await self.presses(value)
        return answer

    async def sends(self, message: IncomingMessage) -> Answer:
        """In Telegram by way of inbox and outbox; in the web chat directly."""
        if self.channel is Channel.TELEGRAM:
            async with self.world.ports.unit_of_work() as work:
                await work.inbox.record(message)
                claimed = await work.inbox.claim(self.world.clock(), self.world.clock() - self.world.clock())
                await work.commit()
            assert claimed, "an earlier message of this chat is still waiting"
            self.seen = await answer_message(claimed[1], self.world.ports, claimed[0])
        else:
            self.seen = await answer_message(message, self.world.ports)
        return self.seen

    def message(self, content: Content, *, choosing: str | None = None, message_id: str | None = None) -> IncomingMessage:
        """A message from this person, with an id of its own."""
        return IncomingMessage(
            channel=self.channel,
            source=f"{self.channel}:1",
            message_id=message_id or str(next(MESSAGE_IDS)),
            conversation=self.chat,
            content=content,
            received_at=self.world.clock(),
            address="4711" if self.channel is Channel.TELEGRAM else None,
            language_hint=Language(self.hint) if self.hint else None,
            language_choice=Language(choosing) if choosing else None,
            in_group=self.in_group,
        )

    @property
    def read(self) -> str:
        """All the words of the last answer, without the signs of Markdown escaping."""
        assert self.seen
        return "\n\n".join(reply.text for reply in self.seen.replies).replace("\\", "")

    @property
    def buttons(self) -> list[Button]:
        assert self.seen
        return [button for reply in self.seen.replies for button in reply.choices]

    @property
    def offered(self) -> list[str]:
        """The values of the buttons under the last answer."""
        return [button.value for button in self.buttons]

    async def waits_in_line(self, content: Content) -> IncomingMessage:
        """Send something in Telegram that nobody has worked on yet."""
        message = self.message(content)
        async with self.world.ports.unit_of_work() as work:
            await work.inbox.record(message)
            await work.commit()
        return message


async def work_off(world: World) -> int:
    """Work until the inbox is empty; how many messages that took."""
    done = 0
    while await work_inbox(world.ports):
        done += 1
    return done
