"""The validator: every fault in knowledge/, with file, line and what to do."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.adapters.knowledge_files.build_knowledge import read_item
from bot.adapters.knowledge_files.check_facts import contains_fact
from bot.adapters.knowledge_files.read_items import FOLDERS, FileItem, line_of
from bot.domain.folding import fold
from bot.domain.knowledge import Entry
from bot.domain.languages import ENGLISH, GERMAN, Language

LONGEST_ID, LONGEST_TITLE, LONGEST_ANSWER = 48, 40, 1500
ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
NOT_OUR_MARKDOWN = re.compile(r"<[a-zA-Z/!]|^#{1,6} |!\[|^```|^\|", re.MULTILINE)
FEWEST_QUESTIONS = {"de": 10, "en": 6}
FEWEST_OTHER_QUESTIONS = 3
STAFF_LANGUAGES = (GERMAN, ENGLISH)
ALLOWED = {"audience": ("public", "staff"), "state": ("draft", "in-review", "published", "retired")}


@dataclass(frozen=True, order=True, kw_only=True)
class Fault:
    """Something to mend. `overdue` ones are reminders: they do not stop anything."""

    file: Path
    line: int
    what: str
    overdue: bool = False

    def __str__(self) -> str:
        """As a compiler would say it."""
        return f"{self.file}:{self.line}: {self.what}"


def check_knowledge(items: Sequence[FileItem], languages: Sequence[Language], today: date) -> list[Fault]:
    """All faults, ordered by file and line."""
    known = {kind: {item.id for item in items if item.kind == kind} for kind in (*FOLDERS, "source", "municipality")}
    faults: list[Fault] = []
    entries: list[tuple[FileItem, Entry]] = []
    for item in items:
        try:
            value: Any = None if item.kind == "ambiguous-names" else read_item(item.kind, item.content)
        except ValidationError as error:
            faults += [
                _fault(item, _path(item, wrong["loc"]), f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}.") for wrong in error.errors()
            ]
            continue
        faults += _check_any(item, value, known, today)
        if item.kind == "entry":
            entries.append((item, value))
            faults += _check_entry(item, value, known, languages)
    faults += _check_duplicates(entries)
    return sorted(faults)


def _fault(item: FileItem, path: tuple[str | int, ...], what: str, *, overdue: bool = False) -> Fault:
    line = line_of(item.file, path) if item.kind in FOLDERS and path else item.line
    return Fault(file=item.file, line=line, what=what, overdue=overdue)


def _path(item: FileItem, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return path if item.kind in FOLDERS else ()


def _check_any(item: FileItem, value: Any, known: dict[str, set[str]], today: date) -> Iterator[Fault]:  # noqa: ANN401
    """What holds for every kind: its id, its fields, its sources, its review."""
    if item.kind in FOLDERS:
        if item.id != item.file.stem:
            yield _fault(item, ("id",), f"the id “{item.id}” and the file name differ. Name the file {item.id}.yml.")
        if len(item.id) > LONGEST_ID or not ID.fullmatch(item.id):
            yield _fault(item, ("id",), f"the id “{item.id}” must be at most {LONGEST_ID} characters of a-z, 0-9, dot and hyphen.")
        fields = {field.name for field in dataclasses.fields(value)}
        for name in sorted(set(item.content) - fields):
            yield _fault(item, (name,), f"there is no field “{name}”. Correct or delete it.")
    if item.kind in (*FOLDERS, "deadline"):
        if not value.source:
            yield _fault(item, ("source",), "there is no source. Every fact needs one.")
        for reference in value.source:
            if reference.id not in known["source"]:
                yield _fault(item, ("source",), f"the source “{reference.id}” is not in sources.yml.")
        if value.review_after < today:
            yield _fault(
                item, ("review_after",), f"the review was due on {value.review_after}. Check the facts and set a new date.", overdue=True
            )
    municipality = getattr(value, "municipality", None)
    if item.kind in FOLDERS and municipality and municipality not in known["municipality"]:
        yield _fault(item, ("municipality",), f"the city “{municipality}” is not in municipalities.yml.")


def _check_entry(item: FileItem, entry: Entry, known: dict[str, set[str]], languages: Sequence[Language]) -> Iterator[Fault]:
    for field, allowed in ALLOWED.items():
        if getattr(entry, field) not in allowed:
            yield _fault(item, (field,), f"“{getattr(entry, field)}” under {field} must be one of {', '.join(allowed)}.")
    for field, kind in (("contacts", "contact"), ("programmes", "programme"), ("related", "entry")):
        for reference in getattr(entry, field):
            if reference not in known[kind]:
                yield _fault(item, (field,), f"“{reference}” under {field} does not exist.")
    for language in languages:
        fewest = FEWEST_QUESTIONS.get(language, FEWEST_OTHER_QUESTIONS)
        there = len(entry.questions.get(language, ()))
        if there < fewest:
            yield _fault(item, ("questions", language), f"questions in {language}: {there}, but at least {fewest} are needed.")
        title = entry.title.get(language, "")
        if not title or len(title) > LONGEST_TITLE:
            yield _fault(item, ("title", language), f"the title in {language} is missing or longer than {LONGEST_TITLE} characters.")
    for language in STAFF_LANGUAGES:
        if not entry.answers.get(language):
            yield _fault(item, ("answers",), f"there is no answer in {language}.")
    for language, answer in entry.answers.items():
        yield from _check_answer(item, entry, language, answer)


def _check_answer(item: FileItem, entry: Entry, language: str, answer: str) -> Iterator[Fault]:
    for fact in entry.facts:
        if not contains_fact(answer, fact, language):
            yield _fault(item, ("answers", language), f"the answer in {language} does not contain the fact “{fact}”.")
    if len(answer) > LONGEST_ANSWER:
        yield _fault(item, ("answers", language), f"the answer in {language} has {len(answer)} characters; {LONGEST_ANSWER} are allowed.")
    if NOT_OUR_MARKDOWN.search(answer):
        yield _fault(
            item,
            ("answers", language),
            f"the answer in {language} holds HTML, a heading, a picture or a table. Use paragraphs, bold, lists and links.",
        )


def _check_duplicates(entries: Iterable[tuple[FileItem, Entry]]) -> Iterator[Fault]:
    """A phrasing that trains two meanings trains neither."""
    seen: dict[str, tuple[str, Path]] = {}
    for item, entry in entries:
        for language, questions in entry.questions.items():
            for number, question in enumerate(questions):
                intent, file = seen.setdefault(fold(question), (entry.intent, item.file))
                if intent != entry.intent:
                    yield _fault(item, ("questions", language, number), f"“{question}” stands in {file.name}, too. Keep it in one of them.")
