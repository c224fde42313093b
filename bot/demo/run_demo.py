"""Open a training desk: a scratch database, made anew each time, and the desk alone on it."""

import asyncio
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.adapters.sign_in.one_time_codes import STEP_SECONDS, make_code
from bot.assemble.folders import ROOT
from bot.assemble.open_desk import open_desk
from bot.channels.web_chat.pages import Operator, Pages, protect
from bot.channels.web_chat.problems import answer_problems
from bot.console.console import Console
from bot.demo.fill import CASES, HISTORY, Filled, fill
from bot.demo.links import InventedAnswers
from bot.demo.office import Clock
from bot.demo.publish import take_up
from bot.domain.errors import SettingError
from bot.serve import listen
from bot.services.desk.knowledge.check_links import check_links
from bot.services.desk.ports import DeskPorts
from bot.settings import Settings, read_settings

DATA = ROOT / "data" / "demo"
PORT = 8081
SECONDS = 3
OURS_ALONE = dict.fromkeys(("database", "keys", "nlu", "telegram_token", "public_url", "oidc_issuer"))
"""Settings that a training desk does not take over, so that it never touches the real one."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """An open training desk."""

    address: str
    ports: DeskPorts
    filled: Filled
    database: Path


@asynccontextmanager
async def open_demo(tell: Callable[[str], None], *, data: Path = DATA, port: int = PORT, cases: int = CASES) -> AsyncIterator[Demo]:
    """Make everything in `data` anew and open the desk on it. Raises SettingError when the port is taken."""
    settings = read_settings(
        _env_file=None, **OURS_ALONE, data=data, host="127.0.0.1", port=port, reports_in_telegram=True, operator_name="Beispielstadt"
    )
    check_port(settings)
    shutil.rmtree(data, ignore_errors=True)
    clock = Clock(datetime.now(UTC) - HISTORY)
    tell("Preparing the database")
    async with AsyncExitStack() as stack:
        ports = await stack.enter_async_context(open_desk(settings, clock))
        ports = replace(ports, knowledge=replace(ports.knowledge, links=InventedAnswers()))
        tell("Inventing two years")
        filled = await fill(ports, clock, cases=cases)
        app = web.Application(middlewares=[protect, answer_problems])
        Pages(wording=ports.bot.wording, operator=Operator(name=settings.operator_name)).add_to(app)
        Console(ports=ports).add_to(app)
        stack.callback(asyncio.create_task(keep_up(ports)).cancel)
        address = await listen(app, settings.host, settings.port, stack)
        yield Demo(address=f"{address}console", ports=ports, filled=filled, database=data / "wegweiser.db")


async def keep_up(ports: DeskPorts) -> None:
    """What a real house does now and then: take up what was published, and check the links that are due."""
    while True:
        await asyncio.sleep(SECONDS)
        await take_up(ports.bot)
        await check_links(ports)


async def run_demo(tell: Callable[[str], None], done: Callable[[str], None], tell_code: Callable[[str], None] | None) -> None:
    """Open it until SIGTERM or SIGINT; `tell_code` gets each one-time code as it becomes valid."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_demo(tell) as demo:
        done(describe(demo))
        while not stop.is_set():
            seconds = STEP_SECONDS - datetime.now(UTC).timestamp() % STEP_SECONDS
            if tell_code:
                tell_code(make_code(demo.filled.keys.code_secret, datetime.now(UTC)))
            await asyncio.wait([asyncio.ensure_future(stop.wait())], timeout=seconds)


def describe(demo: Demo) -> str:
    """Where the desk is, who works there, and what opens it."""
    keys = demo.filled.keys
    people = [
        f"  {member.email:<24} {', '.join(sorted(member.roles)):<11} {', '.join(sorted(member.municipalities))}".rstrip()
        for member in demo.filled.office.staff
    ]
    return "\n".join(
        (
            f"The training desk is open: {demo.address}",
            "Everything in it is invented; the next “make demo” throws it away. Sign in as one of:",
            *people,
            f"Password of all: {keys.password}",
            f"One-time codes of all: add this key to an authenticator app: {keys.code_secret}",
        )
    )


def check_port(settings: Settings) -> None:
    """Raises SettingError when something listens there already, before anything is thrown away."""
    try:
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        message = f"Something listens on {settings.host}:{settings.port} already: another training desk? Stop it first."
        raise SettingError(message) from error
