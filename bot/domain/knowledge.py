"""Curated facts: entries, contacts, programmes, cities and legal periods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from bot.domain.languages import ENGLISH, GERMAN, Language, without_variety

EntryId = NewType("EntryId", str)
Intent = NewType("Intent", str)
MunicipalityId = NewType("MunicipalityId", str)
Words = Mapping[Language, str]
"""The same text in several languages."""


class Topic(StrEnum):
    """What an entry is about; also the rows of the menu."""

    CONTACTS = "contacts"
    WIR_FUNDING = "wir-funding"
    DISCRIMINATION = "discrimination"
    CITY_PAPERS = "city-papers"
    ABOUT_THE_BOT = "about-the-bot"


@dataclass(frozen=True, kw_only=True)
class SourceReference:
    """A place in a paper or law."""

    id: str
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A paper, law or office that facts come from."""

    id: str
    kind: str
    title: str
    municipality: str
    date: date
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One curated answer. Entries of several cities that answer the same question share an intent."""

    id: EntryId
    intent: Intent
    topic: Topic
    municipality: MunicipalityId | None
    audience: str
    title: Words
    questions: Mapping[Language, tuple[str, ...]]
    answers: Words
    facts: tuple[int | float | date | str, ...]
    source: tuple[SourceReference, ...]
    as_of: date
    checked_on: date
    review_after: date
    contacts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    state: str = "published"
    translations: Mapping[Language, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """On these days ("mo" to "su") from one time to another, as "09:00"."""

    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """An office one can call, visit or write to. Empty where the source gives nothing."""

    id: str
    municipality: MunicipalityId | None
    office: str
    role: Words
    address: str
    phone: str
    email: str
    website: str
    hours: tuple[OpeningHours, ...]
    by_appointment: bool
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    source: tuple[SourceReference, ...]
    as_of: date
    checked_on: date
    review_after: date
    state: str = "published"
    """published, or retired: no longer shown."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Money for one purpose, in whole euros, per year or once, within a period."""

    purpose: Words
    euros: int
    per: str
    since: date | None
    until: date | None


@dataclass(frozen=True, kw_only=True)
class ProgrammeDeadline:
    """Something that ends or is due on a day."""

    what: Words
    date: date


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A funding programme."""

    id: str
    name: str
    municipality: MunicipalityId | None
    funder: str
    who_may_apply: Words
    amounts: tuple[Amount, ...]
    conditions: Words
    deadlines: tuple[ProgrammeDeadline, ...]
    needed: Words
    source: tuple[SourceReference, ...]
    as_of: date
    checked_on: date
    review_after: date
    state: str = "published"


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """A covered city and every written form of its name."""

    id: MunicipalityId
    name: Words
    aliases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OtherCity:
    """A city that is recognised but not covered, so that nobody gets another city's answer."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeadlineRule:
    """A legal period as a dated fact: so many months, counted from the incident or another event, in force from day to day.

    Several rules with one id are versions of the same period.
    """

    id: str
    frame: str
    what: Words
    months: int
    starts: str
    valid_from: date
    valid_until: date | None
    source: tuple[SourceReference, ...]
    checked_on: date
    review_after: date


@dataclass(frozen=True, kw_only=True)
class LoosePhrasing:
    """A training example that belongs to no entry: above all, what the bot shall not answer."""

    id: str
    intent: Intent
    language: Language
    text: str
    state: str = "published"


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase:
    """The published set the bot answers from; numbered together with the model that was trained on it."""

    entries: Mapping[EntryId, Entry]
    contacts: Mapping[str, Contact]
    programmes: Mapping[str, Programme]
    sources: Mapping[str, Source]
    municipalities: Mapping[MunicipalityId, Municipality]
    deadlines: tuple[DeadlineRule, ...]
    other_cities: tuple[OtherCity, ...] = ()
    ambiguous_names: frozenset[str] = frozenset()
    """City names that are ordinary words as well: they count only as written here, with their capital letter."""
    phrasings: tuple[LoosePhrasing, ...] = ()

    def entries_for(self, intent: str) -> tuple[Entry, ...]:
        """All entries that answer one question; several where the answer differs by city."""
        return tuple(entry for entry in self.entries.values() if entry.intent == intent)


def in_language(words: Words, language: Language) -> tuple[str, Language]:
    """The text in the person's language, else English, else German, with the language it is in.

    A variety such as "de-simple" falls back to its own language first.

    >>> in_language({Language("de"): "Hallo", Language("en"): "Hello"}, Language("vi"))
    ('Hello', 'en')
    """
    for candidate in (language, without_variety(language), ENGLISH, GERMAN):
        if words.get(candidate):
            return words[candidate], candidate
    return "", GERMAN


STAFF_LANGUAGES = (GERMAN, ENGLISH)


def needs_language(audience: object, language: str) -> bool:
    """Entries for staff are in German and English, all others in every language.

    >>> needs_language("staff", "tr"), needs_language("public", "tr")
    (False, True)
    """
    return audience != "staff" or language in STAFF_LANGUAGES


def order_by_city(entries: Iterable[Entry], city: MunicipalityId | None) -> list[Entry]:
    """The person's own city first, then what holds everywhere, then the rest; stable otherwise."""
    return sorted(entries, key=lambda entry: (entry.municipality != city, entry.municipality is not None))
