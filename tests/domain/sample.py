"""A small knowledge base, what a chat may be in the middle of, and situations, each test naming only what matters to it."""

from datetime import UTC, date, datetime
from typing import Any

from bot.domain.conversations import Answering, ChoosingMunicipality, Conversation, Reporting, WithCase
from bot.domain.knowledge import Entry, EntryId, Intent, KnowledgeBase, Municipality, MunicipalityId, SourceReference, Topic
from bot.domain.languages import Language
from bot.domain.messages import Channel, ConversationId
from bot.domain.report_form import Draft, Step
from bot.domain.situation import Situation
from bot.domain.understanding import Ranked, Thresholds, Understanding

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
HALLE, DRESDEN, WIESBADEN = map(MunicipalityId, ("halle", "dresden", "wiesbaden"))
THRESHOLDS = Thresholds(answer=0.7, suggest=0.4)
WRITING = Reporting(step=Step.WHEN, draft=Draft())
WAITING = Reporting(step=Step.WHEN, draft=Draft(), paused=True)
OPEN = WithCase(case="W-1", since=NOW)
ADDING = WithCase(case="W-1", since=NOW, doing="add")
ANSWERING = Answering(case="W-1", since=NOW)
ASKED = ChoosingMunicipality(intent=Intent("contact"), confidence=0.8)


def an_entry(id_: str, *, intent: str = "", city: MunicipalityId | None = None, topic: Topic = Topic.CONTACTS) -> Entry:
    """An entry, its texts left out."""
    return Entry(
        id=EntryId(id_),
        intent=Intent(intent or id_),
        topic=topic,
        municipality=city,
        audience="public",
        title={Language("en"): id_},
        questions={},
        answers={Language("en"): id_},
        facts=(),
        source=(SourceReference(id="agg"),),
        as_of=date(2026, 1, 1),
        checked_on=date(2026, 1, 1),
        review_after=date(2027, 1, 1),
    )


ENTRIES = (
    an_entry("halle.contact", intent="contact", city=HALLE),
    an_entry("dresden.contact", intent="contact", city=DRESDEN),
    an_entry("halle.report", intent="report-where", city=HALLE),
    an_entry("general.report", intent="report-where"),
    an_entry("wiesbaden.money", city=WIESBADEN),
    an_entry("rights"),
)
KNOWLEDGE = KnowledgeBase(
    entries={entry.id: entry for entry in ENTRIES},
    contacts={},
    programmes={"wir": None},  # type: ignore[dict-item]  # only its key is looked at
    sources={},
    municipalities={city: Municipality(id=city, name={Language("de"): city.title()}, aliases=()) for city in (HALLE, DRESDEN, WIESBADEN)},
    deadlines=(),
)


def a_reading(
    *meanings: tuple[str, float], cities: tuple[str, ...] = (), others: tuple[str, ...] = (), rest: str = "words"
) -> Understanding:
    """What a text was read as."""
    return Understanding(
        ranking=tuple(Ranked(intent=Intent(intent), confidence=confidence) for intent, confidence in meanings),
        municipalities=tuple(map(MunicipalityId, cities)),
        other_cities=others,
        remainder=rest,
    )


def a_situation(reading: Understanding | None = None, *, chat: dict[str, Any] | None = None, **about: Any) -> Situation:
    """A situation in the chat of somebody of whom nothing else is known."""
    conversation = Conversation(id=ConversationId("c"), channel=Channel.WEB, **(chat or {}))
    return Situation(
        conversation=conversation,
        reading=reading or Understanding(),
        knowledge=KNOWLEDGE,
        thresholds=THRESHOLDS,
        languages=frozenset(map(Language, ("de", "en", "ar"))),
        **about,
    )
