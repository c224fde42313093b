"""An entry as fields of a form, and back: what is not on the form stays as it is."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.domain.fact_lines import read_fact, write_fact
from bot.domain.folding import fold

Content = Mapping[str, Any]
Typed = str | tuple[str, ...]
"""What stands in a field; several rows under one name."""
Fields = Mapping[str, Typed]
WORDS = {"title": "title", "answer": "answers", "phrasings": "questions"}
"""Fields that every language has, as "answer.de", and where their texts stand."""
ROWS = ("contacts", "programmes", "related")
DAYS = ("as_of", "checked_on", "review_after")
PLAIN = ("topic", "municipality", "audience", "intent", "state", *DAYS)
GENERAL = (*PLAIN, "facts", "source", "section", *ROWS)
LONGEST_ID = 48
REVIEW_AFTER = timedelta(days=182)
PREFIXES = {
    "contacts": "contacts",
    "wir-funding": "wir",
    "discrimination": "discrimination",
    "city-papers": "paper",
    "about-the-bot": "bot",
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def to_fields(content: Content, languages: Collection[str]) -> dict[str, Typed]:
    """Everything that the form of these languages shows."""
    fields: dict[str, Typed] = {}
    for language in languages:
        fields[f"title.{language}"] = _plain(_mapping(content, "title").get(language))
        fields[f"answer.{language}"] = _plain(_mapping(content, "answers").get(language))
        fields[f"phrasings.{language}"] = "\n".join(map(str, _mapping(content, "questions").get(language) or ()))
    fields |= {name: _plain(content.get(name)) for name in PLAIN}
    fields["municipality"] = "" if fields["municipality"] == "none" else fields["municipality"]
    fields["facts"] = "\n".join(map(write_fact, content.get("facts") or ()))
    sources = [place for place in content.get("source") or () if isinstance(place, Mapping)]
    fields["source"] = tuple(_plain(place.get("id")) for place in sources)
    fields["section"] = tuple(_plain(place.get("section")) for place in sources)
    return fields | {name: tuple(map(str, content.get(name) or ())) for name in ROWS}


def with_fields(content: Content, typed: Fields) -> dict[str, Any]:
    """The content with what was typed. What means the same as before stays as it was written.

    >>> with_fields({"title": {"de": "Alt"}, "facts": ["2021"]}, {"title.de": "Neu", "facts": '"2021"'})
    {'title': {'de': 'Neu'}, 'facts': ['2021']}
    """
    languages = {name.partition(".")[2] for name in typed if "." in name}
    before = to_fields(content, languages)
    changed = {name: value for name, value in typed.items() if name in before and _lines(value) != _lines(before[name])}
    made = dict(content)
    for name, value in changed.items():
        field, _, language = name.partition(".")
        if field in WORDS:
            made[WORDS[field]] = _with_word(_mapping(made, WORDS[field]), field, language, str(value))
        elif field in PLAIN:
            _put_plain(made, field, str(value))
        elif field == "facts":
            made["facts"] = [read_fact(line) for line in _rows(str(value).split("\n"))]
        elif field in ROWS:
            made[field] = _rows(value)
    if "source" in changed or "section" in changed:
        pairs = zip(typed.get("source", before["source"]), typed.get("section", before["section"]), strict=False)
        made["source"] = [{"id": id_, "section": section} if section else {"id": id_} for id_, section in pairs if id_]
    return made


def new_entry(id_: str, typed: Fields, today: date) -> dict[str, Any]:
    """An entry that begins with what was typed. When its source is from is left open: nobody may guess it."""
    days = {"checked_on": today.isoformat(), "review_after": (today + REVIEW_AFTER).isoformat()}
    empty: dict[str, Any] = {
        "id": id_,
        "topic": "",
        "municipality": "none",
        "audience": "public",
        "title": {},
        "questions": {},
        "answers": {},
    }
    empty |= {"facts": [], "source": [], **days, "contacts": [], "programmes": [], "related": [], "state": "published", "translations": {}}
    return with_fields(empty, typed)


def propose_id(topic: str, city: str, title: str, taken: Collection[str]) -> str:
    """A free id made of the city (else the topic) and the title; empty while there is no title.

    >>> propose_id("wir-funding", "halle", "Geld für Vereine", {"halle.geld-fuer-vereine"})
    'halle.geld-fuer-vereine-2'
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(title.translate(UMLAUTS))).strip("-")
    if not words:
        return ""
    stem = f"{city or PREFIXES.get(topic, 'bot')}.{words}"[: LONGEST_ID - 3].rstrip(".-")
    return next(id_ for id_ in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if id_ not in taken)


def _with_word(words: Mapping[str, Any], field: str, language: str, value: str) -> dict[str, Any]:
    made: Any = _rows(value.split("\n")) if field == "phrasings" else value.strip()
    made = f"{made}\n" if made and field == "answer" else " ".join(made.split()) if field == "title" else made
    return {**words, language: made} if made else {code: each for code, each in words.items() if code != language}


def _put_plain(made: dict[str, Any], field: str, value: str) -> None:
    if field == "municipality":
        made[field] = value or "none"
    elif value:
        made[field] = value
    elif field != "topic":
        made.pop(field, None)


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()


def _mapping(content: Content, name: str) -> Mapping[str, Any]:
    value = content.get(name)
    return value if isinstance(value, Mapping) else {}


def _rows(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _lines(value: Typed) -> list[str]:
    """A text without the white space that nobody sees, or the rows of a list up to the last that is filled in."""
    rows = [row.rstrip() for row in value.strip().split("\n")] if isinstance(value, str) else [row.strip() for row in value]
    while rows and not rows[-1]:
        rows.pop()
    return rows
