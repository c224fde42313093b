"""The test set in tests/questions, and the development set below it: questions with their entries, questions for nobody, wishes, and
messages that say nothing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "questions"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question and the entries that answer it, the best one first."""

    text: str
    language: str
    entries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stray:
    """A question that no entry answers."""

    text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """A message that says nothing by itself: "yes", "hmm", a name, mashed keys."""

    text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A message that asks for an action, not for a fact."""

    text: str
    language: str
    intent: str


def read_questions(language: str, folder: Path = FOLDER) -> list[Question]:
    """The questions of one language."""
    return [Question(text=each["text"], language=language, entries=tuple(_listed(each["entry"]))) for each in _read(folder, language)]


def read_strays(folder: Path = FOLDER) -> list[Stray]:
    """The questions of all languages that belong to nobody."""
    return [Stray(text=each["text"], language=each["language"]) for each in _read(folder, "nobody")]


def read_nothing(folder: Path = FOLDER) -> list[Nothing]:
    """The messages of all languages that say nothing."""
    return [Nothing(**each) for each in _read(folder, "nothing")]


def read_wishes(folder: Path = FOLDER) -> list[Wish]:
    """The wishes of all languages."""
    return [Wish(**each) for each in _read(folder, "wishes")]


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    return yaml.load((folder / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
