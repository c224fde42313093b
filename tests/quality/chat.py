"""One person's chat with the real services, in a language of their choice; nothing of it stays stored."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.languages import Language
from bot.domain.messages import Answer, Channel, Choice, Content, ConversationId, IncomingMessage, Text
from bot.services.answer_message import answer_message
from bot.services.forget_person import forget_chat
from bot.services.ports import Ports


class Chat:
    """Says and presses things, and hears the answers."""

    def __init__(self, ports: Ports, language: str) -> None:
        self._ports, self._language = ports, Language(language)
        self.id = ConversationId(uuid.uuid4().hex)

    async def says(self, text: str) -> Answer:
        return await self._send(Text(text=text))

    async def presses(self, value: str) -> Answer:
        return await self._send(Choice(value=value))

    async def _send(self, content: Content) -> Answer:
        message = IncomingMessage(
            channel=Channel.WEB,
            source="quality",
            message_id=uuid.uuid4().hex,
            conversation=self.id,
            content=content,
            received_at=self._ports.now(),
            language_choice=self._language,
        )
        return await answer_message(message, self._ports)


@asynccontextmanager
async def open_chat(ports: Ports, language: str) -> AsyncIterator[Chat]:
    """A new chat, forgotten in the end."""
    chat = Chat(ports, language)
    yield chat
    async with ports.unit_of_work() as work:
        await forget_chat(chat.id, work)
        await work.commit()
