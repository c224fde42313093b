"""The rules for an item of the knowledge, the same for files and for the desk."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.adapters.knowledge_files.build_knowledge import read_item
from bot.adapters.knowledge_files.check_facts import contains_fact
from bot.adapters.knowledge_files.check_markdown import find_slips
from bot.adapters.knowledge_files.read_items import FOLDERS
from bot.domain.decisions import INTENTS
from bot.domain.form_rules import find_form_faults
from bot.domain.item_faults import ItemFault, Path
from bot.domain.knowledge import STAFF_LANGUAGES, Entry, LoosePhrasing, needs_language
from bot.domain.languages import Language
from bot.domain.messages import clean

LONGEST_ID, LONGEST_TITLE, LONGEST_ANSWER, LONGEST_PHRASING = 48, 40, 1500, 300
MOST_CHECKED = 20_000
"""Characters of an answer whose Markdown is looked at: of a longer one one knows enough, and it would take long."""
ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
FEWEST_QUESTIONS = {"de": 10, "en": 6}
FEWEST_OTHER_QUESTIONS = 3
ALLOWED = {"audience": ("public", "staff"), "state": ("draft", "in-review", "published", "retired")}
LOOSE_INTENTS = ("emergency", *INTENTS)
"""What a phrasing without an entry may mean."""
HAS_SOURCE = (*FOLDERS, "deadline")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an item is checked against: the ids that exist, by kind, the languages that need phrasings, and today."""

    known: Mapping[str, frozenset[str]]
    languages: Sequence[Language]
    today: date


def find_item_faults(kind: str, id_: str, content: Mapping[str, Any], around: Surroundings) -> list[ItemFault]:
    """What is wrong with one item by itself; an item that cannot be read has no other faults than that."""
    try:
        value: Any = None if kind == "ambiguous-names" else read_item(kind, content)
    except ValidationError as error:
        return [_unreadable(wrong["loc"], wrong["msg"]) for wrong in error.errors()]
    except (TypeError, ValueError, AttributeError) as error:  # a group of fields where a list belongs, or the other way round
        return [_unreadable((kind,), str(error))]
    faults = [*_check_characters(content), *_check_any(kind, id_, content, value, around)]
    if kind == "entry":
        faults += _check_entry(value, around)
    faults += [ItemFault(path=path, code=code, values=values) for path, code, values in find_form_faults(kind, content)]
    if kind == "phrasing":
        faults += _check_phrasing(value, around)
    return faults


def _unreadable(path: Path, said: str) -> ItemFault:
    return ItemFault(path=path, code="unreadable", values={"field": ".".join(map(str, path)), "said": said})


def _check_any(kind: str, id_: str, content: Mapping[str, Any], value: Any, around: Surroundings) -> Iterator[ItemFault]:  # noqa: ANN401
    """What holds for every kind: its id, its fields, its sources, its review."""
    if kind in FOLDERS:
        if len(id_) > LONGEST_ID or not ID.fullmatch(id_):
            yield ItemFault(path=("id",), code="id", values={"id": id_, "most": LONGEST_ID})
        fields = {field.name for field in dataclasses.fields(value)}
        for name in sorted(set(content) - fields):
            yield ItemFault(path=(name,), code="unknown-field", values={"field": name})
    if kind in HAS_SOURCE:
        if not value.source:
            yield ItemFault(path=("source",), code="no-source")
        for reference in value.source:
            if reference.id not in around.known["source"]:
                yield ItemFault(path=("source",), code="unknown-source", values={"id": reference.id})
        if value.review_after < around.today:
            yield ItemFault(path=("review_after",), code="overdue", values={"day": value.review_after}, overdue=True)
    municipality = getattr(value, "municipality", None)
    if kind in FOLDERS and municipality and municipality not in around.known["municipality"]:
        yield ItemFault(path=("municipality",), code="unknown-city", values={"id": municipality})


def _check_entry(entry: Entry, around: Surroundings) -> Iterator[ItemFault]:
    yield from _check_choices(entry, around)
    for language in around.languages:
        if needs_language(entry.audience, language):
            yield from _check_language(entry, language)
    for language in STAFF_LANGUAGES:
        if not entry.answers.get(language):
            yield ItemFault(path=("answers",), code="no-answer", values={"language": language})
    yield from _check_lengths(entry)
    for language, answer in entry.answers.items():
        yield from check_answer(entry.facts, language, answer)


def _check_choices(entry: Entry, around: Surroundings) -> Iterator[ItemFault]:
    """Values out of a list, and references to other items."""
    for field, allowed in ALLOWED.items():
        if getattr(entry, field) not in allowed:
            yield ItemFault(
                path=(field,), code="not-allowed", values={"field": field, "value": getattr(entry, field), "allowed": ", ".join(allowed)}
            )
    for field, kind in (("contacts", "contact"), ("programmes", "programme"), ("related", "entry")):
        for reference in getattr(entry, field):
            if reference not in around.known[kind]:
                yield ItemFault(path=(field,), code="unknown-reference", values={"id": reference, "field": field})


def _check_lengths(entry: Entry) -> Iterator[ItemFault]:
    for language, title in entry.title.items():
        if len(title) > LONGEST_TITLE:
            yield ItemFault(path=("title", language), code="title", values={"language": language, "most": LONGEST_TITLE})
    for language, questions in entry.questions.items():
        for number, question in enumerate(questions):
            if len(question) > LONGEST_PHRASING:
                values = {"language": language, "text": f"{question[:40]}…", "most": LONGEST_PHRASING}
                yield ItemFault(path=("questions", language, number), code="long-phrasing", values=values)


def _check_language(entry: Entry, language: Language) -> Iterator[ItemFault]:
    """What a language that people are answered in needs."""
    fewest = FEWEST_QUESTIONS.get(language, FEWEST_OTHER_QUESTIONS)
    there = len(entry.questions.get(language, ()))
    if there < fewest:
        yield ItemFault(path=("questions", language), code="few-phrasings", values={"language": language, "there": there, "fewest": fewest})
    if not entry.title.get(language):
        yield ItemFault(path=("title", language), code="title", values={"language": language, "most": LONGEST_TITLE})


def check_answer(facts: Sequence[float | date | str], language: str, answer: str) -> Iterator[ItemFault]:
    """Its facts, its length and its Markdown."""
    path = ("answers", language)
    for fact in facts:
        if not contains_fact(answer, fact, language):
            yield ItemFault(path=path, code="fact-missing", values={"language": language, "fact": str(fact)})
    if len(answer) > LONGEST_ANSWER:
        yield ItemFault(path=path, code="answer-long", values={"language": language, "characters": len(answer), "most": LONGEST_ANSWER})
    for slip in find_slips(answer[:MOST_CHECKED]):
        yield ItemFault(path=path, code=slip.code, values={"language": language, "line": slip.line, "found": slip.found})


def _check_phrasing(phrasing: LoosePhrasing, around: Surroundings) -> Iterator[ItemFault]:
    """A training example that belongs to no entry."""
    allowed = {"intent": LOOSE_INTENTS, "language": around.languages, "state": ("published", "retired")}
    for field, choices in allowed.items():
        if getattr(phrasing, field) not in choices:
            yield ItemFault(
                path=(field,), code="not-allowed", values={"field": field, "value": getattr(phrasing, field), "allowed": ", ".join(choices)}
            )
    for name in ("id", "text"):
        if not getattr(phrasing, name).strip():
            yield _unreadable((name,), "this is missing")
    if len(phrasing.text) > LONGEST_PHRASING:
        values = {"language": phrasing.language, "text": f"{phrasing.text[:40]}…", "most": LONGEST_PHRASING}
        yield ItemFault(path=("text",), code="long-phrasing", values=values)


def _check_characters(content: Mapping[str, Any]) -> Iterator[ItemFault]:
    """Characters that nobody types on purpose, such as those that turn the direction of what follows."""
    for path, text in _texts(content, ()):
        odd = set(text) - set(clean(f"x{text}x"))
        if odd:
            named = ", ".join(f"U+{ord(char):04X}" for char in sorted(odd))
            language = {"language": path[1]} if len(path) > 1 and path[0] in ("title", "questions", "answers") else {}
            yield ItemFault(path=path, code="odd-characters", values={"found": named, "field": str(path[0]), **language})


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:  # noqa: ANN401
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _texts(each, (*path, number))
