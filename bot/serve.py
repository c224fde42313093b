"""Keep the house open: web server, Telegram and timers, until asked to stop."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from aiohttp import web

from bot.assemble.house import House
from bot.channels.health import Health
from bot.channels.telegram.bot_client import make_bot
from bot.channels.telegram.door import TelegramDoor
from bot.channels.web_chat.api import BODY_BYTES, MessagesApi
from bot.channels.web_chat.pages import Operator, Pages, protect
from bot.channels.web_chat.problems import answer_problems
from bot.channels.web_chat.rate_limit import RateLimit
from bot.channels.web_chat.updates import PER_MESSAGE, UpdatesApi
from bot.console.console import Console
from bot.domain.errors import ConflictError, NotAvailableError, SettingError
from bot.services.announce_deadlines import announce_deadlines
from bot.services.carry_announcements import carry_announcements
from bot.services.delete_overdue import delete_overdue
from bot.services.desk.alerts.remind_staff import remind_staff
from bot.services.desk.alerts.tell_staff import tell_staff
from bot.services.desk.knowledge.check_links import check_links
from bot.services.desk.knowledge.work_on_publication import work_on_publication
from bot.services.desk.people.delete_ended_sign_ins import delete_ended_sign_ins
from bot.services.desk.people.make_invitation import make_first_invitation
from bot.services.desk.records.run_retention import SYSTEM, run_retention
from bot.services.end_stale_handovers import end_stale_handovers
from bot.services.store_usage import store_usage
from bot.settings import write_address

log = structlog.get_logger()
RETENTION_SECONDS = 3600.0
HANDOVER_SECONDS = 600.0
DAY_SECONDS = 86400.0
REMINDER_SECONDS = 3600.0
TELL_SECONDS = 5.0
NEWS_SECONDS = 2.0
LINK_SECONDS = 60.0
USAGE_SECONDS = 30.0
MODEL_SECONDS = 10.0
PUBLICATION_SECONDS = 1.0
STOP_SECONDS = 3.0


async def serve(house: House, tell: Callable[[str], None], tell_link: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT. Stopping loses nothing: what is not finished is still in inbox or outbox.

    `tell_link` gets the one-time link for the first admin, as long as there is none.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_doors(house) as address:
        tell(address)
        if link := await make_first_link(house, address):
            tell_link(link)
        await stop.wait()


async def make_first_link(house: House, address: str) -> str | None:
    """A one-time link for the first admin of the desk, in place of any older one; None when there is an admin."""
    async with house.ports.unit_of_work() as work:
        token = await make_first_invitation(work, house.ports.cipher, house.ports.now())
        await work.commit()
    return token and f"{(house.settings.public_url or address).rstrip('/')}/console/invitation/{token}"


@asynccontextmanager
async def open_doors(house: House) -> AsyncIterator[str]:
    """The web chat and, with a token, Telegram; yields the address of the web chat."""
    settings = house.settings
    app = make_app(house)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store_usage, house.ports)  # the last to run: nobody is answered any more
        background = Background()
        stack.push_async_callback(background.stop)
        background.start(_every(RETENTION_SECONDS, lambda: delete_overdue(house.ports)))
        background.start(_every(HANDOVER_SECONDS, lambda: end_stale_handovers(house.ports)))
        background.start(_every(RETENTION_SECONDS, lambda: delete_ended_sign_ins(house.ports)))
        background.start(_every(USAGE_SECONDS, lambda: store_usage(house.ports)))
        background.start(_every(REMINDER_SECONDS, lambda: remind_staff(house.ports)))
        background.start(_every(DAY_SECONDS, lambda: announce_deadlines(house.ports)))
        background.start(_every(NEWS_SECONDS, lambda: carry_announcements(house.ports), expected=(ConflictError, NotAvailableError)))
        if settings.retention == "automatic":
            background.start(_every(DAY_SECONDS, lambda: run_retention(None, SYSTEM, house.ports)))
        if settings.link_check == "weekly":
            background.start(_every(LINK_SECONDS, lambda: check_links(house.desk)))
        background.start(_every(MODEL_SECONDS, house.keep_model_loaded, expected=(NotAvailableError,)))
        background.start(_every(PUBLICATION_SECONDS, house.keep_up, expected=(NotAvailableError,)))
        if house.workshop:
            background.start(_every(PUBLICATION_SECONDS, lambda: work_on_publication(house.desk), expected=(NotAvailableError,)))
            background.start(_every(MODEL_SECONDS, house.workshop.close_when_idle))
        if settings.telegram_token:
            bot = make_bot(settings.telegram_token, settings.telegram_api)
            await stack.enter_async_context(bot)
            door = TelegramDoor(ports=house.ports, bot=bot)
            door.add_to(app)
            background.start(door.run(app))
            background.start(_every(TELL_SECONDS, lambda: tell_staff(house.desk), expected=(NotAvailableError,)))
            stack.push_async_callback(background.stop)
        yield await listen(app, settings.host, settings.port, stack)


def make_app(house: House) -> web.Application:
    """The web application with all routes but Telegram's."""
    settings, ports = house.settings, house.ports
    app = web.Application(middlewares=[protect, answer_problems], client_max_size=BODY_BYTES)
    MessagesApi(ports=ports, limit=RateLimit(settings.messages_per_minute), trusted_proxies=settings.trusted_proxies).add_to(app)
    UpdatesApi(ports=ports, limit=RateLimit(settings.messages_per_minute * PER_MESSAGE), trusted_proxies=settings.trusted_proxies).add_to(
        app
    )
    operator = Operator(
        name=settings.operator_name, address=settings.operator_address, email=settings.operator_email, phone=settings.operator_phone
    )
    Pages(wording=ports.wording, operator=operator).add_to(app)
    Console(ports=house.desk).add_to(app)
    Health(ports=ports, understands=house.understands).add_to(app)
    return app


async def listen(app: web.Application, host: str, port: int, stack: AsyncExitStack) -> str:
    """Serve an application until the stack closes; its address. Raises SettingError."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS, handle_signals=False)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        message = (
            f"WEGWEISER_PORT: cannot listen on {host}:{port} ({error.strerror or error}). Stop the other program, or set another port."
        )
        raise SettingError(message) from error
    host, port, *_ = runner.addresses[0]
    return f"{write_address(host, port)}/"


class Background:
    """Tasks that run beside the web server. One that fails for good is logged; the others go on."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something until it ends or the house closes."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            causes = error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
            log.error("a part of the program stopped", reasons=[str(cause) or type(cause).__name__ for cause in causes])

    async def stop(self) -> None:
        """Cancel everything and wait for it, but not long."""
        running = list(self._tasks)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=STOP_SECONDS)


async def _every(seconds: float, work: Callable[[], Awaitable[object]], expected: tuple[type[Exception], ...] = ()) -> None:
    """Repeat something; what is `expected` to fail at times is not worth a line in the log."""
    while True:
        try:
            with contextlib.suppress(*expected):
                await work()
        except Exception as error:  # noqa: BLE001
            log.error("a timer's work failed; it is tried again", error=type(error).__name__)
        await asyncio.sleep(seconds)
