"""The program as an operator meets it: processes, signals, settings, numbers."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.assemble.folders import ROOT
from bot.assemble.house import House


@pytest.fixture
def environment(house: House, tmp_path: Path) -> dict[str, str]:
    """A second bot beside the house, with a database of its own, that shares the NLU server and its model."""
    (tmp_path / "models").symlink_to((house.settings.data / "models").resolve())
    own = {"WEGWEISER_DATA": str(tmp_path), "WEGWEISER_PORT": "0", "WEGWEISER_NLU": house.client.url, "WEGWEISER_LINK_CHECK": "off"}
    return {name: value for name, value in os.environ.items() if not name.startswith("WEGWEISER_")} | own


@contextmanager
def bot(*arguments: str, environment: dict[str, str], where: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(command, cwd=where, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, env=environment, text=True, capture_output=True, timeout=60, check=False
    )


async def wait_for_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    line = await asyncio.to_thread(process.stdout.readline)
    assert line.startswith("Wegweiser answers on http://127.0.0.1:"), process.stderr and process.stderr.read()
    return line.split()[3]


async def test_one_line_tells_where_and_a_stop_is_quick_and_loses_nothing(environment: dict[str, str]) -> None:
    with bot("run", environment=environment) as process:
        address = await wait_for_address(process)
        async with aiohttp.ClientSession(address) as session:
            conversation = (await (await session.post("api/v1/messages", json={"choice": "report", "language": "en"})).json())[
                "conversation"
            ]
            await session.post("api/v1/messages", json={"conversation": conversation, "choice": "form:consent:yes"})
            story = {"conversation": conversation, "message_id": "1", "text": "They refused to let me in."}
            running = [asyncio.create_task(session.post("api/v1/messages", json=story))]
            await asyncio.wait(running)
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(process.wait, 10)
        assert time.monotonic() - begun < 5
        assert process.returncode == 0
    with bot("run", environment=environment) as process:
        address = await wait_for_address(process)
        async with aiohttp.ClientSession(address) as session:
            same = await (await session.post("api/v1/messages", json=story)).json()
    assert "They refused to let me in." in same["replies"][0]["text"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"WEGWEISER_PORT": "eighty"}, "WEGWEISER_PORT"),
        ({"WEGWEISER_DATABASE": "postgresql+asyncpg://nobody@127.0.0.1:1/none"}, "WEGWEISER_KEYS"),
        ({"WEGWEISER_KEYS": "not-base64"}, "WEGWEISER_KEYS"),
        ({"WEGWEISER_PUBLIC_URL": "wegweiser.example"}, "WEGWEISER_PUBLIC_URL"),
        ({"WEGWEISER_REPORTS_IN_TELEGRAM": "false"}, "WEGWEISER_PUBLIC_URL"),
        ({"WEGWEISER_NLU": "localhost:5005"}, "WEGWEISER_NLU"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(environment: dict[str, str], wrong: dict[str, str], named: str) -> None:
    done = run("run", environment=environment | wrong)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_a_question_is_answered_in_the_terminal(environment: dict[str, str]) -> None:
    done = run("ask", "Wo melde ich Diskriminierung in Halle?", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "halle.report-discrimination" in done.stdout
    assert "0800 546 546 5" in done.stdout


def test_the_log_is_verified_and_keys_are_rotated(environment: dict[str, str], tmp_path: Path) -> None:
    assert run("ask", "Hallo", environment=environment).returncode == 0
    assert run("verify-log", environment=environment).stdout == "The case log is whole.\n"
    new = run("make-key", environment=environment).stdout.strip()
    both = f"{new},{(tmp_path / 'keys').read_text().strip()}"
    rotated = run("rotate-keys", environment=environment | {"WEGWEISER_KEYS": both})
    assert rotated.returncode == 0, rotated.stderr
    assert run("verify-log", environment=environment | {"WEGWEISER_KEYS": new}).returncode == 0


async def test_health_readiness_and_numbers(web: str) -> None:
    async with aiohttp.ClientSession(web) as session:
        assert (await session.get("healthz")).status == 200
        ready = await session.get("readyz")
        assert await ready.json() == {"status": "ready", "database": "answers", "nlu": "answers"}
        numbers = await (await session.get("metrics")).text()
    assert "wegweiser_inbox_waiting 0.0" in numbers


async def test_no_word_of_a_person_gets_into_logs_metrics_or_the_database_file(
    web: str, house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    canary = "Xylophonkanarienvogel"
    async with aiohttp.ClientSession(web) as session:
        asked = await (await session.post("api/v1/messages", json={"text": f"{canary} {canary}"})).json()
        for choice in ("report", "form:consent:yes"):
            await session.post("api/v1/messages", json={"conversation": asked["conversation"], "choice": choice})
        await session.post(
            "api/v1/messages", json={"conversation": asked["conversation"], "text": f"{canary} wollte mich nicht hereinlassen"}
        )
        numbers = await (await session.get("metrics")).text()
    files = [file.read_bytes() for file in house.settings.data.iterdir() if file.is_file()]
    logs = (house.settings.data / "logs" / "nlu.log").read_bytes()
    assert not any(canary.encode() in content for content in (*files, logs, numbers.encode(), json.dumps(capfd.readouterr()).encode()))


def test_the_nlu_server_listens_on_loopback_and_opens_no_other_connection(house: House) -> None:
    assert house.nlu
    pid = house.nlu.pid
    inodes = {str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir()}
    sockets = [
        line.split() for name in ("tcp", "tcp6", "udp", "udp6") for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]
    ]
    own = [fields for fields in sockets if f"socket:[{fields[9]}]" in inodes]
    assert own
    assert all(fields[1].startswith("0100007F:") for fields in own), "an address that is not 127.0.0.1"
    assert {fields[1] for fields in own} == {own[0][1]}, "a second port"
