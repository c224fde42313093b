"""The source of the bot, read as syntax: which keys it says, and what it logs."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+")
IN_TEMPLATES = re.compile(r"say\(\s*['\"]([^'\"]+)['\"]\s*[,)]")


@cache
def known_keys() -> frozenset[str]:
    """Every key of the bot's English catalogue."""
    with (ROOT / "responses/en/LC_MESSAGES/bot.po").open("rb") as file:
        return frozenset(message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file) if message.id)


@cache
def modules(folder: str = "bot") -> dict[Path, ast.Module]:
    """Every module below a folder."""
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / folder).rglob("*.py"))}


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a method with one of these names."""
    for file, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
                yield file, node


def said_patterns() -> set[str]:
    """The f-strings that are said as keys, each hole written as {}."""
    arguments = [argument for _, call in calls("say", "button") for argument in call.args[: 2 if call.func.attr == "button" else 1]]
    fstrings = [argument for argument in arguments if isinstance(argument, ast.JoinedStr)]
    patterns = {"".join(part.value if isinstance(part, ast.Constant) else "{}" for part in fstring.values) for fstring in fstrings}
    return {pattern for pattern in patterns if ":" not in pattern}


def said_with_values() -> Iterator[tuple[str, str, set[str]]]:
    """Where a key is said, the key (holes as {}), and the names of the values that go with it."""
    for file, call in calls("say", "button"):
        key = call.args[1 if call.func.attr == "button" else 0]
        names = {keyword.arg for keyword in call.keywords}
        for each in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
            if isinstance(each, ast.Constant) and None not in names:
                yield f"{file.relative_to(ROOT)}:{call.lineno}", each.value, names
            elif isinstance(each, ast.JoinedStr) and None not in names:
                parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in each.values]
                yield f"{file.relative_to(ROOT)}:{call.lineno}", "".join(parts), names


def literals(folder: str) -> set[str]:
    """Every text constant below a folder."""
    trees = modules(folder).values()
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def keys_in_templates() -> set[str]:
    """The keys that the pages of the web chat say."""
    files = (ROOT / "bot/channels/web_chat/templates").glob("*.html")
    return {key for file in files for key in IN_TEMPLATES.findall(file.read_text(encoding="utf-8"))}
