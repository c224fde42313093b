"""The real bot as its own process, as `make run` starts it, for as long as a benchmark needs it."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
STOP_SECONDS = 15


@contextmanager
def bot_process(folder: Path) -> Iterator[str]:
    """Start the bot with its data in a folder, and stop it in the end; the address it answers on, with a slash at its end."""
    ours = {"WEGWEISER_DATA": str(folder), "WEGWEISER_PORT": "0", "WEGWEISER_MESSAGES_PER_MINUTE": "0", "PYTHONPATH": str(ROOT)}
    ours["WEGWEISER_LINK_CHECK"] = "off"
    others = {name: value for name, value in os.environ.items() if not name.startswith("WEGWEISER_")}
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=others | ours, stdout=subprocess.PIPE, text=True)
    try:
        yield _read_address(process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=STOP_SECONDS)


def count_answered(folder: Path) -> int:
    """How many messages lie in the bot's database together with their answer."""
    with closing(sqlite3.connect(folder / "wegweiser.db")) as database:
        return database.execute("SELECT count(*) FROM inbox WHERE state = 'done' AND answer IS NOT NULL").fetchone()[0]


def _read_address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if "http://" in line:
            return "http://" + line.partition("http://")[2].split()[0]
    message = "The bot did not start; what it said stands above."
    raise RuntimeError(message)
