"""The texts that go to outside translators, and what comes back from them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.knowledge import needs_language
from bot.domain.languages import ENGLISH, GERMAN, Language
from bot.domain.translation_states import CURRENT, IN_REVIEW, MISSING

FIELDS = {"title": "title", "answer": "answers"}
"""The fields that are translated, as the files call them, and where they stand in an entry."""
Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TranslationText:
    """One text with its translation as far as there is one. `facts` must stand in every language's answer."""

    entry: str
    field: str
    language: Language
    german: str
    english: str
    text: str
    state: str
    facts: tuple[str, ...]
    german_hash: str


@dataclass(frozen=True, kw_only=True)
class ReturnedText:
    """What a file says about one text. `row` is where: a row of a sheet, or the number of a unit."""

    row: int
    entry: str
    field: str
    language: str
    text: str
    german_hash: str
    is_formula: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which texts to export. Without `all_texts` only those that need work; empty topic or city: any."""

    language: Language
    all_texts: bool = False
    topic: str = ""
    city: str = ""


def hash_text(text: str) -> str:
    r"""What changes when a text does, whatever the white space around it and the ends of its lines.

    >>> hash_text("Hallo\r\nWelt ") == hash_text("Hallo\nWelt"), hash_text("Hallo") == hash_text("hallo")
    (True, False)
    """
    return hashlib.sha256(tidy(text).encode("utf-8", "replace")).hexdigest()[:16]


def tidy(text: str) -> str:
    """A text without white space around it, its lines ending as ours do."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def choose_texts(contents: Iterable[Content], choice: Choice) -> list[TranslationText]:
    """The texts of some entries, in their order: title, then answer."""
    return [text for content in contents if _is_wanted(content, choice) for text in _texts(content, choice)]


def _is_wanted(content: Content, choice: Choice) -> bool:
    if content.get("state") == "retired" or (choice.topic and content.get("topic") != choice.topic):
        return False
    if choice.city and content.get("municipality") != choice.city:
        return False
    return needs_language(content.get("audience"), choice.language)


def _texts(content: Content, choice: Choice) -> Iterator[TranslationText]:
    state = (content.get("translations") or {}).get(choice.language, MISSING)
    for field, name in FIELDS.items():
        words = content.get(name) or {}
        text, german = tidy(str(words.get(choice.language) or "")), tidy(str(words.get(GERMAN) or ""))
        own = (CURRENT if field == "title" and state == MISSING else state) if text else MISSING
        if german and (choice.all_texts or own not in (CURRENT, IN_REVIEW)):
            yield TranslationText(
                entry=str(content.get("id", "")),
                field=field,
                language=choice.language,
                german=german,
                english="" if choice.language == ENGLISH else tidy(str(words.get(ENGLISH) or "")),
                text=text,
                state=own,
                facts=tuple(map(str, content.get("facts") or ())) if field == "answer" else (),
                german_hash=hash_text(german),
            )


def put_text(content: Content, returned: ReturnedText) -> dict[str, Any]:
    """The entry with a returned text in its place.

    >>> put_text({"title": {"de": "A"}}, ReturnedText(row=2, entry="a", field="title", language="fr", text="B ", german_hash=""))
    {'title': {'de': 'A', 'fr': 'B'}}
    """
    name, text = FIELDS[returned.field], tidy(returned.text)
    return {**content, name: {**(content.get(name) or {}), returned.language: text + "\n" if returned.field == "answer" else text}}


def find_problem(returned: ReturnedText, languages: Iterable[str], accepted: Content | None, current: Content | None) -> str:
    """Why a returned text cannot be taken, as a code; empty when it can. `current` is the entry with what somebody is changing about it.

    >>> entry = {"title": {"de": "A", "fr": "B"}}
    >>> def ask(**changes):
    ...     returned = {"row": 2, "entry": "a", "field": "title", "language": "fr", "text": "C", "german_hash": hash_text("A"), **changes}
    ...     return find_problem(ReturnedText(**returned), ("de", "fr"), entry, entry)
    >>> ask(), ask(field="name"), ask(language="xx"), ask(german_hash=hash_text("Z"))
    ('', 'unknown-field', 'unknown-language', 'german-changed')
    """
    if current is None:
        return "unknown-entry"
    if returned.field not in FIELDS:
        return "unknown-field"
    if returned.language not in languages or returned.language == GERMAN:
        return "unknown-language"
    if returned.is_formula:
        return "formula"
    words, was = current.get(FIELDS[returned.field]) or {}, (accepted or {}).get(FIELDS[returned.field]) or {}
    if returned.german_hash != hash_text(str(words.get(GERMAN) or "")):
        return "german-changed"
    if accepted is not None and tidy(str(words.get(returned.language) or "")) != tidy(str(was.get(returned.language) or "")):
        return "being-edited"
    return ""


def is_same(returned: ReturnedText, current: Content) -> bool:
    """Whether a returned text is what stands there already, or nothing at all."""
    words = current.get(FIELDS[returned.field]) or {}
    return tidy(returned.text) in ("", tidy(str(words.get(returned.language) or "")))
