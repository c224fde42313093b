"""Rasa as a child process: started with the bot, watched, started again when it dies, stopped with the bot."""

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import aiohttp
import structlog

from bot.domain.errors import NotAvailableError, SettingError

log = structlog.get_logger()
START_SECONDS = 180.0
STOP_SECONDS = 3.0
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",
    "SANIC_WORKERS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "OMP_NUM_THREADS": "1",
}


class RasaChild:
    """One Rasa server on a free loopback port."""

    def __init__(self, nlu_folder: Path, log_file: Path) -> None:
        """Take nlu_data/ (with its environment in .venv) and the file for what Rasa prints."""
        self._folder, self._log_file = nlu_folder, log_file
        self._program = nlu_folder / ".venv" / "bin" / "rasa"
        self._port = _free_port()
        self._process: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None
        self.model: Path | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        """The number of the running process."""
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether the process is there; right after an accident it is about to be started again."""
        return self._watcher is not None and not self._watcher.done()

    async def start(self, model: Path | None) -> None:
        """Start it with a model, or without one for training. Returns when it answers."""
        if not self._program.exists():
            message = "The NLU environment is missing. Run “make install”, or set WEGWEISER_NLU to the address of a Rasa server."
            raise SettingError(message)
        self.model = model
        await self._launch()
        await self.wait_until_up()
        self._watcher = asyncio.create_task(self._restart_when_it_dies())

    def kill(self) -> None:
        """End it without warning, as an accident would; the watcher starts it again."""
        if self._process:
            _signal(self._process, signal.SIGKILL)

    async def stop(self) -> None:
        """Stop it and its watcher."""
        if self._watcher:
            self._watcher.cancel()
            self._watcher = None
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            _signal(process, signal.SIGKILL)
            await process.wait()

    async def _launch(self) -> None:
        command = [str(self._program), "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(self._port)]
        command += ["--model", str(self.model)] if self.model else []
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *command, cwd=self._folder, env={**os.environ, **ENVIRONMENT}, stdout=output, stderr=output,
                start_new_session=True, preexec_fn=_die_with_parent,
            )  # fmt: skip

    async def wait_until_up(self) -> None:
        """Wait until it answers, also after an accident. Raises NotAvailableError when it does not in time."""
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        async with aiohttp.ClientSession() as session:
            while asyncio.get_running_loop().time() < deadline:
                if self._watcher is None and self._process and self._process.returncode is not None:
                    break
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.get(self.url) as response:
                        if response.status == 200:  # noqa: PLR2004
                            return
                await asyncio.sleep(0.2)
        message = f"The NLU server did not start. What it printed is in {self._log_file}."
        raise NotAvailableError(message)

    async def _restart_when_it_dies(self) -> None:
        pause = 1.0
        while self._process:
            code = await self._process.wait()
            log.warning("the NLU server stopped; starting it again", exit_code=code, pause_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60.0)
            await self._launch()
            with contextlib.suppress(NotAvailableError):
                await self.wait_until_up()
                pause = 1.0


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _parent_death_signal() -> Callable[[], None]:
    """On Linux, a child that outlives a killed bot would keep its port and memory: ask the kernel to end it."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return lambda: None
    set_parent_death_signal = 1
    return lambda: prctl(set_parent_death_signal, signal.SIGTERM)


_die_with_parent = _parent_death_signal()
