"""Settings, logs, papers and the tree: what is said about the house is true."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from bot.domain import decisions
from bot.services import carry_out
from bot.settings import PREFIX, Settings
from tests.house.source import ROOT, calls, modules

SETTINGS = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
LOG_METHODS = ("debug", "info", "warning", "error", "exception", "critical")
MAY_BE_LOGGED = {
    "attempts", "error", "exit_code", "inbox", "item", "language", "outbox", "path", "pause_seconds", "reason", "reasons", "run",
    "seconds",
}  # fmt: skip
"""Rows, counts, kinds of errors: never anything that a person wrote."""
OF_A_PERSON = {"text", "message", "story", "statement", "content", "draft", "token", "reply", "contact", "receipt", "address"}
TEXT_FILES = {".py", ".md", ".yml", ".yaml", ".toml", ".po", ".html", ".js", ".css", ".ini", ".txt", ".json", ".example", ".sh", ""}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(root|work|home(?!/nlu/))/[A-Za-z]|[A-Za-z]:\\Users\\")
"""The home of the user nlu is within its container."""


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_in_the_example_and_in_the_readme(setting: str) -> None:
    assert re.search(rf"^#?{setting}=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert re.search(rf"^\| `{setting}` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("paper", [".env.example", "README.md", "docs/operating.md", "docker-compose.yml"])
def test_no_setting_is_told_of_that_there_is_not(paper: str) -> None:
    told = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z](?![A-Z_])", (ROOT / paper).read_text(encoding="utf-8")))
    assert told - set(SETTINGS) == set()


def test_every_decision_is_carried_out() -> None:
    tree = modules()[Path(carry_out.__file__)]
    matched = {node.cls.attr for node in ast.walk(tree) if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Attribute)}
    assert {each.__name__ for each in decisions.Decision.__args__} <= matched


def log_calls() -> list[tuple[str, ast.Call]]:
    """Every call of a logger, with where it stands."""
    found = []
    for file, call in calls(*LOG_METHODS):
        if isinstance(call.func.value, ast.Name) and call.func.value.id in ("log", "logger", "logging"):
            found.append((f"{file.relative_to(ROOT)}:{call.lineno}", call))
    return found


def test_logs_hold_nothing_that_a_person_wrote() -> None:
    assert len(log_calls()) >= 8
    for place, call in log_calls():
        assert isinstance(call.args[0], ast.Constant), f"{place}: an event is a fixed sentence"
        assert len(call.args) == 1, f"{place}: values have names"
        assert {keyword.arg for keyword in call.keywords} <= MAY_BE_LOGGED, place
        for keyword in call.keywords:
            names = {node.id for node in ast.walk(keyword.value) if isinstance(node, ast.Name)}
            attributes = {node.attr for node in ast.walk(keyword.value) if isinstance(node, ast.Attribute)}
            said_by_telegram = keyword.arg == "reason" and attributes == {"message"} and names == {"error"}
            assert said_by_telegram or not (names | attributes) & OF_A_PERSON, place


def test_nothing_is_printed_but_by_the_command_line() -> None:
    printing = {
        str(file.relative_to(ROOT))
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"bot/__main__.py", "bot/commands.py", "bot/logs.py", "bot/adapters/database/migrate.py"}


def tracked_texts() -> list[Path]:
    """Every text file that belongs to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.suffix in TEXT_FILES and file.is_file()]


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    files = tracked_texts()
    assert len(files) > 100
    knowing = []
    for file in files:
        text = file.read_text(encoding="utf-8", errors="ignore")
        knowing += [f"{file.relative_to(ROOT)}: {found.group()}" for found in MACHINE_PATHS.finditer(text)]
    assert knowing == []


def test_the_drawn_tree_is_the_tree() -> None:
    drawn = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    tree = drawn.partition("```\nbot/")[2].partition("```")[0]
    folders = [folder for folder in (ROOT / "bot").rglob("*/") if folder.is_dir() and "__pycache__" not in folder.parts]
    rooms = [folder for folder in folders if len(folder.relative_to(ROOT / "bot").parts) <= 2 and (folder / "__init__.py").exists()]
    assert len(rooms) >= 12
    assert [str(room) for room in rooms if f"{room.name}/" not in tree] == []
    drawn_rooms = re.findall(r"^ {2,4}(\w+)/ ", tree, re.MULTILINE)
    assert set(drawn_rooms) <= {room.name for room in folders}


def test_files_and_functions_stay_readable() -> None:
    for file, tree in modules().items():
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{file.relative_to(ROOT)} has {lines} lines"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "migrations" not in file.parts:
                assert node.end_lineno - node.lineno < 60, f"{file.relative_to(ROOT)}: {node.name}"
