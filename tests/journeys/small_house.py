"""A house that trains in seconds: the real bot on a part of the real knowledge, in three languages, with proof questions of its own."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.assemble.folders import OURS, Folders
from tests.fakes.world import TWELVE

LANGUAGES = ("de", "en", "tr")
ENTRIES = ("bot", "halle")
QUESTIONS: Mapping[str, list[dict[str, Any]]] = {
    "de": [
        {"text": "wer steckt eigentlich hinter diesem bot", "entry": "bot.who-are-you"},
        {"text": "für welche städte weißt du was?", "entry": "bot.covered-cities"},
        {"text": "an welches amt wende ich mich in halle wegen integration", "entry": "halle.contact"},
    ],
    "en": [
        {"text": "who is behind this bot", "entry": "bot.who-are-you"},
        {"text": "which towns do you cover?", "entry": "bot.covered-cities"},
    ],
    "nobody": [{"text": "wie wird das wetter morgen", "language": "de"}, {"text": "best pizza in town", "language": "en"}],
    "wishes": [{"text": "hilfe er schlägt mich", "language": "de", "intent": "emergency"}],
}


def make_folders(place: Path) -> Folders:
    """Copies of our data, cut down; entries no longer refer to what was left behind."""
    made = Folders(knowledge=place / "knowledge", nlu_data=place / "nlu_data", responses=OURS.responses, questions=place / "questions")
    left_out = set(TWELVE) - set(LANGUAGES)
    shutil.copytree(OURS.nlu_data, made.nlu_data, ignore=shutil.ignore_patterns(".venv", "models", "__pycache__", *left_out))
    (made.nlu_data / ".venv").symlink_to(OURS.nlu_data / ".venv")
    shutil.copytree(OURS.knowledge, made.knowledge, ignore=shutil.ignore_patterns("entries"))
    for folder in ENTRIES:
        shutil.copytree(OURS.knowledge / "entries" / folder, made.knowledge / "entries" / folder)
    files = list((made.knowledge / "entries").rglob("*.yml"))
    for file in files:
        cut_down(file, {each.stem for each in files})
    made.questions.mkdir()
    for name, questions in QUESTIONS.items():
        (made.questions / f"{name}.yml").write_text(yaml.safe_dump(questions, allow_unicode=True), encoding="utf-8")
    return made


def cut_down(file: Path, there: set[str]) -> None:
    """Few phrasings in the other languages, as few as an entry needs; no way to entries that are not there."""
    entry: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    entry["questions"] = {language: each if language in LANGUAGES else each[:3] for language, each in entry["questions"].items()}
    entry["related"] = [other for other in entry.get("related", ()) if other in there]
    file.write_text(yaml.safe_dump(entry, allow_unicode=True, sort_keys=False), encoding="utf-8")
