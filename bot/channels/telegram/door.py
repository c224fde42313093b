"""The Telegram door, whole: gets to know the bot, takes updates in, answers them, and sends the replies."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from aiohttp import web

from bot.channels.telegram.bot_client import BotClient
from bot.channels.telegram.commands import announce_bot
from bot.channels.telegram.connection import connect
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.long_polling import poll_updates
from bot.channels.telegram.read_update import Reader
from bot.channels.telegram.sender import TelegramSender
from bot.channels.telegram.webhook import make_webhook_handler, set_webhook
from bot.domain.errors import NotAvailableError
from bot.domain.messages import Channel, ConversationId
from bot.services.ports import Ports
from bot.services.send_outbox import send_outbox
from bot.services.work_inbox import work_inbox

log = structlog.get_logger()
WEBHOOK_PATH = "/telegram"
WORKERS = 4
LOOK_AGAIN_SECONDS = 0.5
"""How long an idle worker waits before it looks again; new messages wake it at once."""
PAUSE_AFTER_ERROR_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class TelegramDoor:
    """One bot. With a public address Telegram calls the webhook; without, updates are polled."""

    ports: Ports
    bot: BotClient

    def add_to(self, app: web.Application) -> None:
        """Register the webhook's route; until the bot is known it answers 503 and Telegram tries again."""
        app.router.add_post(WEBHOOK_PATH, self._receive)
        app[INTAKE] = []

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        for intake in request.app[INTAKE]:
            return await make_webhook_handler(intake, self._secret())(request)
        message = "The bot is still starting."
        raise NotAvailableError(message)

    async def run(self, app: web.Application) -> None:
        """Run until cancelled. Raises SettingError when Telegram refuses the token or the address."""
        bot_id, bot_name = await connect(self.bot)
        ports = replace(self.ports, bot_name=bot_name)
        arrived = asyncio.Event()
        reader = Reader(bot_id=bot_id, bot_name=bot_name, hash_chat=self._hash_chat, spoken=frozenset(ports.wording.languages))
        intake = Intake(reader=reader, unit_of_work=ports.unit_of_work, now=ports.now, recorded=arrived.set)
        app[INTAKE].append(intake)
        senders = {Channel.TELEGRAM: TelegramSender(self.bot)}
        answered = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(WORKERS):
                tasks.create_task(_work(lambda: work_inbox(ports), wait_for=arrived, then_wake=answered))
                tasks.create_task(_work(lambda: send_outbox(ports, senders), wait_for=answered))
            tasks.create_task(announce_bot(self.bot, ports.wording))
            tasks.create_task(self._take_in(intake))

    async def _take_in(self, intake: Intake) -> None:
        if self.ports.public_url:
            await set_webhook(self.bot, f"{self.ports.public_url}{WEBHOOK_PATH}", self._secret())
        else:
            await poll_updates(self.bot, intake)

    def _secret(self) -> str:
        return self.ports.cipher.hash("telegram-webhook", self.bot.token)

    def _hash_chat(self, chat: int) -> ConversationId:
        return ConversationId(self.ports.cipher.hash("telegram-chat", str(chat)))


INTAKE: web.AppKey[list[Intake]] = web.AppKey("intake", list)


async def _work(step: Callable[[], Awaitable[bool]], *, wait_for: asyncio.Event, then_wake: asyncio.Event | None = None) -> None:
    """Repeat a step as long as it finds something to do, then wait to be woken, or look again after a while."""
    while True:
        wait_for.clear()
        try:
            if await step():
                if then_wake:
                    then_wake.set()
                continue
        except Exception as error:  # noqa: BLE001
            log.error("a worker stumbled", error=type(error).__name__)
            await asyncio.sleep(PAUSE_AFTER_ERROR_SECONDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                await wait_for.wait()
